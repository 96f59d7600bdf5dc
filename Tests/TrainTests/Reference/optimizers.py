"""Writes optimizers.json: ten steps of each optimizer, and learning rates, as Keras computes them.

Produced with tensorflow-cpu 2.21.0 and Keras 3.15.1:

    python optimizers.py

Everything runs in float64, so that the reference is the formula and not its rounding.
"""

import json
import os
import pathlib

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
from keras import optimizers
from keras.optimizers import schedules

keras.backend.set_floatx("float64")

STEPS = 10
COUNT = 11  # no multiple of a vector

generator = np.random.default_rng(7)
initial = generator.normal(size=COUNT).astype(np.float32)
gradients = generator.normal(size=(STEPS, COUNT)).astype(np.float32)
gradients[:, 3] *= 1e-6  # where Adam's epsilon counts
gradients[:, 5] = 0
learning_rate = 0.05
decay = {"rate": 0.5, "steps": 10}  # a rate that changes tells the formulas of momentum apart


def falling():
    return schedules.ExponentialDecay(learning_rate, decay["steps"], decay["rate"])


def trajectory(optimizer, decays=True):
    variable = keras.Variable(initial, dtype="float64", name="kernel" if decays else "bias")
    if not decays:
        optimizer.exclude_from_weight_decay(var_names=["bias"])
    optimizer.build([variable])
    rows = []
    for gradient in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(gradient, dtype="float64")])
        rows.append(variable.numpy().tolist())
    return rows


trajectories = {
    "sgd": trajectory(optimizers.SGD(falling())),
    "momentum": trajectory(optimizers.SGD(falling(), momentum=0.9)),
    "nesterov": trajectory(optimizers.SGD(falling(), momentum=0.9, nesterov=True)),
    "adam": trajectory(optimizers.Adam(falling())),
    "adamW": trajectory(optimizers.AdamW(falling(), weight_decay=0.1)),
    "adamW without decay": trajectory(optimizers.AdamW(falling(), weight_decay=0.1), False),
    "adam clipped by value": trajectory(optimizers.Adam(falling(), clipvalue=0.5)),
    "momentum clipped by norm": trajectory(
        optimizers.SGD(falling(), momentum=0.9, global_clipnorm=1.5)
    ),
}

steps = [0, 1, 7, 199, 200, 201, 1000, 2599, 4999, 5000, 6000]
rates = {
    "exponentialDecay": schedules.ExponentialDecay(1e-4, 100_000, 0.96),
    "step": schedules.ExponentialDecay(0.1, 1000, 0.5, staircase=True),
    "cosine": schedules.CosineDecay(1e-3, 5000),
    "cosine with warm-up": schedules.CosineDecay(
        0.0, 4800, warmup_target=1e-3, warmup_steps=200
    ),
}

reference = {
    "learningRate": learning_rate,
    "decay": decay,
    "initial": initial.tolist(),
    "gradients": gradients.tolist(),
    "trajectories": trajectories,
    "steps": steps,
    "rates": {name: [float(rate(step)) for step in steps] for name, rate in rates.items()},
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, indent=1) + "\n")
