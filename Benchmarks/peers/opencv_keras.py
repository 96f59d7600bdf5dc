"""The usual way in Python from a video to expressions: OpenCV finds faces, Keras reads each.

    opencv_keras.py VIDEO CASCADE WEIGHTS THREADS predict|function

Prints a line of JSON for each frame, as `infer --json` does.
"""

import json
import os
import struct
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import cv2
import keras
import numpy as np
import tensorflow as tf
from keras import layers

NAMES = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"]

video, cascade, weights, threads, way = sys.argv[1:]
cv2.setNumThreads(int(threads))
tf.config.threading.set_intra_op_parallelism_threads(int(threads))
tf.config.threading.set_inter_op_parallelism_threads(int(threads))


def sequential(path):
    """`sequential` with the weights of a safetensors file."""
    network = keras.Sequential(
        [
            layers.Input((48, 48, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(128, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(128, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(1024, activation="relu"),
            layers.Dense(len(NAMES), activation="softmax"),
        ]
    )
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()

    def tensor(name):
        entry = header[name]
        begin, end = entry["data_offsets"]
        kind = {"F16": np.float16, "F32": np.float32}[entry["dtype"]]
        return np.frombuffer(data[begin:end], kind).astype(np.float32).reshape(entry["shape"])

    owners = [f"conv2d_{n}" for n in (1, 2, 3, 4)] + ["dense_1", "dense_2"]
    network.set_weights([tensor(f"{o}/{part}") for o in owners for part in ("kernel", "bias")])
    return network


network = sequential(weights)
function = tf.function(lambda faces: network(faces, training=False))


def probabilities(face):
    batch = face.astype(np.float32).reshape(1, 48, 48, 1) / 255
    if way == "predict":
        return network.predict(batch, verbose=0)[0]
    return function(tf.constant(batch)).numpy()[0]


detector = cv2.CascadeClassifier(cascade)
capture = cv2.VideoCapture(video)
index = 0
while True:
    is_there, picture = capture.read()
    if not is_there:
        break
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    faces = []
    for x, y, width, height in detector.detectMultiScale(gray, 1.3, 5):
        face = cv2.resize(gray[y : y + height, x : x + width], (48, 48))
        values = probabilities(face)
        faces.append(
            {
                "box": [int(x), int(y), int(width), int(height)],
                "emotion": NAMES[int(values.argmax())],
                "confidence": float(values.max()),
                "probabilities": dict(zip(NAMES, values.tolist())),
            }
        )
    print(json.dumps({"source": video, "frame": index, "faces": faces}), flush=True)
    index += 1
