"""One side of a benchmark: a process that stays, and works when it is asked to.

It prints a line of JSON when it is ready, and another one in answer to each line with a number of
steps on standard input. `Sources/ValenceSide/Side.swift` keeps to the same protocol.
"""

import json
import sys
import time
from types import SimpleNamespace

CLASSES = 7
# The images of a training, which come again and again, as many on every side.
IMAGES = 4096


def settings():
    """What to measure, in which size: the only argument of the program, as `harness/works.py` has
    it."""
    return SimpleNamespace(**json.loads(sys.argv[1]))


def serve(name, parameters, run, way=""):
    """Answers until standard input ends.

    `parameters` is the number of floats that training changes; `run(steps)` does the work and
    returns the number of images; `way` says how, where there are several ways.
    """
    write(name=name, parameters=parameters, way=way)
    for line in sys.stdin:
        start = time.perf_counter()
        images = run(int(line))
        seconds = time.perf_counter() - start
        write(imagesPerSecond=images / seconds, peakMegabytes=peak_megabytes())


def fastest(ways, repetitions, trials=3):
    """The name of the fastest of several functions that do the same; all are warmed up first."""

    def time_of(way):
        def once():
            start = time.perf_counter()
            for _ in range(repetitions):
                ways[way]()
            return time.perf_counter() - start

        once()
        return min(once() for _ in range(trials))

    return min(ways, key=time_of)


def write(**message):
    print(json.dumps(message), flush=True)


def peak_megabytes():
    """The peak of the resident memory: `VmHWM` in proc(5), in kibibytes."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e6
