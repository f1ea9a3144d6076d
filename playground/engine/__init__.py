"""Where jobs run: worker processes, their fair sharing, limits and leases."""

from playground.engine.current import current_engine, start_engine, stop_engine
from playground.engine.limits import Limits
from playground.engine.local import LocalEngine
from playground.engine.view import Command, EngineFull, UnknownJob, View

__all__ = [
    "Command",
    "EngineFull",
    "Limits",
    "LocalEngine",
    "UnknownJob",
    "View",
    "current_engine",
    "start_engine",
    "stop_engine",
]
