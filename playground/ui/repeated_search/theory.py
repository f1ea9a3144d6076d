"""What theory says of random trials against a grid: two curves and a calculator."""

import streamlit as st

from playground.charts.repeated_search import theory as charts
from playground.train.repeated_search.closed_form import (
    chance_of_best,
    chance_random_closer,
    grid_distance,
    random_distance,
    trials_for,
)
from playground.ui.chart import show_chart
from playground.ui.lesson import CONTROL_WIDTH, show_numbers, show_source
from playground.ui.place.checks import number, one_of
from playground.ui.place.place import keep
from playground.ui.repeated_search import words

PAGE = "repeated_theory"
SHARES = (0.01, 0.05, 0.1, 0.25)
LEVEL = charts.LEVEL


def show_theory() -> None:
    """1 - (1 - q)^n, and the mean distances."""
    st.write(
        "Two formulas that need no search at all. First: how fast does the chance rise that one of n random trials is "
        "among the best? Second: whose nearest value comes closer to the optimum when one axis alone matters?"
    )
    left, right = st.columns(2, gap="large")
    with left:
        _show_chance()
    with right:
        _show_distance()
    st.markdown(words.CORRECTED)
    show_source(words.SOURCE)


def _show_chance() -> None:
    with st.container(horizontal=True):
        share = st.select_slider(
            "Best share q",
            SHARES,
            format_func="{:.0%}".format,
            key=keep(f"{PAGE}_share", SHARES[1], one_of(SHARES), label="Best share q"),
            help="Part of the space that is good enough for you; 5% is usual.",
            persist_state="session",
            width=CONTROL_WIDTH,
        )
        trials = st.slider(
            "Random trials n",
            1,
            charts.MOST_TRIALS,
            key=keep(f"{PAGE}_trials", 60, number(1, charts.MOST_TRIALS), label="Random trials n"),
            help="How many random points you can afford; 60 is the well-known number for the best 5%.",
            persist_state="session",
            width=CONTROL_WIDTH,
        )
    show_chart(
        charts.chance_chart,
        {"chance": charts.chance_data(SHARES, share, trials)},
        description=charts.chance_alt(),
        key=f"{PAGE}_chance",
        shares=SHARES,
    )
    show_numbers(
        [
            f"1 − (1 − {share:g})^{trials} = {chance_of_best(share, trials):.1%}: so likely is one of {trials} random "
            f"trials among the best {share:.0%} of the space.",
            f"For 95% it takes {trials_for(share, LEVEL)} trials, however many hyperparameters there are.",
            "It promises a place among the best share of the space, not a score near the best one.",
        ]
    )


def _show_distance() -> None:
    with st.container(horizontal=True):
        axes = st.slider(
            "Hyperparameters",
            1,
            len(charts.GRIDS),
            key=keep(f"{PAGE}_axes", 2, number(1, len(charts.GRIDS)), label="Hyperparameters"),
            help="Axes of the space, of which one matters.",
            persist_state="session",
            width=CONTROL_WIDTH,
        )
        levels = st.slider(
            "Values for each k",
            2,
            10,
            key=keep(f"{PAGE}_levels", 3, number(2, 10), label="Values for each k"),
            help="How many values of each axis the grid tries; its trials are their product.",
            persist_state="session",
            width=CONTROL_WIDTH,
        )
    show_chart(
        charts.distance_chart,
        {"distance": charts.distance_data(levels, axes)},
        description=charts.distance_alt(),
        key=f"{PAGE}_distance",
    )
    show_numbers(distance_sentences(levels, axes))


def distance_sentences(levels: int, axes: int) -> list[str]:
    """Distances and chances of a grid of that many values on each axis, and of as many random trials."""
    trials = levels**axes
    closer = chance_random_closer(levels, trials)
    grid = " × ".join([str(levels)] * axes)
    return [
        f"Grid of {grid}: mean distance 1 / (4 · {levels}) = {grid_distance(levels):.4f} on the axis that matters.",
        f"Random, {trials:,} trials: ({trials:,} + 3) / (2 · {trials + 1:,} · {trials + 2:,}) = "
        f"{random_distance(trials):.4f}.",
        f"Random comes closer in {closer:.1%} of all cases, the grid in {1 - closer:.1%}.",
        "These hold where one axis matters alone. On a single axis the even row is closer on average; where several "
        "matter, look at the made surface.",
    ]
