"""The runs of a visit that went to their end, and what a later one says against them."""

import streamlit as st

from playground.config import Config
from playground.jobs.training.seed_scores import SeedScores, is_another_setting, why_not_comparable
from playground.jobs.training.snapshot import TrainingSnapshot

_ENDED = "ended_runs"
MAX_KEPT = 8
WHOLE = {"finished", "diverged"}
ONE_SEED_SAYS_LITTLE = (
    "One run of each setting does not tell a better setting from a luckier seed: set Runs to 5 or more and train both."
)


def remember(snapshot: TrainingSnapshot) -> None:
    """Keep how the seeds of a run ended, unless a person has stopped it before."""
    if snapshot.result is None or not (snapshot.status in WHOLE or snapshot.config.early_stopping):
        return
    others = [ended for ended in _ended() if ended.config != snapshot.config]
    st.session_state[_ENDED] = [*others, SeedScores.of_result(snapshot.result)][-MAX_KEPT:]


def earlier_run(config: Config) -> SeedScores | None:
    """The latest run of another setting that one of this Config can be compared with."""
    others = (ended for ended in reversed(_ended()) if is_another_setting(ended.config, config))
    return next((ended for ended in others if not why_not_comparable(ended, config)), None)


def remark(snapshot: TrainingSnapshot) -> str:
    """Whether this run differs from an earlier one by more than seed noise, or how to find out; "" for neither."""
    if snapshot.result is None:
        return ""
    if "against" in snapshot.result:
        return snapshot.result["against"]["sentence"]
    has_rival = any(is_another_setting(ended.config, snapshot.config) for ended in _ended())
    return ONE_SEED_SAYS_LITTLE if has_rival and snapshot.config.num_seeds == 1 else ""


def _ended() -> list[SeedScores]:
    return st.session_state.get(_ENDED, [])
