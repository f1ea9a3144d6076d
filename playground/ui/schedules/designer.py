"""Drawing one's own schedule."""

from typing import Any

import streamlit as st

from playground.catalog import SCHEDULES
from playground.catalog.schedules import CUSTOM, DRAWN, Points, sampled_points
from playground.config import Config
from playground.fields import SPECS
from playground.parsing import ConfigError, entry_text
from playground.ui.lesson import lesson_control, show_source
from playground.ui.place.place import put
from playground.ui.schedules.canvas import draw_schedule
from playground.ui.try_on_train import try_on_train
from playground.ui.visit import session
from playground.ui.words import plain

PAGE, FIELD = "schedules", "schedule_points"
_TEXT, _START = f"{PAGE}_{FIELD}", f"{PAGE}_start"
HOLD = "hold"


def show_designer() -> None:
    """The drawing, the same points as text, and where they go."""
    st.write(
        "Click to place a point, drag to move it, double-click to remove it. What shape settles lowest? "
        "Draw a warm-up, a long plateau or a sudden drop, and try it."
    )
    picture, words = st.columns([3, 2], gap="large")
    with words:
        _show_start()
        config = _drawn(lesson_control(PAGE, FIELD, session.current_config().schedule_points))
        _show_use(config)
    with picture:
        draw_schedule(config.schedule_points, key=f"{PAGE}_drawing", on_change=_take)
    show_source(SCHEDULES[CUSTOM].source)


def _drawn(text: str) -> Config:
    """The session's Config with the schedule of the text; with the last one that was good when it is not."""
    try:
        return session.current_config().replace(schedule=CUSTOM, schedule_points=text)
    except ConfigError as error:
        for problem in error.problems.values():
            st.warning(plain(f"Points: {problem}"))
        return session.current_config().replace(schedule=CUSTOM)


def _show_start() -> None:
    names = {HOLD: "Hold, then fall"} | {name: row.label for name, row in SCHEDULES.items() if row.factor}
    names.pop(CUSTOM)
    st.selectbox(
        "Start from",
        list(names),
        index=None,
        format_func=names.get,
        placeholder="a known shape ...",
        key=_START,
        on_change=_take_start,
        help="Puts points along a known schedule, to change from there.",
    )


def _take_start() -> None:
    name = st.session_state[_START]
    if name is not None:
        _write(DRAWN if name == HOLD else sampled_points(session.current_config(), name))


def _take(points: Any) -> None:
    """Points from the canvas; a browser can send anything."""
    try:
        _write(Config.parse({FIELD: points}).schedule_points)
    except ConfigError:
        return


def _write(points: Points) -> None:
    put(_TEXT, ", ".join(map(entry_text, points)))


def _show_use(config: Config) -> None:
    is_used = config == session.current_config()
    with st.container(horizontal=True):
        if st.button("Use it", type="primary", key=f"{PAGE}_use", disabled=is_used, help="Puts it into your settings."):
            session.take_config(config)
            st.rerun()
        try_on_train(config, key=f"{PAGE}_try_drawn")
    if is_used:
        st.caption(f"Your settings train with it: {config.num_epochs} epochs, learning rate {config.learning_rate:g}.")
    most = SPECS[FIELD].max_length
    st.caption(f"2 to {most} points. Before the first and after the last the line is level; a warm-up goes before it.")
