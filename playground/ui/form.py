"""The form: every Config field, grouped, in the sidebar."""

import streamlit as st

from playground.config import SPECS, Config
from playground.field import GROUPS
from playground.presets import PRESETS
from playground.rules import unused_fields
from playground.ui import run, session
from playground.ui.widgets import is_wide, key_of, show_control
from playground.ui.words import plain

_PRESET = "preset"
OWN = "own"
MAX_NOTICES = 4


def show_form() -> None:
    """Presets and four groups of controls; a change goes into the session's Config, and into a run if it can."""
    config = session.current_config()
    with st.sidebar:
        _show_presets(config)
        with st.container():  # always there, so that the tabs below it stay the same and stay where they are
            show_notices(session.notices())
        unused = unused_fields(config)
        for group, tab in zip(GROUPS, st.tabs(list(GROUPS)), strict=True):
            with tab:
                _show_group(group, config, unused)


def show_notices(notices: list[str]) -> None:
    """What was refused or put back; nothing where nothing was."""
    if notices:
        more = [f"And {len(notices) - MAX_NOTICES} more."] if len(notices) > MAX_NOTICES else []
        st.warning("\n\n".join(map(plain, notices[:MAX_NOTICES] + more)))


def hint() -> str:
    """What to look for with the present settings; before, while and after the network learns."""
    name = _preset_of(session.current_config())
    return PRESETS[name].sees if name in PRESETS else "Watch the curves; then change one thing and train again."


def _preset_of(config: Config) -> str:
    return next((name for name, preset in PRESETS.items() if preset.config == config), OWN)


def _show_presets(config: Config) -> None:
    named = {name: preset.label for name, preset in PRESETS.items()} | {OWN: "Your own settings"}
    chosen = _preset_of(config)
    if st.session_state.get(_PRESET) != chosen:
        st.session_state[_PRESET] = chosen
    st.selectbox(
        "Start from",
        list(named),
        format_func=named.get,
        key=_PRESET,
        on_change=_take_preset,
        help="Settings that show one effect each; change anything afterwards.",
    )


def _take_preset() -> None:
    name = st.session_state[_PRESET]
    if name in PRESETS:
        session.take_config(PRESETS[name].config)
        run.preview()


def _show_group(group: str, config: Config, unused: dict[str, str]) -> None:
    """Controls of one group: the wide ones across, the others two beside each other."""
    beside: list[str] = []
    for name, spec in SPECS.items():
        if spec.group != group:
            continue
        if is_wide(spec):
            _show_pairs(beside, config, unused)
            beside = []
            show_control(name, spec, config, on_change=_changed, reason=unused.get(name, ""))
        else:
            beside.append(name)
    _show_pairs(beside, config, unused)


def _show_pairs(names: list[str], config: Config, unused: dict[str, str]) -> None:
    for start in range(0, len(names), 2):
        columns = st.columns(2, vertical_alignment="bottom")
        for name, column in zip(names[start : start + 2], columns, strict=False):
            with column:
                show_control(name, SPECS[name], config, on_change=_changed, reason=unused.get(name, ""))


def _changed(name: str) -> None:
    if session.change_field(name, st.session_state[key_of(name)]):
        run.follow_change(name)
