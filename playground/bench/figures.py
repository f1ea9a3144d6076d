"""All figures, in groups that can be measured alone; a further one is one line."""

from collections.abc import Iterable, Iterator, Mapping

from playground.bench import engine, gpu, load, speed, stacked, step
from playground.bench.figure import Figure, Measurement

MEASUREMENTS: Mapping[str, tuple[Measurement, ...]] = {
    "step": (step.measure,),
    "epochs": (speed.measure_snapshot, speed.measure_epochs),
    "stacked": (stacked.measure,),
    "gpu": (gpu.measure,),
    "engine": (engine.measure,),
    "frame": (load.measure_frame,),
    "load": (load.measure_class,),
}


def measure(groups: Iterable[str] = ()) -> Iterator[Figure]:
    """The figures of these groups, of all of them when none is named."""
    for group in tuple(groups) or MEASUREMENTS:
        for measurement in MEASUREMENTS[group]:
            yield from measurement()
