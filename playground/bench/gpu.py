"""A GPU against one core of the processor, for a small network, a large one, and many small ones together."""

import sys
import time
from collections.abc import Callable, Iterator

import torch

from playground.bench.figure import Figure, compared, take_turns
from playground.bench.stacked import PLANE, trials
from playground.bench.step import CONFIG, recorded
from playground.config import Config
from playground.engine.workers.memory import release_gpu
from playground.train.stacked import train_stacked
from playground.train.trainer import Trainer

EPOCHS, ROUNDS = 4, 5
NUM_TRIALS = 256
BYTES_PER_MEGABYTE = 2**20
MICROSECONDS, MILLISECONDS = 1e6, 1e3

LARGE = Config(dataset="digits", hidden_sizes=(1000, 1000), batch_size=500, num_epochs=10_000)
STEPS = (
    ("gpu_step_small", CONFIG, "told: so small a step is mostly calls"),
    ("gpu_step_large", LARGE, "< 1 times"),
)


def measure() -> Iterator[Figure]:
    """All figures where there is a GPU; without one a sentence, and no figure."""
    if not torch.cuda.is_available():
        print("gpu: left out, because this machine has no GPU.", file=sys.stderr)
        return
    yield from measure_times("cuda")
    yield measure_memory()


def measure_times(device: str) -> Iterator[Figure]:
    """A step of each network and a trial of many on the device, against the same on the processor."""
    for name, config, goal in STEPS:
        ours, theirs = (Trainer(config.replace(device=place)) for place in (device, "cpu"))
        value, baseline = _compared(recorded(ours, EPOCHS), recorded(theirs, EPOCHS))
        num_steps = EPOCHS * ours.batches.per_epoch
        yield Figure(name, MICROSECONDS * value / num_steps, "us", MICROSECONDS * baseline / num_steps, goal)
    value, baseline = _compared(search_on(device), search_on("cpu"))
    each = MILLISECONDS / NUM_TRIALS
    yield Figure(f"gpu_trial_2x8x8x2_of_{NUM_TRIALS}", each * value, "ms", each * baseline, "< 1 times")


def measure_memory() -> Figure:
    """What the process holds of the GPU's memory after a large run has ended, against after the one before."""
    held = []
    for _ in range(3):  # the first one loads libraries, which stay
        recorded(Trainer(LARGE.replace(device="cuda")), EPOCHS)()
        release_gpu()
        held.append(torch.cuda.memory_reserved() / BYTES_PER_MEGABYTE)
    return Figure("gpu_memory_after_a_run", held[2], "MB", held[1], "<= 1 times")


def search_on(device: str) -> Callable[[], None]:
    """Many trials in the chunks that the device takes, data and networks included."""
    configs = [config.replace(device=device) for config in trials(PLANE, NUM_TRIALS)]

    def run() -> None:
        for _ in train_stacked(configs):
            pass

    return run


def _compared(ours: Callable[[], None], theirs: Callable[[], None]) -> tuple[float, float]:
    """Seconds that pass: a thread that waits for a GPU may sleep."""
    return compared(*take_turns(ours, theirs, rounds=ROUNDS, clock=time.perf_counter))
