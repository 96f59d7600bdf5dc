"""Pictures with faces at known places: crops of FER-2013 pasted into photographs without faces."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import skimage.data

WIDTH, HEIGHT = 640, 480
# The sides of the pasted crops, in pixels.
SIZES = (30, 40, 55, 75, 100, 140, 200, 280, 400)
# Photographs of scikit-image without faces. Text, coins, cells and galaxies are among them, which
# make other mistakes likely than trees and tables do.
PHOTOGRAPHS = (
    "coffee", "chelsea", "rocket", "moon", "coins", "brick", "grass", "gravel", "text", "page",
    "clock", "stereo_motorcycle", "hubble_deep_field", "immunohistochemistry", "retina",
)


@dataclass
class Picture:
    path: Path
    gray: np.ndarray
    # Left, top and side of each pasted crop.
    faces: list


def make(fer2013, folder, count, seed=42):
    """Makes pictures and writes them into a folder as PNG files."""
    random = np.random.default_rng(seed)
    backgrounds = [photograph(name) for name in PHOTOGRAPHS]
    with zipfile.ZipFile(fer2013) as archive:
        crops = sorted(name for name in archive.namelist() if name.startswith("test/"))
        for number in range(count):
            gray = view(backgrounds[number % len(backgrounds)], random)
            faces = []
            for _ in range(random.integers(1, 6)):
                name = crops[random.integers(len(crops))]
                face = cv2.imdecode(np.frombuffer(archive.read(name), np.uint8), 0)
                paste(face, gray, faces, random)
            path = Path(folder) / f"{number:04}.png"
            cv2.imwrite(str(path), gray)
            yield Picture(path, gray, faces)


def photograph(name):
    image = getattr(skimage.data, name)()
    image = image[0] if isinstance(image, tuple) else image
    return image if image.ndim == 2 else cv2.cvtColor(image[..., :3], cv2.COLOR_RGB2GRAY)


def view(photograph, random):
    """A part of a photograph, stretched to the size of the pictures."""
    height, width = photograph.shape
    part = random.uniform(0.6, 1)
    rows, columns = int(part * height), int(part * width)
    top, left = random.integers(height - rows + 1), random.integers(width - columns + 1)
    cut = photograph[top : top + rows, left : left + columns]
    cut = cv2.resize(cut, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return cut[:, ::-1].copy() if random.random() < 0.5 else cut


def paste(face, gray, faces, random):
    """Pastes a face where there is room, with soft edges."""
    side = int(random.choice(SIZES) * random.uniform(0.9, 1.1))
    side = min(max(side, 30), 400)
    for _ in range(20):
        left, top = random.integers(WIDTH - side + 1), random.integers(HEIGHT - side + 1)
        if all(
            left + side < x or x + size < left or top + side < y or y + size < top
            for x, y, size in faces
        ):
            break
    else:
        return
    crop = cv2.resize(face, (side, side), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    distance = np.minimum(np.arange(side) + 1, side - np.arange(side)) / (0.08 * side)
    line = np.clip(distance, 0, 1)
    alpha = np.minimum(line[:, None], line[None, :])
    target = gray[top : top + side, left : left + side]
    target[:] = np.rint(alpha * crop + (1 - alpha) * target)
    faces.append((int(left), int(top), side))
