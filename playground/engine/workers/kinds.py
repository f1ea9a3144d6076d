"""The kinds of workers, and which one the environment asks for."""

import importlib.util
import os
from collections.abc import Callable, Mapping

from playground.engine.workers.handle import WorkerKind
from playground.engine.workers.process import LocalWorkers
from playground.registry import MAX_SHOWN, did_you_mean

VARIABLE = "PLAYGROUND_ENGINE"
DEFAULT = "local"


def _ray_workers(preload: tuple[str, ...]) -> WorkerKind:
    if importlib.util.find_spec("ray") is None:
        raise ValueError(
            f"{VARIABLE}: ray needs the optional requirement ray: pip install -r requirements-ray.txt, or unset it for"
            " worker processes of this machine."
        )
    from playground.engine.workers.ray_workers import RayWorkers

    return RayWorkers(preload, address=os.environ.get("RAY_ADDRESS", "").strip() or None)


# What PLAYGROUND_ENGINE may be -> the workers, given what they import at the start.
KINDS: dict[str, Callable[[tuple[str, ...]], WorkerKind]] = {DEFAULT: LocalWorkers, "ray": _ray_workers}


def kind_from_environment(preload: tuple[str, ...], environment: Mapping[str, str] = os.environ) -> WorkerKind:
    """The workers that PLAYGROUND_ENGINE names.

    Raises:
        ValueError: one sentence, if there is no such kind or what it needs is missing.
    """
    name = environment.get(VARIABLE, "").strip() or DEFAULT
    if name not in KINDS:
        raise ValueError(f"{VARIABLE}: unknown engine {name[:MAX_SHOWN]!r}. {did_you_mean(name[:MAX_SHOWN], KINDS)}")
    return KINDS[name](preload)
