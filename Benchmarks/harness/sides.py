"""The processes that are measured, and how they are asked."""

import json
import os
import subprocess
import tempfile


# Without what would keep OpenBLAS from choosing the kernels for this processor.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")
}


class SideError(Exception):
    """A side that stopped."""


class Side:
    """A process that stays; see `peers/side.py` for its protocol."""

    def __init__(self, name, command, settings, core=None):
        """Starts the process, on one core where one is named, and waits until it is ready."""
        self.name = name
        self.settings = settings
        pinning = [] if core is None else ["taskset", "--cpu-list", str(core)]
        # What it logs is shown only where it fails.
        self.log = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(
            [*pinning, *map(str, command), json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env=ENVIRONMENT,
        )
        try:
            self.introduction = self._read()
            # How it does the work, where it chose one of several ways.
            if way := self.introduction.get("way"):
                self.name += f" ({way})"
        except BaseException:
            self.close()
            raise

    def measure(self, steps):
        """Has the side take steps; returns images per second and the peak memory so far."""
        try:
            print(steps, file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass  # Reading says why.
        return self._read()

    def close(self):
        """Ends the process, which stops where its input does."""
        try:
            self.process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _read(self):
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.log.seek(0)
            raise SideError(f"{self.name} stopped:\n{self.log.read().strip()}")
        return json.loads(line)
