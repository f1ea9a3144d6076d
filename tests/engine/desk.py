"""A ledger with workers that only listen."""

import pickle
from collections import Counter

from plain_jobs import CountSnapshot

from playground.engine import Limits
from playground.engine.ledger import Ledger
from playground.engine.messages import Report
from playground.engine.submission import Submission

RAW = pickle.dumps(CountSnapshot())


class Listener:
    def __init__(self):
        self.is_promising = True
        self.why_gone = ""
        self.sent = []

    def send(self, name, job_id, argument=None):
        self.sent.append((name, Submission.id_of_run(job_id)))


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
        return [Counter(worker.sent)["submit", name] for worker in self.workers]

    def tell(self, submission, seconds_left, status="running"):
        """A report of the worker that runs it."""
        self.ledger.take_report(Report(submission.job_id, status, "", 0, 0, RAW, 1.0, seconds_left))
