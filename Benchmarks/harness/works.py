"""What is measured, in which size: the one place that all sides have their settings from."""

from dataclasses import dataclass, field

VALENCE, KERAS, PYTORCH = "Valence", "Keras", "PyTorch"


@dataclass(frozen=True)
class Contestant:
    """A program that does a work; `settings` replace those of the work."""

    program: str
    label: str = ""
    build: str = "release"
    settings: dict = field(default_factory=dict)

    @property
    def name(self):
        return self.label or self.program


@dataclass(frozen=True)
class Comparison:
    """A work that contestants do in turn; the first is compared with each of the others."""

    name: str
    steps: int
    settings: dict
    contestants: tuple
    # The number of threads of each side in free runs; all of them, where nothing is said.
    threads: int | None = None
    # Whether there is a run on one core, too.
    pins: bool = True
    shows_microseconds: bool = False
    shows_percent: bool = False


PEERS = (Contestant(KERAS), Contestant(PYTORCH))
SEQUENTIAL_STEP = {"work": "training-step", "batch": 64, "size": 48}

COMPARISONS = (
    Comparison("training-step", 30, SEQUENTIAL_STEP, (Contestant(VALENCE), *PEERS)),
    Comparison(
        "training-step-avx2",
        30,
        SEQUENTIAL_STEP,
        (Contestant(VALENCE, "Valence for x86-64-v3", build="avx2"), *PEERS),
    ),
    Comparison(
        "vgg-step",
        10,
        {"work": "vgg-step", "batch": 128, "size": 40},
        (Contestant(VALENCE), *PEERS),
    ),
    Comparison(
        "predict",
        8,
        {"work": "inference", "batch": 256, "size": 48},
        (Contestant(VALENCE), *PEERS),
    ),
    Comparison(
        "single-image",
        1000,
        {"work": "inference", "batch": 1, "size": 48},
        (Contestant(VALENCE), *PEERS),
        threads=1,
        shows_microseconds=True,
    ),
    Comparison(
        "epoch",
        64,
        SEQUENTIAL_STEP,
        (
            Contestant(VALENCE, "whole epoch", settings={"work": "epoch"}),
            Contestant(VALENCE, "bare step", settings={"work": "bare-step"}),
        ),
        pins=False,
        shows_percent=True,
    ),
    Comparison(
        "debug",
        30,
        SEQUENTIAL_STEP,
        (
            Contestant(VALENCE, "debug build", build="debug"),
            Contestant(VALENCE, "release build"),
        ),
        pins=False,
        shows_percent=True,
    ),
)

MEMORY = "memory"
MEMORY_SETTINGS = {"work": "memory", "batch": 64, "size": 48}

SCALING = "scaling"
# The steps of a round in the usual size; other sizes take as many as cost about the same.
SCALING_STEPS = 15

NAMES = tuple(work.name for work in COMPARISONS) + (MEMORY, SCALING)


@dataclass(frozen=True)
class Growth:
    """A size that grows while all others stay."""

    name: str
    key: str
    values: tuple
    # The value that the others are compared with.
    base: int
    settings: dict


def growths(threads):
    """What `scaling` measures, where there are this many threads."""
    powers = [2**power for power in range(threads.bit_length()) if 2**power <= threads]
    usual = SEQUENTIAL_STEP | {"threads": threads}
    convolution = usual | {"work": "convolution", "size": 24}
    return (
        Growth("batch", "batch", (16, 32, 64, 128, 256), 64, usual),
        Growth("threads", "threads", tuple(powers), 1, usual),
        Growth("image side", "size", (24, 48, 72, 96), 48, usual),
        Growth("channels of one convolution", "channels", (16, 32, 64, 128, 256), 64, convolution),
    )
