"""The PyTorch side of the benchmarks; see `side.py` for how it is asked."""

import os
import sys

# Weights may be prepared when a network is compiled for inference.
os.environ.setdefault("TORCHINDUCTOR_FREEZING", "1")

import torch
from torch import nn

import side

settings = side.settings()
torch.set_num_threads(settings.threads)
torch.set_num_interop_threads(1)
torch.manual_seed(42)


def sequential():
    """`sequential` as Valence has it, up to the logits."""
    reduced = (((settings.size - 4) // 2 - 2) // 2 - 2) // 2
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Dropout(0.25),
        nn.Conv2d(64, 128, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(128, 128, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Dropout(0.25),
        nn.Flatten(),
        nn.Linear(128 * reduced * reduced, 1024),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(1024, side.CLASSES),
    )


def vgg():
    """Four blocks of two `same` convolutions with batch normalization, up to the logits."""
    network = nn.Sequential()
    channels = 1
    for filters in (32, 64, 128, 256):
        for _ in range(2):
            network.append(nn.Conv2d(channels, filters, 3, padding=1, bias=False))
            network.append(nn.BatchNorm2d(filters))
            network.append(nn.ReLU())
            channels = filters
        network.append(nn.MaxPool2d(2))
    return network.extend(
        [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, side.CLASSES)]
    )


def channels_last(value):
    """Networks and images in this layout are the faster ones on a CPU, in training and without."""
    return value.to(memory_format=torch.channels_last)


def images(count):
    return channels_last(torch.rand(count, 1, settings.size, settings.size))


def training_step(network, optimizer, decay=1.0):
    """Steps on batches that lie ready. Not compiled, which was no faster on a CPU."""
    network = channels_last(network).train()
    optimizer = optimizer(network.parameters())
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, decay)
    loss = nn.CrossEntropyLoss()
    batches = [
        (images(settings.batch), torch.randint(side.CLASSES, (settings.batch,)))
        for _ in range(side.IMAGES // settings.batch)
    ]

    def run(steps):
        for step in range(steps):
            pictures, labels = batches[step % len(batches)]
            optimizer.zero_grad()
            loss(network(pictures), labels).backward()
            optimizer.step()
            schedule.step()
        return steps * settings.batch

    return network, run


def inference(network):
    """Batches of images, or single ones; compiled where that works and is faster."""
    network = channels_last(network.append(nn.Softmax(1))).eval()
    batch = images(settings.batch)

    def predicting(function):
        @torch.inference_mode()
        def predict():
            return function(batch).numpy()

        return predict

    ways = {"eager": predicting(network), "compiled": predicting(torch.compile(network))}
    try:
        ways["compiled"]()
    except RuntimeError as error:
        # There is no C++ compiler, or it lacks the headers of Python.
        print(f"not compiled: {error}", file=sys.stderr)
        del ways["compiled"]
    way = side.fastest(ways, repetitions=20 if settings.batch == 1 else 1)

    def run(steps):
        for _ in range(steps):
            ways[way]()
        return steps * settings.batch

    return network, run, way


works = {
    "training-step": lambda: training_step(
        sequential(),
        lambda parameters: torch.optim.Adam(parameters, lr=1e-4, eps=1e-7),
        decay=0.96 ** (1 / 100_000),
    ),
    "vgg-step": lambda: training_step(
        vgg(),
        lambda parameters: torch.optim.SGD(parameters, lr=0.01, momentum=0.9, nesterov=True),
    ),
    "inference": lambda: inference(sequential()),
}
network, run, *way = works[settings.work]()
side.serve(
    f"PyTorch {torch.__version__}",
    sum(parameter.numel() for parameter in network.parameters()),
    run,
    *way,
)
