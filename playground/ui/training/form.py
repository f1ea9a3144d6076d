"""The form: every Config field, grouped, in the sidebar."""

from collections.abc import Sequence

import streamlit as st

from playground.config import Config
from playground.fields import SPECS
from playground.presets import PRESETS, preset_of
from playground.rules import unused_fields
from playground.spec import GROUPS
from playground.ui.fields.fields import CHOICE, Field, show_fields
from playground.ui.fields.hands import Hand
from playground.ui.fields.widgets import field_of, to_widget
from playground.ui.visit import run, session
from playground.ui.visit.notices import show_notices

KEY, PRESET = "form", "preset"
OWN = "own"


def show_form() -> None:
    """Presets and four groups of fields; a change goes into the session's Config, and into a run if it can."""
    with st.sidebar:
        with st.container():  # always there, so that what is below stays the same and stays where it is
            show_notices(session.notices())
        show_fields(form_fields(session.current_config()), key=KEY, take=take, columns=2, problems=session.problems())


def hint() -> str:
    """What to look for with the present settings; before, while and after the network learns."""
    preset = preset_of(session.current_config())
    return preset.sees if preset else "Watch the curves; then change one thing and train again."


def form_fields(config: Config) -> list[Field]:
    """What the form shows of a Config."""
    unused = unused_fields(config)
    fields = [
        field_of(name, spec, to_widget(spec, getattr(config, name)), reason=unused.get(name, ""), group=group)
        for group in GROUPS
        for name, spec in SPECS.items()
        if spec.group == group
    ]
    return [_preset_field(config), *fields]


def _preset_field(config: Config) -> Field:
    preset = preset_of(config)
    options = {} if preset else {OWN: "Your own settings"}
    return Field(
        name=PRESET,
        kind=CHOICE,
        label="Start from",
        value=preset.name if preset else OWN,
        help="Settings that show one effect each; change anything afterwards.",
        options=options | {name: one.label for name, one in PRESETS.items()},
        is_wide=True,
    )


def take(hands: Sequence[Hand]) -> None:
    """Do what was done in the form, in order; then the run follows, once."""
    changed, notices, problems = [], [], {}
    for hand in hands:
        if hand.field == PRESET and isinstance(hand.value, str) and hand.value in PRESETS:
            session.take_config(PRESETS[hand.value].config)
            changed, notices, problems = [PRESET], [], {}
        elif hand.field in SPECS:
            if session.change_field(hand.field, hand.value):
                changed.append(hand.field)
            notices += session.notices()
        problems |= session.problems()
    session.say(notices, problems)
    is_ready = run.current_run() is None or run.is_preview()
    if changed and (is_ready or PRESET in changed):
        run.preview()
    else:
        for name in dict.fromkeys(changed):
            run.follow_change(name)
