"""Reads FER-2013 into arrays of floats: Kaggle's folder, its zip, or one of its tables."""

import csv
import zipfile
from pathlib import Path

import numpy as np

SIZE = 48


def load(path, decode):
    """The training pictures and those of PublicTest, each as `(images, labels)`.

    Images are `[count, 48, 48, 1]` in 0...1; `decode` makes `[48, 48, 1]` of a file's bytes.
    """
    path = Path(path)
    if path.suffix == ".csv":
        return load_table(path)
    if path.is_dir():
        files = {file.relative_to(path): file for file in path.rglob("*.*")}
        return load_files(files, lambda name: decode(files[name].read_bytes()))
    with zipfile.ZipFile(path) as archive:
        files = {Path(name): name for name in archive.namelist() if not name.endswith("/")}
        return load_files(files, lambda name: decode(archive.read(files[name])))


def load_files(names, read):
    """Pictures at `train/CLASS/NAME` and `test/CLASS/PublicTest_NAME`."""
    pictures = sorted(
        name for name in names if name.suffix in (".jpg", ".png") and len(name.parts) >= 3
    )
    classes = sorted({name.parts[-2] for name in pictures})

    def arrays(chosen):
        images, labels = empty(len(chosen))
        for index, name in enumerate(chosen):
            images[index] = read(name)
            labels[index] = classes.index(name.parts[-2])
        images /= 255
        return images, labels

    return (
        arrays([name for name in pictures if name.parts[-3] == "train"]),
        arrays([name for name in pictures if name.name.startswith("PublicTest_")]),
    )


def load_table(path):
    """Rows with `emotion`, `Usage` and `pixels`; some copies have spaces in these names."""

    def rows(usage):
        with open(path, newline="") as file:
            header = [name.strip() for name in next(csv.reader(file))]
            for row in csv.DictReader(file, header):
                if row["Usage"] == usage:
                    yield row

    def arrays(usage):
        images, labels = empty(sum(1 for _ in rows(usage)))
        for index, row in enumerate(rows(usage)):
            pixels = np.array(row["pixels"].split(), dtype=np.float32)
            images[index] = pixels.reshape(SIZE, SIZE, 1)
            labels[index] = int(row["emotion"])
        images /= 255
        return images, labels

    return arrays("Training"), arrays("PublicTest")


def empty(count):
    """Filled in place: a list of pictures that becomes an array would be in memory twice."""
    return np.empty((count, SIZE, SIZE, 1), np.float32), np.empty(count, np.int32)
