"""Controls of the lesson on initialization, and the jobs that they make."""

from functools import partial
from typing import Any

import streamlit as st

from playground.catalog import INITIALIZERS
from playground.catalog.signal_cases import (
    DEPTH_START,
    RESIDUAL_START,
    SIGNAL_CASES,
    SYMMETRY_BREAKER,
    SYMMETRY_START,
)
from playground.config import Config
from playground.fields import SPECS
from playground.jobs.initialization.symmetry import SymmetryJob
from playground.jobs.signal.job import DATA_SET, SIGNAL_SPECS, SignalJob
from playground.jobs.signal.signals import SignalsJob
from playground.spec import NETWORK, Spec
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals
from playground.ui.place.checks import one_of
from playground.ui.place.place import keep
from playground.ui.visit import session

WIDEST_TO_TRAIN = 100  # units; wider and deep networks take seconds for a step
CASE_SAMPLES = (100, 300, 1000)
BLOCKS = Spec(group=NETWORK, low=1, high=49, unit="blocks", label="Depth", help="Residual blocks; 5 to 20 show it.")
# Part of the lesson and control -> lowest, highest, step; the highest of a part together are within a server's limits.
SLIDERS = {
    ("depth", "depth"): (2, 50, 1),
    ("depth", "width"): (10, 300, 10),
    ("depth", "samples"): (50, 1000, 50),
    ("residual", "blocks"): (1, 49, 1),
    ("residual", "width"): (10, 250, 10),
}


def _control(page: str, start: dict[str, Any], name: str, reason: str = "") -> Any:
    spec = BLOCKS if name == "blocks" else SIGNAL_SPECS.get(name) or SPECS[name]
    low, high, step = SLIDERS.get((page, name), (None, None, None))
    return lesson_control(
        page, name, start[name], spec=spec, low=low, high=high, step=step, reason=reason, width=CONTROL_WIDTH
    )


def depth_job() -> SignalJob:
    """One network, forward and back."""
    control = partial(_control, "depth", {**DEPTH_START, "seed": 0})
    with control_row():
        values = {name: control(name) for name in ("depth", "width", "activation", "initializer")}
        no_scale = "Zero times anything is zero." if INITIALIZERS[values["initializer"]].is_zero else ""
        values["init_scale"] = control("init_scale", no_scale)
        values["normalization"] = control("normalization")
    with control_row():
        values |= {name: control(name) for name in ("input", "samples", "seed")}
        is_data = values["input"] == DATA_SET
        values["dataset"] = control("dataset", "" if is_data else "Standard normal numbers come in.")
    with refusals():
        return SignalJob.parse(values)


def cases_job() -> SignalsJob:
    """The lecture's five stacks, at the lecture's size."""
    samples = st.segmented_control(
        "Samples",
        CASE_SAMPLES,
        required=True,
        key=keep("cases_samples", CASE_SAMPLES[0], one_of(CASE_SAMPLES), label="Samples"),
        persist_state="session",
        help="The lecture has 1000; 100 show the same at once.",
    )
    return SignalsJob(
        tuple(
            SignalJob(Config.parse(case.defaults), samples=samples, has_backward=False)
            for case in SIGNAL_CASES.values()
        )
    )


def symmetry_job() -> SymmetryJob:
    """Every initializer that draws nothing, and one that does; another optimizer comes with its usual rate."""
    start = {name: SYMMETRY_START[name] for name in ("activation", "optimizer", "num_epochs")}
    with control_row():
        values = {**SYMMETRY_START, **{name: _control("symmetry", start, name) for name in start}}
    if values["optimizer"] != SYMMETRY_START["optimizer"]:
        del values["learning_rate"]
    symmetric = (name for name, row in INITIALIZERS.items() if not row.draws)
    with refusals():
        return SymmetryJob(Config.parse(values), (*symmetric, SYMMETRY_BREAKER))


def residual_job() -> SignalsJob:
    """A stack of residual blocks behind one layer, without and with zero-init of the last layer of each branch."""
    start = {**RESIDUAL_START, "seed": 0}
    with control_row():
        values = {name: _control("residual", start, name) for name in start}
    depth, width = values.pop("blocks") + 1, values.pop("width")
    with refusals():
        jobs = (
            SignalJob.parse({**values, "residual": True, "zero_init_residual": is_zero, "depth": depth, "width": width})
            for is_zero in (False, True)
        )
        return SignalsJob(tuple(jobs))


def to_train(job: SignalJob) -> Config:
    """The visitor's Config with the network of a signal, narrow enough to train."""
    names = ("activation", "initializer", "init_scale", "normalization", "residual", "zero_init_residual")
    data = {"dataset": job.config.dataset} if job.input == DATA_SET else {}
    carried = {name: getattr(job.config, name) for name in names}
    sizes = tuple(min(size, WIDEST_TO_TRAIN) for size in job.config.hidden_sizes)
    return Config.salvage({**session.current_config().changes(), **data, **carried, "hidden_sizes": sizes})[0]
