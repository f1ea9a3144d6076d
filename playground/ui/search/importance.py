"""What the trials of a search say of its hyperparameters: every trial as a line, and how much each field matters."""

from collections.abc import Sequence

import streamlit as st

from playground.charts.search import importance, parallel_coordinates
from playground.charts.search.scores import score_of, score_scale, score_text
from playground.jobs.search.importance import ImportanceSnapshot
from playground.train.search.axis import Axis
from playground.train.search.trials import Trial
from playground.ui.address import follow_page
from playground.ui.chart import show_chart
from playground.ui.lesson import show_source
from playground.ui.place.checks import number, span_of
from playground.ui.place.place import keep_span

SOURCES = (
    "Breiman, Random forests, 2001, https://doi.org/10.1023/A:1010933404324",
    "Hutter et al., An efficient approach for assessing hyperparameter importance, 2014, "
    "https://proceedings.mlr.press/v32/hutter14.html",
)
HOW_IT_IS_MEASURED = (
    "A random forest learns the rank of a trial from its values. The bar says how much worse it predicts trials that "
    "it has not seen once the values of one field are shuffled, as a share of all differences; a field that "
    "matters together with another counts in full, and chance may take one that does not matter below 0. "
    "The thin line is one standard deviation over the shuffles."
)


def show_what_matters(
    space: tuple[Axis, ...],
    trials: Sequence[Trial],
    seen: ImportanceSnapshot | None,
    *,
    key: str,
    score_title: str,
    is_share: bool,
    why_none: str = "",
) -> None:
    """Parallel coordinates of all trials that have ended, and the importance of each field below.

    Args:
        seen: what a worker found in these trials; None while there is nothing.
        key: first part of the keys of all elements.
        score_title: of the score, with its unit.
        is_share: the score is an accuracy, else a loss.
        why_none: why there is nothing.
    """
    _show_lines(space, trials, key, score_title, is_share)
    if seen is None:
        st.info(why_none)
        return
    _show_importance(space, seen, key)
    show_source(*SOURCES)


def _show_lines(space: tuple[Axis, ...], trials: Sequence[Trial], key: str, score_title: str, is_share: bool) -> None:
    scale = score_scale(trials, is_share=is_share)
    low, high = st.slider(
        "Trials that stand out, worst to best",
        0,
        100,
        step=5,
        format="%d%%",
        **keep_span(f"{key}_range", (0, 100), span_of(number(0, 100)), label="Trials that stand out"),
        on_change=follow_page,
        persist_state="session",
        help="0% is the worst trial and 100% the best. Move the left end to 90% to follow the best tenth: where its "
        "lines run together, a field matters.",
    )
    chosen = parallel_coordinates.between(trials, low / 100, high / 100)
    show_chart(
        parallel_coordinates.parallel_chart,
        {
            "parallel": parallel_coordinates.parallel_data(
                space, trials, scale, clear={trial.number for trial in chosen}
            )
        },
        description=parallel_coordinates.parallel_alt(axes=space),
        key=f"{key}_parallel",
        axes=space,
        score_title=score_title,
    )
    st.caption(_chosen_line(chosen, is_share))


def _chosen_line(trials: Sequence[Trial], is_share: bool) -> str:
    """What stands out, and what dashes are."""
    scored = [trial for trial in trials if trial.score]
    words = "1 trial stands out" if len(trials) == 1 else f"{len(trials)} trials stand out"
    if scored:
        ends = (score_text(score_of(trial, is_share=is_share), is_share=is_share) for trial in (scored[0], scored[-1]))
        words += f", scores {' to '.join(ends)}"
    return f"{words}. Dashed lines ended without a score; the thick one is the best of all."


def _show_importance(space: tuple[Axis, ...], seen: ImportanceSnapshot, key: str) -> None:
    st.markdown("**How much each field matters for the score**", help=HOW_IT_IS_MEASURED)
    show_chart(
        importance.importance_chart,
        {"importance": importance.importance_data(space, seen.importances)},
        description=importance.importance_alt(),
        key=f"{key}_importance_chart",
        num_axes=len(space),
    )
    notes = [seen.note] if seen.note else []
    if seen.importances:
        explained = f"All fields together explain {max(seen.explained, 0):.0%} of the differences in rank"
        notes.append(
            f"{explained} between the {seen.num_trials} trials; the rest is chance, or needs more trials to be seen."
        )
    st.markdown("\n\n".join(notes))
