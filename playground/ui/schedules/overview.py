"""All schedules in one picture, and the traps around them."""

from collections.abc import Sequence

import streamlit as st

from playground.catalog import SCHEDULES
from playground.catalog.schedules import PLATEAU, schedule_remark
from playground.charts.schedules import lines as schedules
from playground.charts.schedules import pitfalls as schedule_pitfalls
from playground.config import Config
from playground.ui.chart import show_chart
from playground.ui.lesson import lesson_control, refusals, show_source
from playground.ui.place.checks import some_of, switch
from playground.ui.place.place import keep
from playground.ui.try_on_train import try_on_train
from playground.ui.visit import session

PAGE = "schedules"
# What the pictures start from: a run in which every schedule does something.
STARTS = {"num_epochs": 30, "warmup_fraction": 0.0, "step_size": 6, "milestones": (), "gamma": 0.3, "min_lr": 0.0}
BOUNDS = {
    "num_epochs": (5, 100, 5),
    "warmup_fraction": (0.0, 0.5, 0.05),
    "step_size": (1, 50, 1),
    "gamma": (0.05, 1.0, 0.05),
}


def show_together() -> None:
    """The chosen schedules over one run, its controls, and their formulas."""
    st.write("Where does each one spend its time? Point at a line to see it alone, and switch the axis to logarithmic.")
    names = _chosen()
    picture, controls = st.columns([7, 2], gap="large")
    with controls:
        config, log_scale = _shown_config()
    with picture:
        show_chart(
            schedules.schedules_chart,
            {"schedules": schedules.schedules_data(config, names, log_scale=log_scale)},
            description=schedules.schedules_alt(),
            key=f"{PAGE}_together_{log_scale}",
            log_scale=log_scale,
        )
        _show_remarks(config, names)
        _show_try(config, names)
    _show_formulas(names)
    if PLATEAU in names:
        _show_plateau(config)


def _chosen() -> Sequence[str]:
    labels = {name: row.label for name, row in SCHEDULES.items()}
    chosen = st.pills(
        "Schedules",
        list(labels),
        selection_mode="multi",
        format_func=labels.get,
        key=keep(f"{PAGE}_names", list(labels), some_of(labels), label="Schedules"),
        label_visibility="collapsed",
        persist_state="session",
    )
    return [name for name in labels if name in chosen]


def _shown_config() -> tuple[Config, bool]:
    """The session's Config with the lesson's own run, and whether the axis is logarithmic."""
    key = keep(f"{PAGE}_log", False, switch, label="Logarithmic axis")
    log_scale = st.toggle("Logarithmic axis", key=key, help="Shows small rates; 0 has no place on it.")
    fields = {}
    for name, start in STARTS.items():
        low, high, step = BOUNDS.get(name, (None, None, None))
        fields[name] = lesson_control(PAGE, name, start, low=low, high=high, step=step)
    with refusals():
        return session.current_config().replace(schedule=Config().schedule, **fields), log_scale


def _show_remarks(config: Config, names: Sequence[str]) -> None:
    """What the chosen epochs do to a schedule that a person may not expect."""
    with refusals():
        remarks = {name: schedule_remark(config.replace(schedule=name)) for name in names}
    for name, remark in remarks.items():
        if remark:
            st.caption(f"{SCHEDULES[name].label}: {remark}")


def _show_try(config: Config, names: Sequence[str]) -> None:
    if not names:
        return
    chooser, button = st.columns([2, 3], vertical_alignment="bottom")
    with chooser:
        name = st.selectbox(
            "Take one along", names, format_func=lambda name: SCHEDULES[name].label, key=f"{PAGE}_taken"
        )
    with button, refusals():
        try_on_train(config.replace(schedule=name), key=f"{PAGE}_try")


def _show_formulas(names: Sequence[str]) -> None:
    """Formula, meaning and source of each; two beside each other."""
    st.subheader("Formulas", anchor=False)
    st.caption(
        "Factor on the learning rate: t is the share of the run that is over, e the epochs. A warm-up of W updates "
        "goes before: factor $(k+1)/(W+1)$ at its update k; the schedule then runs over the rest."
    )
    rows = [SCHEDULES[name] for name in names]
    for column, part in zip(st.columns(2, gap="large"), (rows[::2], rows[1::2]), strict=True):
        column.markdown("\n\n".join(f"**{row.label}** ${row.formula}$  \n{row.about} *{row.source}*" for row in part))


def _show_plateau(config: Config) -> None:
    st.subheader("A schedule without a fixed curve", anchor=False)
    st.write(
        "On plateau has no formula in time: it drops after step_size epochs in a row without a new lowest validation "
        "loss. Any lower loss counts, however little, and the start counts, as with early stopping. This is what it "
        "does on a made-up loss that falls further after each drop; its line above is the same example."
    )
    show_chart(
        schedules.plateau_chart,
        {"plateau": schedules.plateau_data(config)},
        description=schedules.plateau_alt(),
        key=f"{PAGE}_plateau",
    )


def show_pitfalls() -> None:
    """Five traps, two beside each other."""
    st.write("Five ways to train at another rate than you think. Solid: as often written. Dashed: as meant.")
    for start in range(0, len(schedule_pitfalls.PITFALLS), 2):
        pair = schedule_pitfalls.PITFALLS[start : start + 2]
        for column, pitfall in zip(st.columns(2, gap="large"), pair, strict=False):
            with column:
                _show_pitfall(pitfall)


def _show_pitfall(pitfall: schedule_pitfalls.Pitfall) -> None:
    st.subheader(pitfall.title, anchor=False)
    show_chart(
        schedule_pitfalls.pitfall_chart,
        {"pitfall": schedule_pitfalls.pitfall_data(pitfall)},
        description=schedule_pitfalls.pitfall_alt(pitfall),
        key=f"{PAGE}_{pitfall.title}",
    )
    st.code(pitfall.code, language="python", wrap_lines=True)
    st.write(pitfall.sentence)
    show_source(pitfall.source)
