"""The form: a control for each field, and each control changes what it says."""

import pytest

from playground.config import Config
from playground.fields import SPECS
from playground.presets import PRESETS
from playground.rules import unused_fields
from playground.ui.fields.widgets import to_widget
from tests.ui.form_changes import BASES, before_and_after
from tests.ui.form_fields import field
from tests.ui.looking import state


def config_of(at) -> Config:
    return at.session_state["config"]


@pytest.mark.parametrize("name", SPECS)
def test_a_control_changes_its_field_and_says_what_it_does(open_train, name):
    config, expected = before_and_after(name)
    at = open_train(**config.changes())
    element = field(at, name)
    assert (element.disabled, SPECS[name].help in element.help) == (False, True)
    element.set_value(to_widget(SPECS[name], getattr(expected, name))).run()
    assert not at.exception and not at.warning
    assert config_of(at) == expected


@pytest.mark.parametrize("config", BASES, ids=lambda config: str(config.changes()))
def test_a_field_without_effect_is_greyed_out_with_the_reason(open_train, config):
    at = open_train(**config.changes())
    unused = unused_fields(config)
    for name in SPECS:
        element = field(at, name)
        assert element.disabled == (name in unused), name
        assert unused.get(name, "") in element.help


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_preset_fills_the_form_and_says_what_to_see(open_train, preset):
    at = open_train(num_samples=500)
    field(at, "preset").set_value(preset.name).run()
    assert config_of(at) == preset.config
    assert at.info[0].value == preset.sees
    for name, value in preset.config.changes().items():
        assert field(at, name).value == to_widget(SPECS[name], value)


def test_a_changed_preset_becomes_ones_own(open_train):
    at = open_train()
    assert field(at, "preset").value == "spiral"
    field(at, "noise").set_value(0.5).run()
    assert field(at, "preset").value == "own"


@pytest.mark.parametrize(("name", "text"), [("hidden_sizes", "8,abc"), ("hidden_sizes", "-3")])
def test_bad_text_is_one_sentence_and_nothing_is_lost(open_train, name, text):
    at = open_train(hidden_sizes="5,5")
    before, line = config_of(at), state(at)
    field(at, name).set_value(text).run()
    assert [SPECS[name].label in warning.value for warning in at.warning] == [True]
    assert config_of(at) == before
    assert field(at, name).value == to_widget(SPECS[name], getattr(before, name))
    assert state(at) == line


def test_a_loss_that_does_not_fit_new_data_goes_back_to_its_default(open_train):
    at = open_train(loss="hinge", learning_rate=0.03)
    field(at, "dataset").set_value("diabetes").run()
    assert config_of(at) == Config.parse({"dataset": "diabetes", "learning_rate": 0.03})
    assert "default" in at.warning[0].value


def test_a_change_after_a_run_is_named(open_train):
    at = open_train()
    at.button(key="step").click().run()
    field(at, "noise").set_value(0.5).run()
    assert at.info[0].value.startswith("Changed since this run: Noise.")


def test_a_live_change_goes_into_the_run(open_train):
    at = open_train()
    at.button(key="step").click().run()
    field(at, "learning_rate").set_value("0.1").run()
    assert not at.info[0].value.startswith("Changed")
    assert at.session_state["run"].config.learning_rate == 0.1
