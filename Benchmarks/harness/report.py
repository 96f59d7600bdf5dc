"""What was measured, as Markdown that can be pasted into a document, and as JSON."""

import os
import platform
import re
import subprocess
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from harness.measure import Compared, Measured
from harness.scaling import Scaled


@dataclass
class Report:
    """All that was measured in one go."""

    rounds: int
    comparisons: list[Compared] = field(default_factory=list)
    memory: list[Measured] = field(default_factory=list)
    scaling: list[Scaled] = field(default_factory=list)

    @property
    def has_results(self):
        return bool(self.comparisons or self.memory or self.scaling)

    def markdown(self):
        parts = [self._conditions()]
        if self.comparisons:
            rows = [row for compared in self.comparisons for row in comparison_rows(compared)]
            head = ("work", "run", "side", "", "MB", "against", "", "MB", "ratio", "rounds")
            parts.append(table(head, rows, numbers=(3, 4, 6, 7, 8, 9)))
        if self.memory:
            rows = [(side.name, f"{side.peak_megabytes:.0f}") for side in self.memory]
            parts.append(table(("an epoch on FER-2013", "peak MB"), rows, numbers=(1,)))
        if self.scaling:
            head = ("grows", "to", "images/s", "rounds", "MB", "GFLOP/s", "time / proportional")
            parts.append(table(head, map(scaling_row, self.scaling), numbers=range(1, 7)))
        return "\n\n".join(parts)

    def json(self):
        """The same, with every round, as an object for `json.dumps`."""
        return {
            "date": date.today().isoformat(),
            "machine": machine(),
            "rounds": self.rounds,
            "comparisons": [
                {
                    "work": compared.work.name,
                    "threads": compared.threads,
                    "isPinned": compared.is_pinned,
                    "sides": [measured_object(side) for side in compared.sides],
                    "against": compared.fastest.name,
                    "ratio": spread(compared.ratios(compared.fastest)),
                }
                for compared in self.comparisons
            ],
            "memory": [measured_object(side) for side in self.memory],
            "scaling": [
                {
                    "grows": scaled.growth,
                    "to": scaled.value,
                    "imagesPerSecond": scaled.measured.rates,
                    "peakMegabytes": scaled.measured.peak_megabytes,
                    "gigaflops": scaled.gigaflops,
                    "relativeTime": scaled.relative_time,
                }
                for scaled in self.scaling
            ],
        }

    def _conditions(self):
        """One line that says under which conditions all of it was measured."""
        sides = [side for compared in self.comparisons for side in compared.sides] + self.memory
        versions = sorted({side.version for side in sides} - {"Valence"})
        facts = [machine(), *versions, f"rounds: {self.rounds}", date.today().isoformat()]
        return "; ".join(facts) + "."


def comparison_rows(compared):
    """A row for each side that the first one is compared with; that with the fastest is bold."""
    work, first = compared.work, compared.sides[0]
    run = "pinned" if compared.is_pinned else "free"
    run += f", {compared.threads} thread" + "s" * (compared.threads > 1)
    for other in compared.others:
        ratio = spread(compared.ratios(other))
        middle, lowest, highest = (
            f"{value:.0%}" if work.shows_percent else f"{value:.2f}" for value in ratio.values()
        )
        yield (
            *(work.name, run),
            *(first.name, speed(first, work), f"{first.peak_megabytes:.0f}"),
            *(other.name, speed(other, work), f"{other.peak_megabytes:.0f}"),
            f"**{middle}**" if other is compared.fastest else middle,
            f"{lowest} to {highest}",
        )


def speed(side, work):
    if work.shows_microseconds:
        return f"{1e6 / side.rate:.0f} µs/image"
    return f"{side.rate:.0f} images/s"


def scaling_row(scaled):
    return (
        scaled.growth,
        str(scaled.value),
        f"{scaled.measured.rate:.0f}",
        f"{min(scaled.measured.rates):.0f} to {max(scaled.measured.rates):.0f}",
        f"{scaled.measured.peak_megabytes:.0f}",
        f"{scaled.gigaflops:.0f}",
        "1" if scaled.is_base else f"{scaled.relative_time:.2f}",
    )


def table(head, rows, numbers):
    """A Markdown table; the columns at `numbers` are aligned to the right."""
    rule = ["---:" if column in numbers else "---" for column in range(len(head))]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def measured_object(side):
    return {
        "name": side.name,
        "version": side.version,
        "imagesPerSecond": side.rates,
        "peakMegabytes": side.peak_megabytes,
    }


def spread(values):
    return {"median": median(values), "minimum": min(values), "maximum": max(values)}


def machine():
    """The processor, how many of them there are to use, and the compiler."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    version = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=True)
    swift = re.search(r"Swift version \S+", version.stdout)
    processors = len(os.sched_getaffinity(0))
    model = models[0] if models else platform.machine()
    return f"{processors} x {model}, {swift.group() if swift else 'Swift'}"
