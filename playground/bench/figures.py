"""All figures; a further one is one line."""

from collections.abc import Iterator

from playground.bench import engine, speed, stacked, step
from playground.bench.figure import Figure, Measurement

MEASUREMENTS: tuple[Measurement, ...] = (
    step.measure,
    speed.measure_snapshot,
    speed.measure_epochs,
    stacked.measure,
    engine.measure,
)


def measure_all() -> Iterator[Figure]:
    for measurement in MEASUREMENTS:
        yield from measurement()
