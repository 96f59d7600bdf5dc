"""Compares Valence's graph of the nearest songs with SciPy's search: see `Benchmarks/songs`."""

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
import scipy
from scipy.spatial import cKDTree

COLUMNS = (
    "danceability energy key loudness mode speechiness acousticness instrumentalness liveness "
    "valence tempo duration_ms time_signature"
).split()
# Rows whose neighbors both sides have to find.
CHECKED = 500


def arguments():
    parser = argparse.ArgumentParser(prog="songs", description=__doc__)
    parser.add_argument("--side", required=True, help=argparse.SUPPRESS)
    parser.add_argument(
        "--songs",
        metavar="CSV",
        help="a list of songs; without it, one of that size is made up",
    )
    parser.add_argument("--count", type=int, default=1_000_000, help="songs to make up (1000000)")
    parser.add_argument("--neighbors", type=int, default=20, metavar="K", help="of a song (20)")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="of each side (2)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of both sides (3)")
    parser.add_argument("--only", choices=("peer", "growth"), help="leave out the other")
    return parser.parse_args()


def made_up(count):
    """Songs in clusters, as lists have them: most features from 0 to 1, some of a few values."""
    random = np.random.default_rng(1)
    centers = random.beta(1.5, 1.5, (20_000, len(COLUMNS)))
    values = centers[random.integers(0, len(centers), count)]
    values = np.clip(values + random.normal(0, 0.01, values.shape), 0, 1)
    scale = dict(loudness=(-30, 0), tempo=(60, 200), duration_ms=(60_000, 420_000))
    for name, (low, high) in scale.items():
        column = COLUMNS.index(name)
        values[:, column] = low + (high - low) * values[:, column]
    for name, high in (("key", 11), ("mode", 1), ("time_signature", 5)):
        column = COLUMNS.index(name)
        values[:, column] = np.round(high * values[:, column])
    return values


def read(options):
    if not options.songs:
        return made_up(options.count)
    table = pd.read_csv(options.songs)
    return table.reindex(columns=COLUMNS).to_numpy(float)


class Valence:
    """Processes of `Sources/SongsSide`, and the files that they work on."""

    def __init__(self, program, folder, values, threads):
        self.program, self.folder, self.threads = program, Path(folder), threads
        values.tofile(self.folder / "values")
        self.run("prepare", self.folder / "values", self.folder / "features")

    def run(self, *words):
        command = [self.program, *map(str, words)]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

    def vectors(self, features):
        file = self.folder / "vectors"
        self.run("vectors", self.folder / "features", features, file)
        return np.fromfile(file)

    def graph(self, features, neighbors, rows=()):
        file = self.folder / "graph"
        printed = self.run(
            "graph", self.folder / "features", features, neighbors, self.threads, file, *rows
        )
        return json.loads(printed)


def search(vectors, neighbors, threads):
    """SciPy's search for the nearest of all songs, itself among them."""
    start = time.perf_counter()
    found = cKDTree(vectors).query(vectors, k=neighbors + 1, workers=threads)
    return time.perf_counter() - start, found


def missing(report, rows, found):
    """How many neighbors of SciPy's Valence does not have, those at the last distance aside."""
    count = 0
    for row, neighbors in zip(rows, report["neighbors"]):
        ours = {int(neighbor): weight for neighbor, weight in neighbors}
        distances, others = found[0][row], found[1][row]
        for distance, other in zip(distances, others):
            if other != row and distance < distances[-1] * (1 - 1e-12):
                count += abs(ours.get(int(other), np.inf) - distance) > 1e-5 * (1 + distance)
    return count


def peer(options, values, folder):
    valence = Valence(options.side, folder, values, options.threads)
    count = len(values)
    rows = np.linspace(0, count - 1, min(CHECKED, count)).astype(int)
    print(f"\n{count:,} songs, {options.neighbors} neighbors, {options.threads} threads, seconds\n")
    print("| features | Valence | SciPy | ratio | from | to | Valence's peak | neighbors missed |")
    print("|---|---|---|---|---|---|---|---|")
    for features in ("standardized", "balanced"):
        vectors = valence.vectors(features).reshape(count, -1)
        ours, theirs = [], []
        for _ in range(options.rounds):
            report = valence.graph(features, options.neighbors, rows)
            ours.append(report["seconds"])
            seconds, found = search(vectors, options.neighbors, options.threads)
            theirs.append(seconds)
        ratios = [b / a for a, b in zip(ours, theirs)]
        print(
            f"| `{features}`, {vectors.shape[1]} dimensions | {median(ours):.2f} "
            f"| {median(theirs):.2f} | **{median(ratios):.2f}** | {min(ratios):.2f} "
            f"| {max(ratios):.2f} | {report['peak'] / 1e6:.0f} MB "
            f"| {missing(report, rows, found)} |",
            flush=True,
        )


def growth(options, values, folder):
    print("\n`balanced`\n")
    print("| songs | neighbors | edges | building | writing | opening | file | peak |")
    print("|---|---|---|---|---|---|---|---|")
    counts = [count for count in (10_000, 100_000) if count < len(values)] + [len(values)]
    for count in counts:
        valence = Valence(options.side, folder, values[:count], options.threads)
        for neighbors in (10, 20, 50):
            report = valence.graph("balanced", neighbors)
            print(
                f"| {count:,} | {neighbors} | {report['edges']:,} | {report['seconds']:.2f} s "
                f"| {report['writing']:.2f} s | {1e3 * report['opening']:.1f} ms "
                f"| {report['bytes'] / 1e6:.0f} MB | {report['peak'] / 1e6:.0f} MB |",
                flush=True,
            )


def main():
    options = arguments()
    values = read(options)
    print(f"SciPy {scipy.__version__}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        if options.only != "growth":
            peer(options, values, folder)
        if options.only != "peer":
            growth(options, values, folder)


main()
