"""One worker as an actor of Ray; this code runs in Ray's processes, on any machine of the cluster."""

import logging
import logging.handlers
import os
import queue
import threading
from collections.abc import Sequence

from playground.engine.workers.worker import Worker, preload

log = logging.getLogger(__name__)


class WorkerActor:
    """Runs a Worker in a thread of its own; what it logs is news as well. Ray gives the process its low priority.

    Ray calls `take` and `news` in a thread each (their concurrency groups), so that messages keep their order.
    """

    def __init__(self, preloaded: Sequence[str]):
        self._inbox: queue.SimpleQueue = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue = queue.SimpleQueue()
        logging.getLogger().addHandler(logging.handlers.QueueHandler(self._outbox))
        threading.Thread(target=self._serve, args=(preloaded,), name="worker", daemon=True).start()

    def take(self, message: tuple[str, str, object]) -> None:
        self._inbox.put(message)

    def pid(self) -> int:
        return os.getpid()

    def news(self) -> list[object]:
        """All that the worker has said since the last call; waits for something."""
        messages = [self._outbox.get()]
        while not self._outbox.empty():
            messages.append(self._outbox.get())
        return messages

    def _serve(self, preloaded: Sequence[str]) -> None:
        """Work until the actor is killed; however this ends, the process ends with it."""
        try:
            preload(preloaded)
            Worker(self._inbox, self._outbox.put).serve()
        except BaseException:
            log.exception("a worker came to its end")
        os._exit(1)
