"""How one worker shares its time: a turn each, always to the job that has had the least."""

import logging
import time
from collections.abc import Callable

from playground.engine.view import Command
from playground.engine.workers.memory import NO_MEMORY, is_out_of_memory, release_gpu, reserve
from playground.engine.workers.run import Run, frames_of
from playground.jobs.job import Job, Snapshot, Turn

TURN_SECONDS = 0.05
ROUND_SECONDS = 0.5  # with more than ten jobs turns get shorter, so that each still moves twice a second
SNAPSHOT_SECONDS = 0.2  # a page looks twice a second; drawing much more often is wasted

log = logging.getLogger(__name__)

# run, status, message, snapshot (None: no new one)
Report = Callable[[Run, str, str, Snapshot | None], None]


def only_look(**orders: object) -> Turn:
    """A turn that computes nothing and ends with a snapshot."""
    return Turn(seconds=0.0, max_steps=0, **orders)


def failure(error: Exception) -> str:
    """One sentence for a person, who shall not see what is in the error."""
    return f"An error in the program ended this run ({type(error).__name__}); the server's log says more."


class Turns:
    """The jobs of one worker.

    Args:
        report: called when there is something to tell the server.
        clock: seconds, never going back.
    """

    def __init__(self, report: Report, clock: Callable[[], float] = time.perf_counter):
        self._report = report
        self._clock = clock
        self._runs: dict[str, Run] = {}
        # `used` of the job served last; without it a newcomer would get every turn until it caught up
        self._floor = 0.0
        self._reserve = reserve()

    @property
    def is_idle(self) -> bool:
        return not any(run.wants_turns for run in self._runs.values())

    def submit(self, job_id: str, load: Callable[[], Job], *, is_running: bool = True) -> None:
        """Take on the job that `load` makes, paused if it is not to run yet, and report its first snapshot."""
        run = self._runs[job_id] = Run(job_id, frames_of(load), is_running=is_running, used=self._floor)
        self._send(run, None)

    def command(self, job_id: str, command: Command) -> None:
        """Obey at once and report; a job that is not here has ended and ignores it."""
        run = self._runs.get(job_id)
        if run is None:
            return
        run.num_obeyed += 1
        run.notice = ""
        match command.name:
            case "pause":
                run.pause()
                self._send(run, only_look())
            case "resume":
                run.go_on()
                run.used = max(run.used, self._floor)
                self._send(run, only_look())
            case "one_step":
                run.pause()
                self._send(run, Turn(seconds=TURN_SECONDS, max_steps=1))
            case "one_epoch":
                run.go_on()
                run.used = max(run.used, self._floor)
                self._send(run, only_look())  # the last snapshot may be an epoch old
                run.go_on_for_one_epoch()
            case "change":
                self._send(run, only_look(changes=command.changes))
            case "stop":
                self._send(run, only_look(stop=True))
                self._end(run, "stopped", "")

    def rest(self, job_id: str) -> None:
        """No turns for the job until `wake`; its status stays what it was."""
        if job_id in self._runs:
            self._runs[job_id].is_resting = True

    def wake(self, job_id: str) -> None:
        if job_id in self._runs:
            run = self._runs[job_id]
            run.is_resting = False
            run.used = max(run.used, self._floor)

    def free(self, job_id: str) -> None:
        """Drop the job without a word."""
        run = self._runs.pop(job_id, None)
        if run is not None:
            self._close(run)

    def take_turn(self) -> None:
        """One turn for the job that has had the least time; nothing when no job wants one."""
        waiting = [run for run in self._runs.values() if run.wants_turns]
        if not waiting:
            return
        run = min(waiting, key=lambda run: run.used)
        self._floor = run.used
        started = self._clock()
        turn = Turn(
            seconds=min(TURN_SECONDS, ROUND_SECONDS / len(waiting)),
            max_epochs=None if run.until_epoch is None else 1,
            wants_snapshot=run.until_epoch is not None or started - run.drawn >= SNAPSHOT_SECONDS,
        )
        self._send(run, turn)
        run.used += self._clock() - started

    def _send(self, run: Run, turn: Turn | None) -> None:
        """Give the job a turn (None: its first) and report what comes of it; no error gets past here."""
        started = self._clock()
        try:
            snapshot = run.frames.send(turn)
            run.spent += self._clock() - started
            self._tell(run, turn, snapshot)
            return
        except StopIteration:
            status, message = "finished", ""
        except ValueError as error:
            status, message = "refused", str(error) or "The job refused its input."
        except Exception as error:
            self._reserve = None
            log.exception("job %s failed", run.job_id)
            status, message = "failed", NO_MEMORY if is_out_of_memory(error) else failure(error)
        # Out here the error has let go of what the job held.
        self._reserve = self._reserve or reserve()
        self._end(run, status, message)

    def _tell(self, run: Run, turn: Turn | None, snapshot: Snapshot | None) -> None:
        if snapshot is None:
            if turn is None or turn.wants_snapshot:
                self._report(run, run.status, run.notice, None)
            return
        if turn is not None:  # the first turn draws too: a first point on the curve as soon as there is one
            run.drawn = self._clock()
        run.note(snapshot)
        if turn is not None and turn.changes:
            run.notice = snapshot.message
        message = snapshot.message or run.notice
        if snapshot.has_ended:
            self._end(run, snapshot.status, message, snapshot)
        else:
            self._report(run, run.status, message, snapshot)

    def _end(self, run: Run, status: str, message: str, snapshot: Snapshot | None = None) -> None:
        """Report the end of a run that has not ended yet, and forget it."""
        if self._runs.get(run.job_id) is run:
            self._report(run, status, message, snapshot)
            del self._runs[run.job_id]
            self._close(run)

    def _close(self, run: Run) -> None:
        try:
            run.frames.close()
        except Exception:
            log.exception("job %s failed while it was closed", run.job_id)
        release_gpu()
