"""What an engine keeps: who may have how many jobs, who waits, and what runs on which worker."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from playground.engine.awake import AwakeClock
from playground.engine.leases import Leases
from playground.engine.limits import Limits
from playground.engine.submission import Submission
from playground.engine.view import EngineFull, UnknownJob
from playground.engine.waiting import seconds_until_place
from playground.engine.workers.handle import WorkerHandle
from playground.engine.workers.messages import Report

LONGEST_LOOK = 1.0  # seconds between two looks at the leases; the crew looks twice as often
TIME_IS_UP = "This run has had the {:,.0f} s of computing that this server gives one, and ends here with what it has."


class Ledger:
    """All submitted jobs, first come first. The engine's lock guards it.

    Args:
        workers: those that may take jobs now.
    """

    def __init__(self, limits: Limits, workers: Callable[[], Sequence[WorkerHandle]]):
        self._limits = limits
        self._workers = workers
        self._submissions: dict[str, Submission] = {}
        self._leases = Leases(limits.pause_after, limits.free_after, AwakeClock(LONGEST_LOOK))

    def take(self, submission: Submission) -> None:
        """Keep the job from now on, and start it when it has a place.

        Raises:
            EngineFull: if its owner or the engine has as many jobs as it may.
        """
        self._check_room(submission.owner)
        self._submissions[submission.job_id] = submission
        self._leases.renew(submission.job_id)
        self._start_waiting()

    def look_at(self, job_id: str) -> Submission:
        """The job, whose lease is renewed.

        Raises:
            UnknownJob: if there is no such job, or no longer.
        """
        submission = self._submissions.get(job_id)
        if submission is None:
            raise UnknownJob(
                "This run is no longer kept: nobody looked at it for a while, or the server was restarted;"
                " start it again."
            )
        if self._leases.renew(job_id):
            submission.tell_workers("wake")
            self._start_waiting()
        return submission

    def count(self) -> Counter[str]:
        """Status -> number of jobs."""
        return Counter(submission.status for submission in self._submissions.values())

    @property
    def num_running(self) -> int:
        """Those that run and are looked at."""
        return len(self._running())

    def place_of(self, submission: Submission) -> int | None:
        """1 for the next in the queue; None when it is not in the queue."""
        if submission.status != "queued":
            return None
        return self._queue().index(submission) + 1

    def wait_of(self, submission: Submission) -> float | None:
        """Seconds until it has a place, as far as the jobs under way can tell."""
        place = self.place_of(submission)
        if place is None:
            return None
        load = self._load()
        lefts = (other.seconds_left(load) for other in self._awake())
        return seconds_until_place(place, [left for left in lefts if left is not None])

    def left_of(self, submission: Submission) -> float | None:
        """Seconds until it ends, as far as it can tell, while all go on that share its workers."""
        return submission.seconds_left(self._load()) if submission.status == "running" else None

    def forget(self, job_id: str) -> None:
        """Drop the job; nothing happens when that is done already."""
        self._drop(job_id)
        self._start_waiting()

    def take_report(self, report: Report) -> None:
        submission = self._submissions.get(Submission.id_of_run(report.job_id))
        if submission is not None:
            submission.update(report)
            if submission.seconds > self._limits.max_seconds:
                submission.stop(TIME_IS_UP.format(self._limits.max_seconds))
            if not submission.is_unfinished:
                self._start_waiting()

    def lose(self, worker: WorkerHandle) -> None:
        """The worker is gone; what is to be run again waits for the next round, when there is another in its place."""
        for submission in self._submissions.values():
            submission.lose(worker)

    def check(self) -> None:
        """Let jobs rest that nobody looks at, drop those that nobody has looked at for long, and start what waits."""
        to_rest, to_free = self._leases.expired()
        for job_id in to_rest:
            self._submissions[job_id].tell_workers("rest")
        for job_id in to_free:
            self._drop(job_id)
        self._start_waiting()

    def _drop(self, job_id: str) -> None:
        submission = self._submissions.pop(job_id, None)
        self._leases.drop(job_id)
        if submission is not None:
            submission.tell_workers("free")

    def _start_waiting(self) -> None:
        """Start what waits and somebody looks at, first come first served; what nobody looks at takes no place.

        Each record goes to one of the workers with the fewest records of its own job, of those to the emptiest.
        """
        workers = [worker for worker in self._workers() if worker.is_promising] or self._workers()
        if not workers:
            return
        kept = self._submissions.values()
        load = Counter(worker for submission in kept for worker in submission.workers)
        places = self._limits.max_jobs - len(self._awake())
        for submission in kept:
            if self._leases.is_resting(submission.job_id) or not submission.waiting:
                continue
            if submission.status == "queued":
                if places <= 0:
                    continue
                places -= 1
            for record in submission.waiting:
                own = Counter(submission.workers)
                worker = min(workers, key=lambda worker, own=own: (own[worker], load[worker]))
                load[worker] += 1
                submission.start(record, worker)

    def _awake(self) -> list[Submission]:
        """Those that take a place: begun, not ended, and looked at."""
        return [submission for submission in self._looked_at() if submission.is_going]

    def _running(self) -> list[Submission]:
        return [submission for submission in self._looked_at() if submission.status == "running"]

    def _looked_at(self) -> Iterator[Submission]:
        return (one for one in self._submissions.values() if not self._leases.is_resting(one.job_id))

    def _load(self) -> Counter[WorkerHandle]:
        """How many records share each worker now."""
        return Counter(worker for submission in self._running() for worker in submission.workers)

    def _queue(self) -> list[Submission]:
        return [submission for submission in self._submissions.values() if submission.status == "queued"]

    def _check_room(self, owner: str) -> None:
        limits = self._limits
        unfinished = [submission for submission in self._submissions.values() if submission.is_unfinished]
        if sum(submission.owner == owner for submission in unfinished) >= limits.jobs_per_session:
            raise EngineFull(
                f"A session may have {limits.jobs_per_session} unfinished runs and this one has;"
                " stop one to start another."
            )
        if len(unfinished) >= limits.max_jobs + limits.queue_length and not self._make_room(unfinished):
            raise EngineFull(
                f"All places are taken: {limits.max_jobs} runs may go on at once and {limits.queue_length} may wait;"
                " try again in a minute."
            )

    def _make_room(self, unfinished: Sequence[Submission]) -> bool:
        """Drop one that nobody looks at, if there is one: the oldest, those first that nobody has told anything."""
        resting = [submission for submission in unfinished if self._leases.is_resting(submission.job_id)]
        for submission in sorted(resting, key=lambda submission: not submission.is_untouched)[:1]:
            self._drop(submission.job_id)
        return bool(resting)
