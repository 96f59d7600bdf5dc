"""Builds Valence's side and installs the peers."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from harness.works import KERAS, PYTORCH, VALENCE

ROOT = Path(__file__).resolve().parent.parent

BUILDS = {
    "release": (["--configuration", "release"], ".build/release"),
    "debug": (["--configuration", "debug"], ".build/debug"),
    "avx2": (
        ["--configuration", "release", "--scratch-path", ".build-v3"]
        + ["-Xcc", "-march=x86-64-v3"],
        ".build-v3/release",
    ),
}

# What `peers/FILE` installs, how much room that takes, and the modules to find then.
REQUIREMENTS = {
    "requirements.txt": ("Keras with tensorflow-cpu", "about 1.6 GB", ("keras", "tensorflow")),
    "requirements-torch.txt": ("PyTorch with its CUDA libraries", "about 5 GB", ("torch",)),
    "requirements-pandas.txt": ("pandas", "about 150 MB", ("pandas",)),
    "requirements-opencv.txt": ("OpenCV and scikit-image", "about 300 MB", ("cv2", "skimage")),
}


class ProgramError(Exception):
    """A program that is not there."""


class Programs:
    """The programs that are measured, each built or looked for when it is first needed."""

    def __init__(self, with_torch):
        self.peers = [KERAS] + [PYTORCH] * with_torch
        self._python = None

    def command(self, contestant):
        """The command of a contestant, to which its settings are to be appended."""
        if contestant.program == VALENCE:
            return [build(contestant.build, "valence-side")]
        script = "keras_side.py" if contestant.program == KERAS else "torch_side.py"
        return [self.python, ROOT / "peers" / script]

    def offers(self, contestant):
        """Whether a contestant takes part."""
        return contestant.program == VALENCE or contestant.program in self.peers

    @property
    def python(self):
        if self._python is None:
            files = list(REQUIREMENTS)[: len(self.peers)]
            named = os.environ.get("VALENCE_PEERS")
            self._python = named_environment(Path(named), files) if named else installed(files)
        return self._python


@cache
def build(name, product):
    """Builds a product; returns its path."""
    options, folder = BUILDS[name]
    print(f"building {product} ({name}) ...", file=sys.stderr)
    subprocess.run(
        ["swift", "build", "--product", product, *options], cwd=ROOT, stdout=sys.stderr, check=True
    )
    return ROOT / folder / product


def runs_avx2():
    """Whether the processor runs what is built for x86-64-v3."""
    flags = Path("/proc/cpuinfo").read_text().split()
    return {"avx2", "fma", "bmi1", "bmi2", "f16c", "movbe"} <= set(flags)


def named_environment(environment, files):
    """The Python of a virtual environment that has what the files of requirements ask for."""
    python = (environment / "bin" / "python").absolute()
    modules = [module for file in files for module in REQUIREMENTS[file][2]]
    check = "import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, sys.argv[1:])))"
    if not python.exists() or subprocess.run([python, "-c", check, *modules]).returncode != 0:
        raise ProgramError(f"VALENCE_PEERS: {environment} has not all of {', '.join(modules)}")
    return python


def installed(files):
    """The Python of `Benchmarks/.venv`, into which what is missing is installed."""
    environment = ROOT / ".venv"
    python = environment / "bin" / "python"
    # The copy of a list says that all of it was installed.
    missing = [file for file in files if not same(ROOT / "peers" / file, environment / file)]
    for file in missing:
        what, size, _ = REQUIREMENTS[file]
        print(f"to be installed from PyPI into {environment}: {what}, {size}", file=sys.stderr)
    if missing and not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    for file in missing:
        source = ROOT / "peers" / file
        command = [python, "-m", "pip", "install", "--disable-pip-version-check"]
        subprocess.run([*command, "--requirement", source], stdout=sys.stderr, check=True)
        shutil.copy(source, environment / file)
    return python


def same(first, second):
    return second.exists() and first.read_bytes() == second.read_bytes()
