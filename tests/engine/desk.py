"""A ledger with workers that only listen."""

import pickle
from dataclasses import dataclass, field

from plain_jobs import CountSnapshot

from playground.engine import Limits
from playground.engine.ledger import Ledger
from playground.engine.submission import Submission
from playground.engine.workers.messages import Report

RAW = pickle.dumps(CountSnapshot())


@dataclass(eq=False)
class Listener:
    """A worker that keeps what it was sent."""

    sent: list = field(default_factory=list)
    is_promising: bool = True
    why_gone: str = "by chance"

    def send(self, name, job_id, argument=None):
        self.sent.append((name, job_id, argument))

    def num_sent(self, name, job_id):
        """How often, for any run of any part of a job."""
        return [(sent, Submission.id_of_run(run_id)) for sent, run_id, _ in self.sent].count((name, job_id))

    @property
    def orders(self):
        """Names of what came, commands by their own."""
        return [argument.name if name == "command" else name for name, _, argument in self.sent]

    @property
    def job(self):
        return pickle.loads(self.sent[0][2])


class Desk:
    """A ledger, its workers and submissions with short names."""

    def __init__(self, num_workers=3, **limits):
        self.workers = [Listener() for _ in range(num_workers)]
        self.ledger = Ledger(Limits(**{"jobs_per_session": 100, **limits}), lambda: self.workers)

    def take(self, name, job, count=3, *, starts_paused=False):
        submission = Submission(name, "owner", job, count=count, starts_paused=starts_paused)
        self.ledger.take(submission)
        return submission

    def runs_of(self, name):
        return [worker.num_sent("submit", name) for worker in self.workers]

    def tell(self, submission, seconds_left, status="running"):
        """A report of the worker that runs it."""
        self.ledger.take_report(Report(submission.job_id, status, "", 0, 0, RAW, 1.0, seconds_left))
