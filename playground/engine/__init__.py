"""Where jobs run: worker processes, their fair sharing, limits and leases."""

from playground.engine.current import current_engine, start_engine, stop_engine
from playground.engine.engine import Engine
from playground.engine.limits import Limits
from playground.engine.view import Command, EngineFull, UnknownJob, View
from playground.engine.workers.process import LocalWorkers

__all__ = [
    "Command",
    "Engine",
    "EngineFull",
    "Limits",
    "LocalWorkers",
    "UnknownJob",
    "View",
    "current_engine",
    "start_engine",
    "stop_engine",
]
