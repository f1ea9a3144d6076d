"""What a worker finds in the trials of a search that has ended: which field matters, and which range is too narrow."""

from playground.engine import EngineFull, UnknownJob, current_engine
from playground.jobs.search.importance import ImportanceJob, ImportanceSnapshot
from playground.jobs.search.remarks import lost_sentence
from playground.ui.search.run import Stage
from playground.ui.visit.owner import session_owner


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


def why_none(stage: Stage) -> str:
    """Why there is no verdict, in one sentence."""
    if stage.is_open:
        return "How much each field matters is computed when the search has ended."
    if is_waiting(stage):
        return "A worker is computing how much each field matters."
    if not any(trial.score for trial in stage.snapshot.trials):
        why = lost_sentence(stage.job, stage.snapshot.trials) or "No trial has ended with a score."
        return f"How much each field matters cannot be said. {why}"
    if stage.verdict_id is None:
        return "All places are taken, so that how much each field matters cannot be computed now. Look again later."
    return "How much each field matters could not be computed. Start the search again to have it."


def _ask(stage: Stage) -> None:
    engine = current_engine()
    if stage.verdict_id is None:
        job = ImportanceJob(stage.job.space, stage.snapshot.trials)
        try:
            stage.verdict_id = engine.submit(job, owner=session_owner())
        except EngineFull:
            return  # asked again at the next look; the search itself is there
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
