"""The form: a control for each field, and each control changes what it says."""

from contextlib import suppress

import pytest

from playground.catalog import AUGMENTATIONS
from playground.config import SPECS, Config
from playground.parsing import ConfigError
from playground.presets import PRESETS
from playground.rules import unused_fields
from playground.ui.widgets import key_of, logarithmic_choices, to_widget
from tests.ui.looking import state

# Between them every field has an effect somewhere.
BASES = tuple(
    Config.parse(fields)
    for fields in (
        {"residual": True},
        {"activation": "leaky_relu"},
        {"dataset": "digits", "architecture": "conv"},
        {"dataset": "digits", "augmentation": list(AUGMENTATIONS)},
        {"dataset": "iris", "preprocessing": "pca", "num_folds": 5},
        {"normalization": "group", "schedule": "step", "hidden_sizes": "8,8"},
        {"schedule": "linear"},
        {"schedule": "custom"},
        {"normalization": "batch"},
    )
)
KINDS = ("selectbox", "number_input", "toggle", "text_input", "multiselect", "button_group")


def control(at, name):
    found = [element for kind in KINDS for element in at.get(kind) if element.key == key_of(name)]
    assert len(found) == 1, f"{name} needs one control"
    return found[0]


def config_of(at) -> Config:
    return at.session_state["config"]


def other_values(name: str, config: Config):
    """Values that the field could have instead."""
    spec, value = SPECS[name], getattr(config, name)
    if spec.choices:
        yield from spec.choices
    elif spec.table is not None:
        yield from ((row,) for row in spec.table) if spec.is_sequence else spec.table
    elif spec.low is None:
        yield not value
    elif spec.is_pairs:
        yield ((0.0, 1.0), (0.5, 0.25))
    elif spec.is_sequence:
        yield (6, 6)
    elif spec.log_scale:
        yield from map(float, logarithmic_choices(spec, to_widget(spec, value)))
    else:
        yield from (type(value)(number) for number in (value + spec.step, value - spec.step, value / 2))


def before_and_after(name: str) -> tuple[Config, Config]:
    """A Config in which the field has an effect, and one that differs from it in this field."""
    for config in (base for base in BASES if name not in unused_fields(base)):
        for value in other_values(name, config):
            with suppress(ConfigError):
                changed = config.replace(**{name: value})
                if getattr(changed, name) != getattr(config, name):
                    return config, changed
    raise AssertionError(f"{name}: no other value fits")


@pytest.mark.parametrize("name", SPECS)
def test_a_control_changes_its_field_and_says_what_it_does(open_train, name):
    config, expected = before_and_after(name)
    at = open_train(**config.changes())
    element = control(at, name)
    assert (element.disabled, SPECS[name].help in element.help) == (False, True)
    element.set_value(to_widget(SPECS[name], getattr(expected, name))).run()
    assert not at.exception and not at.warning
    assert config_of(at) == expected


@pytest.mark.parametrize("config", BASES, ids=lambda config: str(config.changes()))
def test_a_field_without_effect_is_greyed_out_with_the_reason(open_train, config):
    at = open_train(**config.changes())
    unused = unused_fields(config)
    for name in SPECS:
        element = control(at, name)
        assert element.disabled == (name in unused), name
        assert unused.get(name, "") in element.help


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_preset_fills_the_form_and_says_what_to_see(open_train, preset):
    at = open_train(num_samples=500)
    at.selectbox(key="preset").select(preset.name).run()
    assert config_of(at) == preset.config
    assert at.info[0].value == preset.sees
    for name, value in preset.config.changes().items():
        assert control(at, name).value == to_widget(SPECS[name], value)


def test_a_changed_preset_becomes_ones_own(open_train):
    at = open_train()
    assert at.selectbox(key="preset").value == "spiral"
    control(at, "noise").set_value(0.5).run()
    assert at.selectbox(key="preset").value == "own"


@pytest.mark.parametrize(("name", "text"), [("hidden_sizes", "8,abc"), ("hidden_sizes", "-3")])
def test_bad_text_is_one_sentence_and_nothing_is_lost(open_train, name, text):
    at = open_train(hidden_sizes="5,5")
    before, line = config_of(at), state(at)
    control(at, name).set_value(text).run()
    assert [SPECS[name].label in warning.value for warning in at.warning] == [True]
    assert config_of(at) == before
    assert control(at, name).value == to_widget(SPECS[name], getattr(before, name))
    assert state(at) == line


def test_a_loss_that_does_not_fit_new_data_goes_back_to_its_default(open_train):
    at = open_train(loss="hinge", learning_rate=0.03)
    control(at, "dataset").select("diabetes").run()
    assert config_of(at) == Config.parse({"dataset": "diabetes", "learning_rate": 0.03})
    assert "default" in at.warning[0].value


def test_a_change_after_a_run_is_named(open_train):
    at = open_train()
    at.button(key="step").click().run()
    control(at, "noise").set_value(0.5).run()
    assert at.info[0].value.startswith("Changed since this run: Noise.")


def test_a_live_change_goes_into_the_run(open_train):
    at = open_train()
    at.button(key="step").click().run()
    control(at, "learning_rate").set_value("0.1").run()
    assert not at.info[0].value.startswith("Changed")
    assert at.session_state["run"].config.learning_rate == 0.1
