"""What a worker finds in the trials of a search that has ended: where better values may lie beyond a range."""

from playground.engine import EngineFull, UnknownJob, current_engine
from playground.jobs.importance import ImportanceJob, ImportanceSnapshot
from playground.ui.owner import session_owner
from playground.ui.search_run import Stage


def look_at_verdict(stage: Stage) -> ImportanceSnapshot | None:
    """The verdict on a search that has ended, asked for at the first look; None until it is there.

    The page server does not compute it: it takes scipy and scikit-learn.
    """
    if stage.verdict is None and not stage.is_open and any(trial.score for trial in stage.snapshot.trials):
        _ask(stage)
    return stage.verdict


def is_waiting(stage: Stage) -> bool:
    """Whether a verdict is still to come."""
    return bool(stage.verdict_id) and stage.verdict is None


def _ask(stage: Stage) -> None:
    engine = current_engine()
    if stage.verdict_id is None:
        job = ImportanceJob(stage.job.space, stage.snapshot.trials)
        try:
            stage.verdict_id = engine.submit(job, owner=session_owner())
        except EngineFull:
            stage.verdict_id = ""  # the search itself is there; what is missing is a hint
    if not stage.verdict_id:
        return
    try:
        seen = engine.view(stage.verdict_id)
    except UnknownJob:
        stage.verdict_id = ""
        return
    if isinstance(seen.snapshot, ImportanceSnapshot) and seen.snapshot.has_ended:
        stage.verdict = seen.snapshot
        engine.free(stage.verdict_id)
    elif seen.status in ("failed", "lost", "refused"):
        stage.verdict_id = ""
