"""The memory of whole runs."""

import json
import os
import subprocess
import sys
import tempfile

from harness.measure import Measured, note
from harness.programs import build
from harness.sides import Side
from harness.works import KERAS, MEMORY, MEMORY_SETTINGS, VALENCE, Contestant


def memory(data, programs, threads):
    """Runs an epoch on FER-2013, validation included: the command `train`, then Keras."""
    note(f"\n{MEMORY}: an epoch on {data}")
    report = train(data, threads)
    valence = Measured(VALENCE, VALENCE, [report["imagesPerSecond"]], report["peakBytes"] / 1e6)
    settings = MEMORY_SETTINGS | {"threads": threads, "data": os.path.abspath(data)}
    with Side(KERAS, programs.command(Contestant(KERAS)), settings) as side:
        answer = side.measure(1)
        version = side.introduction["name"]
    keras = Measured(KERAS, version, [answer["imagesPerSecond"]], answer["peakMegabytes"])
    return [valence, keras]


def train(data, threads):
    """What `train` reports."""
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "run")
        options = ["--epochs", "1", "--threads", str(threads), "--output", output, "--json"]
        command = [build("release", "train"), "--data", data, *options]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=sys.stderr, check=True)
    return json.loads(run.stdout)
