"""What a search shows: the trials over their axes, the best so far, the table, and what matters."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from playground.catalog import LOSSES, SEARCH_METHODS
from playground.charts.search import best as search_best
from playground.charts.search import points as search_points
from playground.charts.search import scores as search_scores
from playground.charts.search.point_rows import points_data
from playground.charts.search.table import trial_export, trial_table
from playground.config import Config
from playground.fields import SPECS
from playground.train.search.axis import LOG, Axis
from playground.train.search.trials import Trial
from playground.ui.address import follow_page
from playground.ui.chart import show_chart
from playground.ui.lesson import CONTROL_WIDTH, show_source
from playground.ui.place.checks import one_of
from playground.ui.place.place import keep, key_of, put
from playground.ui.search.importance import show_what_matters
from playground.ui.search.run import Stage
from playground.ui.search.verdict import why_none
from playground.ui.search.words import chosen_line, matters_line, result_line, values_line

ENDED = ("finished", "stopped", "gone")
MOST_BESIDE = 3  # panels; four stand in two rows
HOW_TO_READ = (
    "Filled: ended, the larger and the more yellow the better. Hollow: waiting, or under way. Cross: diverged, cut or "
    "refused. Ring: the best of its method. The strips show the values that each axis has seen, with their scores."
)


def score_title(config: Config) -> str:
    """Of what trials are ranked by, with its unit."""
    return "Validation accuracy" if config.is_classification else f"Validation loss ({LOSSES[config.loss].unit})"


def by_method(stage: Stage) -> dict[str, list[Trial]]:
    trials = stage.trials
    return {method: [trial for trial in trials if trial.method == method] for method in stage.job.methods}


def show_picture(stage: Stage) -> None:
    """A panel for each method over the two chosen axes, and the colours of all."""
    config, trials = stage.job.config, by_method(stage)
    axes = _chosen_axes(stage.job.space)
    is_share, title = config.is_classification, score_title(config)
    scale = search_scores.score_scale(stage.trials, is_share=is_share)
    st.markdown(values_line(trials, axes))
    st.caption(chosen_line(stage.job, stage.trials, stage.chosen))
    columns = _places(len(trials))
    for (method, tried), place in zip(trials.items(), columns, strict=True):
        label, key = SEARCH_METHODS[method].label, f"search_points_{method}"
        with place:
            begun = "" if tried else " has not begun yet"
            st.markdown(f"**{label}**{begun}", help=SEARCH_METHODS[method].about)
            show_chart(
                search_points.points_chart,
                {"points": points_data(tried, axes, scale, chosen=stage.chosen)},
                description=search_points.points_alt(method=label, axes=axes),
                key=key,
                on_select=partial(_take_click, stage, key),
                axes=axes,
                score_title=title,
            )
    show_chart(
        search_scores.score_bar_chart,
        {"score_bar": search_scores.score_bar_data(scale)},
        description=search_scores.score_bar_alt(title=title),
        key="search_score_bar",
        title=f"{title}; colours on a log scale of the {'error' if is_share else 'loss'}",
    )
    st.markdown(_result(stage, trials))
    st.caption(HOW_TO_READ)
    show_source(*dict.fromkeys(SEARCH_METHODS[method].source for method in trials))


def _places(number: int) -> Sequence[st.delta_generator.DeltaGenerator]:
    if number <= MOST_BESIDE:
        return st.columns(number, gap="medium")
    return [*st.columns(2, gap="medium"), *st.columns(2, gap="medium")]


def _chosen_axes(space: tuple[Axis, ...]) -> tuple[Axis, ...]:
    """The axes of the picture; all of the space where it has one or two."""
    if len(space) <= 2:
        return space
    fields = {axis.field: axis for axis in space}
    with st.container(horizontal=True):
        across = _axis_choice("Across", list(fields), "search_across")
        up = _axis_choice("Up", [field for field in fields if field != across], "search_up")
    return fields[across], fields[up]


def _axis_choice(label: str, fields: list[str], key: str) -> str:
    if st.session_state.get(key_of(key), fields[0]) not in fields:
        put(key, fields[0])
    return st.selectbox(
        label,
        fields,
        format_func=lambda field: SPECS[field].label,
        key=keep(key, fields[0], one_of(fields), label=label),
        on_change=follow_page,
        width=CONTROL_WIDTH,
        help="The picture has two of the axes; the others are there too, but not seen.",
    )


def _take_click(stage: Stage, key: str) -> None:
    """A click on a trial chooses it, one beside all trials of the panel chooses none; a browser can send anything."""
    rows = st.session_state[key].selection.get(search_points.CLICKED)
    row = rows[0] if isinstance(rows, list) and rows else None
    number = row.get("number") if isinstance(row, dict) else None
    stage.chosen = next((trial.number for trial in stage.trials if trial.number == number), None)


def show_best(stage: Stage) -> None:
    """Best score so far against the number of trials."""
    config, trials = stage.job.config, by_method(stage)
    title = score_title(config)
    st.write(
        "Which method is ahead, and after how many trials? A grid starts at the lower ends of its ranges, so that its "
        "first trials say little; and one search is one draw: with another seed the other method may be ahead."
    )
    if any(len(tried) > stage.job.trials for tried in trials.values()):
        st.caption("A method with more trials spends the same epochs in all: it ends most of its trials early.")
    show_chart(
        search_best.best_chart,
        {"best": search_best.best_data(trials, is_share=config.is_classification)},
        description=search_best.best_alt(title=title),
        key="search_best",
        title=f"Best {title[0].lower()}{title[1:]}",
        is_share=config.is_classification,
        room=max((SEARCH_METHODS[method].label for method in trials), key=len),
    )
    st.markdown(_result(stage, trials))


def _result(stage: Stage, trials: dict[str, list[Trial]]) -> str:
    has_ended = bool(stage.job_id) and stage.seen.status in ENDED
    return "  \n".join(filter(None, [result_line(stage.job, trials, has_ended=has_ended), matters_line(stage.verdict)]))


def show_table(stage: Stage) -> None:
    """Every trial that has begun; a click on a row chooses it."""
    config, trials = stage.job.config, stage.snapshot.trials
    st.caption("Click a column's head to sort by it, and the box before a row to see the curves of its trial.")
    shares = st.column_config.NumberColumn(format="percent")
    losses = st.column_config.NumberColumn(format="%.3g")
    powers = st.column_config.NumberColumn(format="%.2e")
    numbers = {
        SPECS[axis.field].label: powers if axis.scale == LOG else losses
        for axis in stage.job.space
        if not axis.choices and not SPECS[axis.field].is_whole
    }
    frame = trial_table(trials, stage.job.space, is_share=config.is_classification, has_folds=config.num_folds > 1)
    st.dataframe(
        frame,
        hide_index=True,
        height=420,
        key="search_table",
        on_select=partial(_take_row, stage, [trial.number for trial in trials]),
        selection_mode="single-row",
        column_config=numbers
        | {"Validation accuracy": shares, "± accuracy": shares, "Validation loss": losses, "± loss": losses},
    )
    text = trial_export(trials, stage.job.space).to_csv(index=False)
    st.download_button("Download the table (CSV)", text, "search.csv", "text/csv", on_click="ignore", key="search_csv")


def _take_row(stage: Stage, numbers: list[int]) -> None:
    rows = st.session_state["search_table"].selection.rows
    stage.chosen = numbers[rows[0]] if rows and rows[0] in range(len(numbers)) else None


def show_matters(stage: Stage) -> None:
    """Every trial as a line over all axes, and how much each hyperparameter matters."""
    config = stage.job.config
    show_what_matters(
        stage.job.space,
        stage.snapshot.trials,
        stage.verdict,
        key="search_matters",
        score_title=score_title(config),
        is_share=config.is_classification,
        why_none=why_none(stage),
    )
