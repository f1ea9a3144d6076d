"""Workers that are actors of Ray, on this machine or on a cluster. Ray is imported once they are asked for."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import playground
from playground.engine.limits import Limits
from playground.engine.workers.handle import WorkerHandle
from playground.engine.workers.messages import Report
from playground.engine.workers.process import ONE_THREAD
from playground.engine.workers.ray_actor import WorkerActor
from playground.engine.workers.worker import NICENESS

CONNECT_SECONDS = 5.0
LOOK_SECONDS = 0.2  # between two looks whether a worker that says nothing was killed
STORE_BYTES = 256 * 2**20  # of a local Ray; only large snapshots pass through it
GROUPS = {"take": 1, "news": 1}  # threads of an actor

log = logging.getLogger(__name__)


class RayWorkers:
    """One actor for each CPU, or as many as the limits say.

    The project's code travels to every machine by itself; Python and the requirements must be there, in the same
    versions.

    Args:
        preload: modules, or `module:function` to call, that each worker imports at the start.
        python_path: folders that workers can import from, besides the project; they must be on every machine.
        address: of a running cluster; None: start Ray on this machine, with a CPU for each worker.
    """

    def __init__(self, preload: tuple[str, ...] = (), python_path: tuple[str, ...] = (), address: str | None = None):
        self._preload = preload
        self._python_path = python_path
        self._address = address

    def open(self, limits: Limits) -> None:
        if self._address is not None:
            check_answers(self._address)
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_worker_niceness", str(NICENESS))
        import ray

        local = {"num_cpus": limits.num_workers, "object_store_memory": STORE_BYTES, "include_dashboard": False}
        logging.getLogger("ray").setLevel(logging.ERROR)  # `logging_level` comes too late for what it says at first
        on_terminate = signal.getsignal(signal.SIGTERM)
        try:
            ray.init(
                address=self._address or "local",
                logging_level=logging.ERROR,
                log_to_driver=False,  # standard output belongs to the command line
                runtime_env={
                    "py_modules": [str(Path(playground.__file__).parent)],
                    "env_vars": {**ONE_THREAD, "PYTHONPATH": os.pathsep.join(self._python_path)},
                },
                **(local if self._address is None else {}),
            )
        except (ConnectionError, RuntimeError) as error:
            raise ValueError(f"Ray does not start: {error}") from error
        if callable(on_terminate) and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, on_terminate)  # a server has its own way to end, which Ray has replaced

    def count(self, limits: Limits) -> int:
        import ray

        cpus = int(ray.cluster_resources().get("CPU", 0))
        return min(limits.workers or cpus, cpus)

    def start_worker(
        self, on_report: Callable[[WorkerHandle, Report], None], on_end: Callable[[WorkerHandle], None]
    ) -> "RayWorker":
        import ray

        actor = ray.remote(num_cpus=1, max_restarts=0, concurrency_groups=GROUPS)(WorkerActor)
        return RayWorker(actor.remote(self._preload), on_report, on_end)

    def close(self) -> None:
        import ray

        ray.shutdown()


def check_answers(address: str) -> None:
    """Raises ValueError when nothing answers at HOST:PORT, for which Ray itself would wait minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit() and "/" not in host:
        try:
            socket.create_connection((host, int(port)), CONNECT_SECONDS).close()
        except (OSError, OverflowError) as error:
            raise ValueError(
                f"RAY_ADDRESS: no Ray answers at {address} ({error}); start it there with `ray start --head`,"
                " or unset RAY_ADDRESS for a Ray of this machine."
            ) from error


class RayWorker(WorkerHandle):
    """An actor that works, and a thread that listens to it.

    Args:
        actor: Ray's handle of a WorkerActor.
        on_report, on_end: as `WorkerHandle` says.
    """

    def __init__(
        self, actor: Any, on_report: Callable[[WorkerHandle, Report], None], on_end: Callable[[WorkerHandle], None]
    ):
        super().__init__(on_report, on_end)
        self._actor = actor
        self._is_killed = threading.Event()
        self._listener = threading.Thread(target=self._listen, name="listens to a Ray worker", daemon=True)
        self._listener.start()

    def send(self, name: str, job_id: str, argument: object = None) -> None:
        self._actor.take.options(concurrency_group="take").remote((name, job_id, argument))

    def kill(self) -> None:
        import ray

        self._is_killed.set()
        ray.kill(self._actor)

    def wait(self, seconds: float) -> None:
        self._listener.join(seconds)

    def _listen(self) -> None:
        """Pass on what the actor says; however that ends, the actor ends with it."""
        import ray

        try:
            self.pid = self._answer(self._actor.pid) or 0
            while (messages := self._answer(self._actor.news)) is not None:
                for message in messages:
                    if isinstance(message, logging.LogRecord):
                        logging.getLogger(message.name).handle(message)
                    else:
                        self.hear(message)
        except ray.exceptions.RayError as error:
            log.debug("worker %d: %s", self.pid, error)
        finally:
            if not self._is_killed.is_set():
                self.kill()
            self._on_end(self)

    def _answer(self, method: Any) -> Any:
        """What the actor's method returns; None once the actor is killed."""
        import ray

        answer = method.options(concurrency_group="news").remote()
        while not self._is_killed.is_set():
            if ray.wait([answer], timeout=LOOK_SECONDS)[0]:
                return ray.get(answer)
        return None
