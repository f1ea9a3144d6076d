"""Epochs per second of a run whose snapshots are drawn as for a page, and what a snapshot costs."""

import statistics
import time
from collections.abc import Iterator

from playground.bench.figure import Figure
from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.training.job import TrainJob

# TensorFlow Playground in Chromium, epochs per second, on the machine that DESIGN.md was measured on.
TENSORFLOW_PLAYGROUND = {(4, 2): 60.0, (8, 8): 36.0, (8, 8, 8, 8, 8, 8): 13.0}
SNAPSHOT_SECONDS = 0.25
TURN_SECONDS = 0.05
ROUND_SECONDS, ROUNDS = 1.0, 3
SNAPSHOTS = 30
MILLISECONDS = 1000


def config(hidden_sizes: tuple[int, ...]) -> Config:
    """TensorFlow Playground's defaults: 250 training points, tanh, batches of 10."""
    return Config(
        num_samples=500,
        train_fraction=0.5,
        hidden_sizes=hidden_sizes,
        activation="tanh",
        batch_size=10,
        num_epochs=10_000,
    )


def measure_snapshot() -> Iterator[Figure]:
    """Time to draw one snapshot, against the time between two."""
    frames = TrainJob(config((8, 8))).frames()
    next(frames)
    frames.send(Turn(seconds=1.0, wants_snapshot=False))
    times = []
    for _ in range(SNAPSHOTS):
        started = time.perf_counter()
        frames.send(Turn(seconds=0.0, max_steps=0))
        times.append(time.perf_counter() - started)
    cost = MILLISECONDS * statistics.median(times)
    yield Figure("snapshot", cost, "ms", MILLISECONDS * SNAPSHOT_SECONDS, "a small share of the time between two")


def measure_epochs() -> Iterator[Figure]:
    """Epochs per second on the spiral with batches of 10, against TensorFlow Playground."""
    best = dict.fromkeys(TENSORFLOW_PLAYGROUND, 0.0)
    for _ in range(ROUNDS):
        for sizes in best:
            best[sizes] = max(best[sizes], epochs_per_second(sizes))
    for sizes, baseline in TENSORFLOW_PLAYGROUND.items():
        yield Figure(f"epochs_per_second_{'x'.join(map(str, sizes))}", best[sizes], "1/s", baseline, ">= 3 times")


def epochs_per_second(hidden_sizes: tuple[int, ...]) -> float:
    """Over one round, in turns and with snapshots as a worker does it; seconds of computing."""
    frames = TrainJob(config(hidden_sizes)).frames()
    next(frames)
    first = frames.send(Turn(seconds=TURN_SECONDS)).epoch
    started = drawn = time.thread_time()
    while time.thread_time() - started < ROUND_SECONDS:
        wants_snapshot = time.thread_time() - drawn >= SNAPSHOT_SECONDS
        drawn = time.thread_time() if wants_snapshot else drawn
        frames.send(Turn(seconds=TURN_SECONDS, wants_snapshot=wants_snapshot))
    seconds = time.thread_time() - started
    return (frames.send(Turn(seconds=0.0, max_steps=0)).epoch - first) / seconds
