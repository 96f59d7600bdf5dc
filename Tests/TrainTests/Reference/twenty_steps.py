"""Writes twenty_steps.json: twenty training steps of the `sequential` network in Keras.

Produced with tensorflow-cpu 2.21.0 and Keras 3.15.1:

    python twenty_steps.py

The network is the built-in `sequential` without dropout, its last layer without softmax, trained
with softmax cross-entropy on logits, Adam, and exponential decay. Weights, pictures and labels are
computed from integers, so that any language repeats them bit by bit (KerasReference.swift):

- mix(stream, index) is SplitMix64's output for the state (stream << 32 | index), modulo 2^64:
      z = (stream << 32 | index) + 0x9E3779B97F4A7C15
      z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9
      z = (z ^ z >> 27) * 0x94D049BB133111EB
      z ^ z >> 31
- Parameter tensor k (kernel, bias, kernel, bias, ... from the input to the output), element i in
  row-major order ([height, width, in, out] or [in, out]): u = (mix(k, i) >> 40) / 2^24, weight =
  (2 u - 1) * limit in float32, where limit = sqrt(6 / (fan in + fan out)) in float64, rounded to
  float32. Biases are 0.
- Picture n = 64 * batch + position has the label mix(255, n) % 7. Its light is a grid of 7 x 7
  bytes, node j being mix(256 + n, j) >> 58, but 255 in the whole grid row `label`; between nodes,
  eight pixels apart, it is interpolated: at pixel (y, x), with (row, v) = divmod(y, 8) and
  (column, h) = divmod(x, 8), light = ((8 - v) * ((8 - h) * a + h * b) + v * ((8 - h) * c + h * d))
  >> 6 of the four nodes around it. The pixel is (light >> 1) + (mix(256 + n, 64 + 48 y + x) >> 59),
  and the network sees it divided by 255 in float32.

Float64 losses of the same steps are written too, because rounding grows from step to step: Adam
divides by the size of the gradients, and those near 0 change sign. The float32 losses above end up
within 7e-5 of the float64 ones; Adam with its bias correction computed in float64 stays within 2e-5.
"""

import json
import os
import pathlib

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
import tensorflow as tf
from keras import layers

STEPS = 20
BATCH = 64
SIDE = 48
CLASSES = 7
CELL = 8
GRID = 7

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
tf.config.experimental.enable_op_determinism()
keras.utils.set_random_seed(0)


def mix(stream, indices):
    z = (np.uint64(stream) << np.uint64(32)) | np.asarray(indices, dtype=np.uint64)
    z = z + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def glorot_uniform(tensor, shape):
    receptive = int(np.prod(shape[:-2]))
    limit = np.float32(np.sqrt(6 / (receptive * (shape[-2] + shape[-1]))))
    u = (mix(tensor, np.arange(np.prod(shape))) >> np.uint64(40)).astype(np.float32)
    u /= np.float32(2**24)
    return ((np.float32(2) * u - np.float32(1)) * limit).reshape(shape)


def labels(batch):
    return (mix(255, np.arange(batch * BATCH, (batch + 1) * BATCH)) % np.uint64(CLASSES)).astype(
        np.int32
    )


def picture(number, label):
    nodes = (mix(256 + number, np.arange(GRID * GRID)) >> np.uint64(58)).astype(np.int64)
    nodes = nodes.reshape(GRID, GRID)
    nodes[label] = 255
    row, v = np.divmod(np.arange(SIDE)[:, None], CELL)
    column, h = np.divmod(np.arange(SIDE)[None, :], CELL)
    above = (CELL - h) * nodes[row, column] + h * nodes[row, column + 1]
    below = (CELL - h) * nodes[row + 1, column] + h * nodes[row + 1, column + 1]
    light = ((CELL - v) * above + v * below) >> 6
    pixels = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    noise = (mix(256 + number, 64 + pixels) >> np.uint64(59)).astype(np.int64)
    return ((light >> 1) + noise).astype(np.uint8)


def pictures(batch):
    return np.stack(
        [picture(batch * BATCH + position, label) for position, label in enumerate(labels(batch))]
    )[..., None]


def sequential(dtype):
    return keras.Sequential(
        [
            layers.Input((SIDE, SIDE, 1), dtype=dtype),
            layers.Conv2D(32, 3, activation="relu", dtype=dtype),
            layers.Conv2D(64, 3, activation="relu", dtype=dtype),
            layers.MaxPooling2D(2, dtype=dtype),
            layers.Conv2D(128, 3, activation="relu", dtype=dtype),
            layers.MaxPooling2D(2, dtype=dtype),
            layers.Conv2D(128, 3, activation="relu", dtype=dtype),
            layers.MaxPooling2D(2, dtype=dtype),
            layers.Flatten(dtype=dtype),
            layers.Dense(1024, activation="relu", dtype=dtype),
            layers.Dense(CLASSES, dtype=dtype),
        ]
    )


def initial_weights(network):
    return [
        glorot_uniform(index, variable.shape) if len(variable.shape) > 1
        else np.zeros(variable.shape, np.float32)
        for index, variable in enumerate(network.trainable_variables)
    ]


def train(dtype):
    """Returns the logits of the first pictures, the losses, and the trained network."""
    network = sequential(dtype)
    assert network.count_params() == 2_345_607
    network.set_weights(initial_weights(network))
    optimizer = keras.optimizers.Adam(
        keras.optimizers.schedules.ExponentialDecay(1e-4, 100_000, 0.96)
    )
    optimizer.build(network.trainable_variables)

    @tf.function
    def step(images, classes):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(classes, network(images))
            )
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients)
        return loss

    def batch(number):
        images = pictures(number).astype(np.float32) / np.float32(255)
        return tf.constant(images, dtype), tf.constant(labels(number))

    logits = network(batch(0)[0][:8]).numpy()
    losses = [float(step(*batch(number))) for number in range(STEPS)]
    return logits, losses, network


logits, losses, network = train("float32")
keras.backend.set_floatx("float64")
_, precise_losses, _ = train("float64")

trained = [variable.numpy().astype(np.float64) for variable in network.trainable_variables]
reference = {
    "logits": logits.astype(np.float64).tolist(),
    "losses": losses,
    "float64Losses": precise_losses,
    "parameters": [
        {
            "shape": list(start.shape),
            "firstInitial": start.astype(np.float64).ravel()[:4].tolist(),
            "sum": float(end.sum()),
            "norm": float(np.sqrt((end**2).sum())),
        }
        for start, end in zip(initial_weights(network), trained)
    ],
    "firstLabels": labels(0).tolist(),
    "firstPixels": pictures(0)[0].ravel()[:SIDE].tolist(),
    "batchSums": [int(pictures(number).astype(np.int64).sum()) for number in range(STEPS)],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, indent=1) + "\n")
