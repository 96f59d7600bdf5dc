"""Compares Valence's face detection with OpenCV's: see `Benchmarks/faces`."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import cv2
import skimage.data

import face_pictures

CASCADES = (
    "haarcascade_frontalface_default",
    "haarcascade_frontalface_alt",
    "haarcascade_frontalface_alt2",
    "lbpcascade_frontalface_improved",
    "haarcascade_profileface",
)
# What a face found has to have in common with another one, intersection over union.
SAME = 0.7


def arguments():
    parser = argparse.ArgumentParser(prog="faces", description=__doc__)
    parser.add_argument("--side", required=True, help=argparse.SUPPRESS)
    parser.add_argument(
        "--fer2013",
        metavar="ZIP",
        default=os.environ.get("VALENCE_FER2013"),
        help="FER-2013 as the zip, for the agreement ($VALENCE_FER2013)",
    )
    parser.add_argument(
        "--cascades", default="/usr/share/opencv4", metavar="FOLDER", help="of opencv-data"
    )
    parser.add_argument("--cascade", action="append", metavar="NAME", help="all five by default")
    parser.add_argument(
        "--pictures", type=int, default=120, metavar="N", help="pictures for the agreement (120)"
    )
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="of each side (2)")
    parser.add_argument(
        "--rounds", type=int, default=9, metavar="N", help="how often speed is measured (9)"
    )
    parser.add_argument("--only", choices=("agreement", "speed"), help="leave out the other")
    options = parser.parse_args()
    if options.only != "speed" and not (options.fer2013 and os.path.isfile(options.fer2013)):
        parser.error("the agreement needs --fer2013; without it there is --only speed")
    return options


class Valence:
    """The process of `Sources/FacesSide`."""

    def __init__(self, program, threads):
        self.threads = threads
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def faces(self, cascade, path, scale_factor, min_neighbors, min_size=0, repetitions=1):
        request = {
            "cascade": str(cascade),
            "image": str(path),
            "scaleFactor": scale_factor,
            "minNeighbors": min_neighbors,
            "minSize": min_size,
            "threads": self.threads,
            "repetitions": repetitions,
        }
        print(json.dumps(request), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        return answer["faces"], answer["seconds"]


class OpenCV:
    """OpenCV in this process."""

    def __init__(self, threads):
        cv2.setNumThreads(threads)
        self.classifiers = {}

    def faces(self, cascade, gray, scale_factor, min_neighbors, min_size=0, repetitions=1):
        if cascade not in self.classifiers:
            self.classifiers[cascade] = cv2.CascadeClassifier(str(cascade))
        classifier = self.classifiers[cascade]
        seconds = []
        for _ in range(repetitions):
            start = time.perf_counter()
            found = classifier.detectMultiScale(
                gray, scale_factor, min_neighbors, minSize=(min_size, min_size)
            )
            seconds.append(time.perf_counter() - start)
        return [list(map(int, box)) for box in found], min(seconds)


def overlap(first, second):
    """The intersection over the union of two boxes."""
    (x, y, width, height), (a, b, c, d) = first[:4], second[:4]
    common_width = min(x + width, a + c) - max(x, a)
    common_height = min(y + height, b + d) - max(y, b)
    common = max(0, common_width) * max(0, common_height)
    return common / (width * height + c * d - common)


def matched(boxes, others):
    return sum(any(overlap(box, other) >= SAME for other in others) for box in boxes)


class Tally:
    """How the two sides agree, and what Valence finds, with one cascade."""

    def __init__(self):
        self.ours = self.theirs = self.ours_matched = self.theirs_matched = self.identical = 0
        self.placed, self.found = {}, {}
        self.false_alarms = self.pictures = 0

    def add(self, picture, ours, theirs):
        self.pictures += 1
        self.ours += len(ours)
        self.theirs += len(theirs)
        self.ours_matched += matched(ours, theirs)
        self.theirs_matched += matched(theirs, ours)
        boxes = [list(map(int, box[:4])) for box in ours]
        self.identical += sum(box in theirs for box in boxes)
        hits = [False] * len(boxes)
        for left, top, side in picture.faces:
            size = min(face_pictures.SIZES, key=lambda size: abs(size - side))
            self.placed[size] = self.placed.get(size, 0) + 1
            # A detector's box is smaller than the crop, so what counts is where its middle lies.
            found = False
            for index, (x, y, width, height) in enumerate(boxes):
                dx = abs(x + width / 2 - left - side / 2)
                dy = abs(y + height / 2 - top - side / 2)
                if max(dx, dy) < 0.25 * side and 0.5 * side < width < 1.4 * side:
                    hits[index] = found = True
            self.found[size] = self.found.get(size, 0) + found
        self.false_alarms += hits.count(False)


def agreement(options, valence, opencv, cascades):
    for scale_factor, min_neighbors in ((1.1, 3), (1.3, 5)):
        tallies = {name: Tally() for name in cascades}
        with tempfile.TemporaryDirectory() as folder:
            for picture in face_pictures.make(options.fer2013, folder, options.pictures):
                for name, path in cascades.items():
                    ours, _ = valence.faces(path, picture.path, scale_factor, min_neighbors)
                    theirs, _ = opencv.faces(path, picture.gray, scale_factor, min_neighbors)
                    tallies[name].add(picture, ours, theirs)
        print(f"\nscaleFactor {scale_factor}, minNeighbors {min_neighbors}\n")
        print("| cascade | OpenCV's boxes | of them found | Valence's | of them found | identical |")
        print("|---|---|---|---|---|---|")
        for name, tally in tallies.items():
            print(
                f"| `{name}` | {tally.theirs} | {tally.theirs_matched / max(tally.theirs, 1):.2%} "
                f"| {tally.ours} | {tally.ours_matched / max(tally.ours, 1):.2%} "
                f"| {tally.identical / max(tally.ours, 1):.2%} |"
            )
        sizes = face_pictures.SIZES
        print("\n| faces found, by side | " + " | ".join(map(str, sizes)), end="")
        print(" | all | false alarms a picture |")
        print("|---" * (len(sizes) + 3) + "|")
        for name, tally in tallies.items():
            recall = [tally.found.get(size, 0) / max(tally.placed.get(size, 0), 1) for size in sizes]
            everything = sum(tally.found.values()) / sum(tally.placed.values())
            cells = " | ".join(f"{value:.0%}" for value in [*recall, everything])
            print(f"| `{name}` | {cells} | {tally.false_alarms / tally.pictures:.2f} |")


def speed(options, valence, opencv, cascades):
    """Both sides look through one picture in turn."""
    image = cv2.cvtColor(skimage.data.astronaut(), cv2.COLOR_RGB2GRAY)
    gray = cv2.resize(image, (640, 480), interpolation=cv2.INTER_AREA)
    print(f"\n640 x 480, {options.threads} threads, milliseconds a picture\n")
    print("| cascade | scaleFactor | Valence | OpenCV | ratio | from | to |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "picture.png"
        cv2.imwrite(str(file), gray)
        for name, path in cascades.items():
            for scale_factor in (1.1, 1.3):
                ours, theirs = [], []
                for number in range(options.rounds + 1):
                    ours.append(valence.faces(path, file, scale_factor, 3, repetitions=5)[1])
                    theirs.append(opencv.faces(path, gray, scale_factor, 3, repetitions=5)[1])
                ratios = [b / a for a, b in zip(ours[1:], theirs[1:])]
                print(
                    f"| `{name}` | {scale_factor} | {1e3 * median(ours[1:]):.2f} "
                    f"| {1e3 * median(theirs[1:]):.2f} | **{median(ratios):.2f}** "
                    f"| {min(ratios):.2f} | {max(ratios):.2f} |",
                    flush=True,
                )


def main():
    options = arguments()
    valence, opencv = Valence(options.side, options.threads), OpenCV(options.threads)
    cascades = {}
    for name in options.cascade or CASCADES:
        kind = "lbpcascades" if name.startswith("lbp") else "haarcascades"
        cascades[name] = Path(options.cascades) / kind / f"{name}.xml"
        if not cascades[name].exists():
            sys.exit(f"error: there is no {cascades[name]}; apt-get install opencv-data")
    print(f"OpenCV {cv2.__version__}")
    if options.only != "speed":
        agreement(options, valence, opencv, cascades)
    if options.only != "agreement":
        speed(options, valence, opencv, cascades)


main()
