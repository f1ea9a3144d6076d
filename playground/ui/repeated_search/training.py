"""Repeated searches with real trainings: started by a button, live, and kept when cancelled."""

from dataclasses import replace
from functools import partial

import streamlit as st

from playground.charts.search.axes import axis_title, value_text
from playground.config import Config
from playground.fields import SPECS
from playground.jobs.repeated_search.snapshot import RepeatedSnapshot
from playground.jobs.repeated_search.training import RepeatedTrainingJob
from playground.jobs.search.job import SearchJob
from playground.jobs.search.settings import SEARCH_SPECS
from playground.presets import PRESETS
from playground.rules import unused_fields
from playground.train.ending import STOPPED
from playground.train.search.axis import LOG
from playground.train.search.space import MOST_AXES, SEARCHABLE
from playground.ui.address import follow_page
from playground.ui.answer import Asked, ask, last_asked, show_answer, take_asked
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals, show_numbers, show_source
from playground.ui.place import place
from playground.ui.place.checks import one_of, some_of
from playground.ui.place.place import keep, put
from playground.ui.repeated_search import words
from playground.ui.repeated_search.view import show_scores, show_trials
from playground.ui.search.form import EXAMPLE, NETWORKS, OWN, base_line
from playground.ui.search.ranges import first_range
from playground.ui.search.space import ranged
from playground.ui.visit import session
from playground.ui.visit.latest import Latest
from playground.ui.words import plain

PAGE = "repeated_training"
SMALL = PRESETS["digits"].config.replace(num_samples=600, hidden_sizes=(32,), activation="relu", num_epochs=5)
NUMBERS = [name for name in SEARCHABLE if SPECS[name].table is None and not SPECS[name].choices]
FIRST_FIELDS = ("learning_rate", "weight_decay")
FIRST_TRIALS, FIRST_REPEATS = 9, 20
MOST_TRIALS, FEWEST_REPEATS, MOST_REPEATS = 25, 20, 200
_ANSWER, _NETWORK, _FIELDS = f"{PAGE}_answer", f"{PAGE}_network", f"{PAGE}_fields"
_LATEST: Latest[Asked] = Latest(PAGE, "comparison")


def find_again() -> bool:
    """Whether the link's comparison was found, or this browser's latest; the controls then say the same."""
    latest = _LATEST.found()
    if latest is None:
        return False
    take_asked(replace(latest), key=_ANSWER)
    if place.here().values:  # the link says the controls as well, which may have been changed since
        return True
    search = latest.job.search
    num_epochs = search.config.num_epochs
    is_example = replace(search, config=SMALL.replace(num_epochs=num_epochs)) == search
    put(_NETWORK, EXAMPLE if is_example else OWN)
    put(_FIELDS, [axis.field for axis in search.space])
    for name, value in {"trials": search.trials, "repeats": search.repeats, "num_epochs": num_epochs}.items():
        put(f"{PAGE}_{name}", value)
    return True


def show_training() -> None:
    """The comparison with networks that are trained, each repeat on other data, weights and random points."""
    st.write(
        "Does it hold for a network? Each repeat trains both methods' trials anew, with other data, weights and random "
        "points. Look whether the wins in the second picture outweigh the losses."
    )
    job = _job()
    started = _start(job)
    if started is None:
        st.info("Nothing has been trained yet. Press Start; results appear as repeats are completed.")
    else:
        if started != job:
            st.info("Below is the comparison that was started last. Press Start for the settings above.")
        show_answer(started, partial(_show, started), key=_ANSWER)
    st.markdown(words.CORRECTED)
    show_source(words.SOURCE, words.WILSON, words.MEDIAN)


def _job() -> RepeatedTrainingJob:
    with control_row():
        config = _choose_network()
        fields = st.multiselect(
            "Hyperparameters",
            NUMBERS,
            format_func=lambda name: SPECS[name].label,
            key=keep(_FIELDS, list(FIRST_FIELDS), some_of(NUMBERS, most=MOST_AXES), label="Hyperparameters"),
            max_selections=MOST_AXES,
            persist_state="session",
            help="What is tried, each over the range that the Search page starts with; 2 is usual.",
            width=2 * CONTROL_WIDTH,
        )
        trials = _slider("trials", FIRST_TRIALS, 2, MOST_TRIALS, 1)
        repeats = _slider("repeats", FIRST_REPEATS, FEWEST_REPEATS, MOST_REPEATS, 20)
        epochs = lesson_control(PAGE, "num_epochs", SMALL.num_epochs, low=1, high=20, step=1, width=CONTROL_WIDTH)
    with refusals():
        space = tuple(ranged(name, *first_range(name)) for name in fields)
        search = SearchJob(config.replace(num_epochs=epochs), space, trials=trials, repeats=repeats)
        job = RepeatedTrainingJob(search)
    _show_settings(search)
    return job


def _show_settings(search: SearchJob) -> None:
    """What is trained, where the trials are, and which of the hyperparameters cannot matter."""
    ranges = "; ".join(
        f"{axis_title(axis)} from {value_text(axis.field, axis.low)} to {value_text(axis.field, axis.high)}"
        for axis in search.space
    )
    idle = unused_fields(search.config)
    reasons = [
        f"{SPECS[axis.field].label} is without effect here: {idle[axis.field]}"
        for axis in search.space
        if axis.field in idle
    ]
    sentences = [base_line(search.config), f"{ranges}.", words.size_line(search.levels), *reasons]
    st.caption(plain(" ".join(sentences)))


def _choose_network() -> Config:
    chosen = st.selectbox(
        "Network",
        list(NETWORKS),
        format_func=NETWORKS.get,
        key=keep(_NETWORK, EXAMPLE, one_of(NETWORKS), label="Network"),
        persist_state="session",
        help="What every trial has in common. A small network keeps hundreds of trainings short.",
        width=2 * CONTROL_WIDTH,
    )
    return SMALL if chosen == EXAMPLE else session.current_config()


def _slider(name: str, start: int, low: int, high: int, step: int) -> int:
    spec = SEARCH_SPECS[name]
    return lesson_control(PAGE, name, start, spec=spec, low=low, high=high, step=step, width=CONTROL_WIDTH)


def _start(job: RepeatedTrainingJob) -> RepeatedTrainingJob | None:
    """The job that was started last."""
    label = f"Start: {job.search.num_trials:,} trainings"
    if st.button(label, type="primary", key=f"{PAGE}_start", icon=":material/play_arrow:"):
        _LATEST.keep(ask(job, key=_ANSWER))
    asked = last_asked(_ANSWER)
    _LATEST.show_in_address(asked)
    return asked and asked.job


def _choose_axis(job: RepeatedTrainingJob) -> int:
    """Number of the axis that the trials are shown over."""
    names = [SPECS[axis.field].label for axis in job.search.space]
    if len(names) == 1:
        return 0
    key = f"{PAGE}_axis_{'_'.join(axis.field for axis in job.search.space)}"
    chosen = st.segmented_control(
        "Trials over",
        names,
        required=True,
        key=keep(key, names[0], one_of(names), label="Trials over"),
        on_change=follow_page,
        help="The hyperparameter that goes across in this picture.",
        persist_state="session",
    )
    return names.index(chosen)


def _show(job: RepeatedTrainingJob, seen: RepeatedSnapshot) -> None:
    if seen.verdict is None:
        return
    is_share = job.search.config.is_classification
    score = "validation accuracy (%)" if is_share else "validation loss, times −1"
    cancelled = "Cancelled; what was complete stays." if seen.status == STOPPED else ""
    done = f"{seen.verdict.num_repeats} of {job.search.repeats} repeats complete."
    st.caption(" ".join(filter(None, [done, cancelled, plain(seen.message)])))
    show_scores(seen, key=PAGE, title=f"Best {score}", is_share=is_share)
    trials, said = st.columns(2, gap="large")
    with trials:
        number = _choose_axis(job)
        axis = job.search.space[number]
        show_trials(
            seen,
            key=PAGE,
            x_title=axis_title(axis),
            y_title=score.capitalize(),
            axis=number,
            domain=(axis.low, axis.high),
            is_log=axis.scale == LOG,
            is_share=is_share,
        )
        if seen.shown is not None and number < seen.shown.grid.shape[1]:  # an older answer had other axes
            why = words.why_sentence(seen.shown, axis=number)
            st.caption(f"The repeat that was completed last; trials without a score have no point. {why}")
    with said:
        show_numbers(words.verdict_sentences(seen.verdict, is_share=is_share))
