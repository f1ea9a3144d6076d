"""A worker as the engine holds it, and where workers come from."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Protocol

from playground.engine.limits import Limits
from playground.engine.workers.messages import READY, Report

PATIENCE = 10.0  # seconds; a worker that has said nothing for so long gets no jobs while others speak


class WorkerHandle(ABC):
    """One worker. No method waits for it, except `wait`.

    Args:
        on_report: called with each report, in a thread of its own.
        on_end: called in that thread once the worker is gone.
    """

    def __init__(
        self,
        on_report: Callable[["WorkerHandle", Report], None],
        on_end: Callable[["WorkerHandle"], None],
    ):
        self.pid = 0  # on the worker's machine; 0 until it is known
        self.is_ready = False
        self.silence = 0.0  # seconds without a word; the engine counts up, any word sets it to 0
        self.why_gone = ""  # once it is gone: for a sentence, as far as it is known
        self._on_report = on_report
        self._on_end = on_end

    @property
    def is_promising(self) -> bool:
        return self.silence < PATIENCE

    @abstractmethod
    def send(self, name: str, job_id: str, argument: object = None) -> None:
        """Pass on an order that `Worker.obey` knows."""

    @abstractmethod
    def kill(self) -> None: ...

    @abstractmethod
    def wait(self, seconds: float) -> None:
        """Until the worker is gone and `on_end` has been called, or so long."""

    def memory(self) -> int:
        """Bytes of memory that it uses; 0 where that cannot be seen."""
        return 0

    def hear(self, message: object) -> None:
        self.silence = 0.0
        if isinstance(message, Report):
            self._on_report(self, message)
        elif message == READY:
            self.is_ready = True


class WorkerKind(Protocol):
    """Where an engine gets its workers."""

    def open(self, limits: Limits) -> None:
        """Prepare for the first worker.

        Raises:
            ValueError: one sentence, when there can be none.
        """

    def count(self, limits: Limits) -> int:
        """How many workers there should be now."""

    def start_worker(
        self, on_report: Callable[[WorkerHandle, Report], None], on_end: Callable[[WorkerHandle], None]
    ) -> WorkerHandle: ...

    def close(self) -> None:
        """Leave nothing behind, after the last worker is gone; a second call does nothing."""
