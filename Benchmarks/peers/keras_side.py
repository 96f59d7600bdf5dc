"""The Keras side of the benchmarks, on TensorFlow; see `side.py` for how it is asked."""

import os

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

import fer2013
import side

settings = side.settings()
tf.config.threading.set_intra_op_parallelism_threads(settings.threads)
tf.config.threading.set_inter_op_parallelism_threads(settings.threads)
keras.utils.set_random_seed(42)


def sequential():
    """`sequential` as Valence has it, compiled as it is trained."""
    network = keras.Sequential(
        [
            layers.Input((settings.size, settings.size, 1)),
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
            layers.Dense(side.CLASSES, activation="softmax"),
        ]
    )
    schedule = keras.optimizers.schedules.ExponentialDecay(1e-4, 100_000, 0.96)
    return compiled(network, keras.optimizers.Adam(schedule))


def vgg():
    """Four blocks of two `same` convolutions with batch normalization."""
    network = keras.Sequential([layers.Input((settings.size, settings.size, 1))])
    for filters in (32, 64, 128, 256):
        for _ in range(2):
            network.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
            network.add(layers.BatchNormalization())
            network.add(layers.ReLU())
        network.add(layers.MaxPooling2D(2))
    network.add(layers.GlobalAveragePooling2D())
    network.add(layers.Dense(side.CLASSES, activation="softmax"))
    return compiled(network, keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True))


def compiled(network, optimizer):
    # Keras leaves XLA off on a CPU, where it is several times slower in training.
    network.compile(
        optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return network


def noise(*shape):
    return np.random.default_rng(42).random(shape, dtype=np.float32)


def training_step(network):
    """`fit` on batches that lie in memory as floats, handed over by a thread beside it."""
    shape = (side.IMAGES // settings.batch, settings.batch)
    images = noise(*shape, settings.size, settings.size, 1)
    labels = np.random.default_rng(42).integers(0, side.CLASSES, shape, dtype=np.int32)
    batches = tf.data.Dataset.from_tensor_slices((images, labels)).repeat().prefetch(4)

    def run(steps):
        network.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0)
        return steps * settings.batch

    return network, run


def predict(network):
    """`predict` on several batches at once, which it divides itself."""
    images = {}

    def run(steps):
        count = steps * settings.batch
        if count not in images:
            images[count] = noise(count, settings.size, settings.size, 1)
        network.predict(images[count], batch_size=settings.batch, verbose=0)
        return count

    return network, run


def single_image(network):
    """A compiled function, without the overhead of `predict`; by XLA where that is faster."""
    image = tf.constant(noise(1, settings.size, settings.size, 1))

    def compiled_function(xla):
        function = tf.function(lambda input: network(input, training=False), jit_compile=xla)
        concrete = function.get_concrete_function(tf.TensorSpec(image.shape))
        return lambda: concrete(image).numpy()

    ways = {"function": compiled_function(xla=False), "XLA": compiled_function(xla=True)}
    way = side.fastest(ways, repetitions=20)

    def run(steps):
        for _ in range(steps):
            ways[way]()
        return steps

    return network, run, way


def inference(network):
    return single_image(network) if settings.batch == 1 else predict(network)


def epoch_on_faces(network):
    """An epoch on FER-2013 in arrays of floats, as the tutorials have it, and an evaluation."""

    def decode(data):
        return tf.io.decode_image(data, channels=1, expand_animations=False).numpy()

    training, validation = fer2013.load(settings.data, decode)

    def run(_):
        network.fit(
            *training, validation_data=validation, batch_size=settings.batch, epochs=1, verbose=0
        )
        return len(training[0])

    return network, run


works = {
    "training-step": lambda: training_step(sequential()),
    "vgg-step": lambda: training_step(vgg()),
    "inference": lambda: inference(sequential()),
    "memory": lambda: epoch_on_faces(sequential()),
}
network, run, *way = works[settings.work]()
side.serve(
    f"Keras {keras.__version__} with TensorFlow {tf.__version__}",
    sum(int(np.prod(variable.shape)) for variable in network.trainable_variables),
    run,
    *way,
)
