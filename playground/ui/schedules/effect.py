"""What schedules do to a training: one network under several of them, and its averaged weights beside the raw ones."""

from collections.abc import Mapping, Sequence

import streamlit as st

from playground.catalog import LOSSES, SCHEDULES
from playground.charts.named_lines import OTHER_DASH
from playground.config import Config
from playground.jobs.comparison.job import MOST_RUNS, CompareJob
from playground.jobs.comparison.snapshot import CompareSnapshot
from playground.presets import PRESETS
from playground.ui.answer import show_answer
from playground.ui.comparison import show_comparison
from playground.ui.lesson import lesson_control, refusals, show_numbers, show_source
from playground.ui.place.checks import one_of, some_of, switch
from playground.ui.place.place import keep
from playground.ui.try_on_train import try_on_train
from playground.ui.visit import session

PAGE = "schedules"
EXAMPLE, OWN = "settling", "own"
DECAY = 0.99  # of the average
FIRST = ("constant", "step", "cosine")
AVERAGED = ", averaged"


def show_effect() -> None:
    """Loss and accuracy of each schedule, live, with the rates underneath."""
    st.write(
        "The same network, data, weights and batches under several schedules. Which one keeps jumping, which one "
        "settles, and what is left of the difference when the weights are averaged?"
    )
    network, schedules, seed, averages = st.columns([4, 6, 2, 4], vertical_alignment="bottom", gap="medium")
    with network:
        config = _base()
    with schedules:
        names = _names()
    with averages:
        is_averaged = st.toggle(
            "Averaged weights beside the raw ones",
            key=keep(f"{PAGE}_averaged", True, switch, label="Averaged weights"),
            help=f"Evaluates a moving average that keeps {DECAY:.0%} of itself each update.",
            persist_state="session",
        )
    with seed, refusals():
        config = config.replace(seed=lesson_control(PAGE, "seed", config.seed))
    with refusals():
        job = CompareJob(tuple(_runs(config, names, is_averaged)))
    looks = {SCHEDULES[name].label: list(SCHEDULES).index(name) for name in names}
    looks |= {label + AVERAGED: look + OTHER_DASH for label, look in looks.items()}

    def show(snapshot: CompareSnapshot) -> None:
        _show(snapshot, config, looks)

    show_answer(job, show, key=f"{PAGE}_effect")
    try_on_train(config, key=f"{PAGE}_try_effect", label="Take this network to Train")
    show_source("CS231n notes, Neural networks part 3", "Polyak and Juditsky, 1992")


def _base() -> Config:
    """The lecture's example or the visitor's own settings."""
    words = {EXAMPLE: "Digits, 20% wrong labels", OWN: "Your own settings"}
    key = keep(f"{PAGE}_base", EXAMPLE, one_of(words), label="Network")
    chosen = st.selectbox("Network", list(words), format_func=words.get, key=key, persist_state="session")
    return PRESETS[EXAMPLE].config if chosen == EXAMPLE else session.current_config()


def _names() -> Sequence[str]:
    labels = {name: row.label for name, row in SCHEDULES.items()}
    chosen = st.multiselect(
        "Schedules to compare",
        list(labels),
        format_func=labels.get,
        key=keep(f"{PAGE}_compared", list(FIRST), some_of(labels, most=MOST_RUNS // 2), label="Schedules to compare"),
        max_selections=MOST_RUNS // 2,
        persist_state="session",
        help="Up to 6, each with the settings of the network and the drawn points.",
    )
    return [name for name in labels if name in chosen]


def _runs(config: Config, names: Sequence[str], is_averaged: bool) -> list[tuple[str, Config]]:
    points = session.current_config().schedule_points
    runs = []
    for name in names:
        run = config.replace(schedule=name, schedule_points=points, num_seeds=1, ema_decay=0)
        runs.append((SCHEDULES[name].label, run))
        if is_averaged:
            runs.append((SCHEDULES[name].label + AVERAGED, run.replace(ema_decay=DECAY)))
    return runs


def _show(snapshot: CompareSnapshot, config: Config, looks: Mapping[str, int]) -> None:
    known = [run.name for run in snapshot.runs if run.name in looks]
    if len(known) != len(snapshot.runs):
        return  # an older answer, with other runs
    show_comparison(
        snapshot,
        key=f"{PAGE}_effect",
        unit=LOSSES[config.loss].unit,
        is_classification=config.is_classification,
        looks=looks,
        rates_of=[name for name in known if not name.endswith(AVERAGED)],
    )
    show_numbers(_sentences(snapshot, config))


def _sentences(snapshot: CompareSnapshot, config: Config) -> list[str]:
    column = "val_accuracy" if config.is_classification else "val_loss"
    word, form = ("accuracy", "{:.1%}") if config.is_classification else ("loss", "{:.3g}")
    last = {run.name: float(run.history[column][-1]) for run in snapshot.runs if run.status != "diverged"}
    if not snapshot.has_ended or not last:
        return ["Wait for the last epoch: before it, the differences come and go."]
    best = (max if config.is_classification else min)(last, key=last.get)
    sentences = [f"Best validation {word} at the end: {best}, {form.format(last[best])}."]
    for name, value in last.items():
        if name + AVERAGED in last:
            sentences.append(f"{name}: raw {form.format(value)}, averaged {form.format(last[name + AVERAGED])}.")
    return [*sentences, "One seed is one draw: try others before you believe a difference."]
