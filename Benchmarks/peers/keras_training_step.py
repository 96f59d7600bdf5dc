"""The training step of `sequential` in Keras, measured on demand.

A process that stays: it prints `ready`, and for each line with a number of steps on standard input
trains that many with `model.fit` and prints the images per second and the most memory that it has
held so far, in megabytes. Its first argument is the number of threads. Batches of [64, 48, 48, 1]
come from a `tf.data` pipeline beside the training; dropout is on.
"""

import os
import sys
import time

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

BATCH = 64
IMAGES = 64 * BATCH

threads = int(sys.argv[1]) if len(sys.argv) > 1 else 1
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)
keras.utils.set_random_seed(42)

network = keras.Sequential(
    [
        layers.Input((48, 48, 1)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Conv2D(128, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(128, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(1024, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(7, activation="softmax"),
    ]
)
network.compile(
    optimizer=keras.optimizers.Adam(
        keras.optimizers.schedules.ExponentialDecay(1e-4, 100_000, 0.96)
    ),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)

generator = np.random.default_rng(42)
pixels = generator.integers(0, 256, (IMAGES, 48, 48, 1), dtype=np.uint8)
labels = generator.integers(0, 7, IMAGES, dtype=np.int32)
# Not shuffled: each call of `fit` would begin by filling the shuffle buffer anew.
batches = (
    tf.data.Dataset.from_tensor_slices((pixels.astype(np.float32) / 255, labels))
    .repeat()
    .batch(BATCH, drop_remainder=True)
    .prefetch(tf.data.AUTOTUNE)
)


def train(steps):
    network.fit(batches, epochs=1, steps_per_epoch=steps, verbose=0)


def peak_megabytes():
    """The peak of the resident memory, `VmHWM` in proc(5)."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1000 for line in status if line.startswith("VmHWM:"))


train(5)  # traces the graph
print("ready", flush=True)
for line in sys.stdin:
    steps = int(line)
    start = time.perf_counter()
    train(steps)
    seconds = time.perf_counter() - start
    print(f"{steps * BATCH / seconds:.2f} {peak_megabytes():.0f}", flush=True)
