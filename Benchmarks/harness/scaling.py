"""How the cost of Valence's training step grows."""

from contextlib import ExitStack
from dataclasses import dataclass

from harness.measure import Measured, in_turn, note
from harness.sides import Side
from harness.works import growths


@dataclass
class Scaled:
    """A size as it came out."""

    growth: str
    value: int
    is_base: bool
    measured: Measured
    # GFLOP/s of all threads, convolutions counted as direct ones.
    gigaflops: float
    # The time, as a multiple of what it would be if it grew as the multiply-accumulates do and
    # threads shared them without loss.
    relative_time: float


def scale(command, threads, rounds, base_steps):
    """Measures everything that grows; the sizes of each take turns."""
    return [
        scaled
        for growth in growths(threads)
        for scaled in scale_one(growth, command, rounds, base_steps)
    ]


def scale_one(growth, command, rounds, base_steps):
    note(f"\nscaling, {growth.name}: {', '.join(map(str, growth.values))} (images/s)")
    base = growth.values.index(growth.base)
    with ExitStack() as stack:
        sides = [
            stack.enter_context(Side(growth.name, command, growth.settings | {growth.key: value}))
            for value in growth.values
        ]
        costs = [step_cost(side) for side in sides]
        # Rounds of about one length.
        steps = [max(1, round(base_steps * costs[base] / cost)) for cost in costs]
        measured = in_turn(sides, steps, rounds)

    # Multiply-accumulates in a second, of all threads and of each.
    speeds = [one.rate * side.introduction["multiplyAdds"] for side, one in zip(sides, measured)]
    shares = [speed / side.settings["threads"] for side, speed in zip(sides, speeds)]
    for index, value in enumerate(growth.values):
        yield Scaled(
            growth.name,
            value,
            index == base,
            measured[index],
            gigaflops=2 * speeds[index] / 1e9,
            relative_time=shares[base] / shares[index],
        )


def step_cost(side):
    """Multiply-accumulates of a step."""
    return side.introduction["multiplyAdds"] * side.settings["batch"]
