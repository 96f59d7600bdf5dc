"""Makes a video to measure with: a face that moves over a picture, 640 x 480, motion JPEG."""

import math
import sys

import cv2
import numpy as np
import skimage.data

path, count = sys.argv[1], int(sys.argv[2])
background = cv2.resize(skimage.data.coffee()[:, :, ::-1], (640, 480))
face = cv2.resize(skimage.data.astronaut()[:, 80:380, ::-1][:300], (240, 240))
random = np.random.default_rng(42)

writer = cv2.VideoWriter(path, cv2.VideoWriter_fourcc(*"MJPG"), 30, (640, 480))
for frame in range(count):
    picture = background.copy()
    x = int(200 + 180 * math.sin(frame / 40))
    y = int(120 + 100 * math.sin(frame / 27))
    picture[y : y + 240, x : x + 240] = face
    noise = random.integers(-3, 4, picture.shape)
    writer.write(np.clip(picture + noise, 0, 255).astype(np.uint8))
writer.release()
