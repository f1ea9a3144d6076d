"""Controls of the lesson on regularization, and the jobs that they make."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground.catalog.regularization_lesson import (
    DRAWN_SIZES,
    DROPOUT_START,
    NOISY_START,
    PENALTY_CONTROLS,
    PENALTY_START,
    RIDGE_START,
    RIDGE_STRENGTHS,
    STOPPING_START,
    STRENGTHS,
)
from playground.charts.regularization.penalties import LABELS
from playground.config import Config
from playground.jobs.comparison.job import CompareJob
from playground.jobs.regularization.dropout import MOST_MASKS, NUM_STEPS, DropoutJob
from playground.jobs.regularization.penalties import PenaltiesJob
from playground.jobs.regularization.ridge import RidgeJob
from playground.jobs.training.job import TrainJob
from playground.spec import REGULARIZATION, Spec
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals
from playground.ui.place.checks import one_of
from playground.ui.place.place import keep

MASKS = Spec(group=REGULARIZATION, low=1, high=MOST_MASKS, step=50, unit="masks", label="Masks",
             help="Over which the answers are averaged; 100 is plenty.")  # fmt: skip
PATIENCE = Spec(group=REGULARIZATION, low=1, high=100, unit="epochs", label="Patience",
                help="Epochs without a better validation loss after which a run would stop; 5 is usual.")  # fmt: skip
STEP = Spec(group=REGULARIZATION, low=1, high=NUM_STEPS, label="Step",
            help="Of training; each draws its own mask.")  # fmt: skip
COMPANIONS = {"l1": ("l1", "subgradient"), "l2": ("l2",), "both": ("both",)}


def chosen_fields(page: str, names: tuple[str, ...], start: Mapping[str, Any]) -> dict[str, Any]:
    """A row of controls of Config fields."""
    plain = Config.parse(start)
    with control_row():
        return {name: lesson_control(page, name, getattr(plain, name), width=CONTROL_WIDTH) for name in names}


def penalties_job() -> tuple[PenaltiesJob, float]:
    """The sweep of strengths, and the strength whose map is looked at."""
    with control_row():
        kind = st.segmented_control(
            "Penalty",
            list(COMPANIONS),
            required=True,
            format_func=LABELS.get,
            key=keep("penalty_kind", "l1", one_of(COMPANIONS), label="Penalty"),
            persist_state="session",
            help="L2 pulls in proportion to a weight's size, L1 by the same amount each; both is the elastic net.",
        )
    values = chosen_fields("penalty", PENALTY_CONTROLS, PENALTY_START)
    shown = st.select_slider(
        "Strength whose map is shown",
        STRENGTHS,
        key=keep("penalty_shown", STRENGTHS[6], one_of(STRENGTHS), label="Strength whose map is shown"),
        persist_state="session",
        format_func=lambda strength: f"{strength:g}",
        help="Walks along the path; nothing is computed again.",
    )
    with refusals():
        return PenaltiesJob(Config.parse({**PENALTY_START, **values}), COMPANIONS[kind], STRENGTHS), shown


def penalized(job: PenaltiesJob, strength: float) -> Config:
    """What Train carries on with: the shown strength of the chosen penalty."""
    kind = job.kinds[0]
    return job.config.replace(weight_decay=strength * (kind != "l1"), l1=strength * (kind != "l2"))


def ridge_job() -> RidgeJob:
    """Diabetes, one linear unit."""
    with control_row():
        strength = st.select_slider(
            "Strength",
            RIDGE_STRENGTHS,
            key=keep("ridge_strength", RIDGE_STRENGTHS[3], one_of(RIDGE_STRENGTHS), label="Strength"),
            persist_state="session",
            format_func=lambda strength: f"{strength:g}",
            help="Multiplies the sum of the squared coefficients; 10 to 1000 shows the shrinking.",
            width=2 * CONTROL_WIDTH,
        )
        values = {
            name: lesson_control("ridge", name, RIDGE_START.get(name, 0), width=CONTROL_WIDTH)
            for name in ("learning_rate", "num_epochs", "seed")
        }
    with refusals():
        config = Config.parse({**RIDGE_START, **values})
        return RidgeJob(config, strength, config.num_epochs)


def dropout_job() -> tuple[DropoutJob, int]:
    """A trained reader of digits, and the step whose mask is looked at."""
    names = ("dropout", "num_epochs", "hidden_sizes", "seed")
    start = Config.parse(DROPOUT_START)
    with control_row():
        values = {name: lesson_control("dropout", name, getattr(start, name), width=CONTROL_WIDTH) for name in names}
        masks = lesson_control("dropout", "num_masks", 100, spec=MASKS, width=CONTROL_WIDTH)
    step = lesson_control("dropout", "step", 1, spec=STEP, low=1, high=NUM_STEPS)
    with refusals():
        return DropoutJob(Config.parse({**DROPOUT_START, **values}), DRAWN_SIZES, masks), step


def noise_job() -> CompareJob:
    """With and without dropout, on wrong labels and on right ones."""
    names = ("dropout", "label_noise", "num_epochs", "seed")
    values = chosen_fields("noise", names, {**NOISY_START, "dropout": 0.5})
    with refusals():
        base = Config.parse({**NOISY_START, **values})
        wrong = f"{base.label_noise:.0%} wrong labels"
        with_dropout = f"dropout {base.dropout:g}"
        return CompareJob(
            (
                (f"{wrong}, none", base.replace(dropout=0.0)),
                (f"{wrong}, {with_dropout}", base),
                ("Right labels, none", base.replace(label_noise=0.0, dropout=0.0)),
                (f"Right labels, {with_dropout}", base.replace(label_noise=0.0)),
            )
        )


def stopping_job() -> tuple[TrainJob, int]:
    """A long run on noisy labels, and the patience that is tried on it."""
    names = ("label_noise", "learning_rate", "num_epochs", "hidden_sizes", "seed")
    start = Config.parse(STOPPING_START)
    with control_row():
        values = {name: lesson_control("stopping", name, getattr(start, name), width=CONTROL_WIDTH) for name in names}
        patience = lesson_control("stopping", "patience", 5, spec=PATIENCE, width=CONTROL_WIDTH)
    with refusals():
        return TrainJob(Config.parse({**STOPPING_START, **values})), patience
