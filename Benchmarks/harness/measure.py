"""Measures sides in turn, so that whatever else the machine does meets all alike."""

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from harness.sides import Side, SideError
from harness.works import Comparison


@dataclass
class Measured:
    """What one side did in all rounds."""

    name: str
    version: str
    # Images per second.
    rates: list[float]
    peak_megabytes: float

    @property
    def rate(self):
        return median(self.rates)


@dataclass
class Compared:
    """A comparison as it came out."""

    work: Comparison
    threads: int
    is_pinned: bool
    sides: list[Measured]

    @property
    def others(self):
        return self.sides[1:]

    @property
    def fastest(self):
        """The side that the first one is to be compared with."""
        return max(self.others, key=lambda side: side.rate)

    def ratios(self, other):
        """How many times as fast as another side the first one was, round by round."""
        return [ours / theirs for ours, theirs in zip(self.sides[0].rates, other.rates)]


def note(text):
    print(text, file=sys.stderr, flush=True)


def compare(work, programs, threads, rounds, steps, core=None):
    """Has the contestants of a comparison take turns, on one core where one is named."""
    contestants = [one for one in work.contestants if programs.offers(one)]
    commands = [programs.command(one) for one in contestants]
    where = "free" if core is None else f"pinned to core {core}"
    note(f"\n{work.name}, {where}, threads: {threads} (images/s)")
    with ExitStack() as stack:
        sides = []
        # One after the other: some find out while they start which of their ways is the fastest.
        for one, command in zip(contestants, commands):
            settings = work.settings | one.settings | {"threads": threads}
            sides.append(stack.enter_context(Side(one.name, command, settings, core)))
        check_parameters(sides)
        note("round" + "".join(f"{side.name:>24}" for side in sides))
        measured = in_turn(sides, [steps or work.steps] * len(sides), rounds)
    return Compared(work, threads, core is not None, measured)


def check_parameters(sides):
    """Checks that all sides compute networks of one size."""
    counts = {side.name: side.introduction["parameters"] for side in sides}
    if len(set(counts.values())) > 1:
        raise SideError(f"the sides differ in their number of parameters: {counts}")


def in_turn(sides, steps, rounds):
    """Has each side take its number of steps in every round; a first one warms up."""
    answers = [[] for _ in sides]
    for number in range(rounds + 1):
        for side, count, mine in zip(sides, steps, answers):
            mine.append(side.measure(count))
        line = "".join(f"{mine[-1]['imagesPerSecond']:24.1f}" for mine in answers)
        note(f"{number or 'warm':>5}{line}")
    return [
        Measured(
            side.name,
            side.introduction["name"],
            [answer["imagesPerSecond"] for answer in mine[1:]],
            mine[-1]["peakMegabytes"],
        )
        for side, mine in zip(sides, answers)
    ]
