"""What a control holds."""

import json

import pytest

from playground.config import Config
from playground.fields import SPECS
from playground.ui.fields.widgets import field_of, to_widget


@pytest.mark.parametrize("name", SPECS)
def test_a_control_holds_text_or_a_value_that_the_config_reads_back(name):
    config = Config()
    assert getattr(config.replace(**{name: to_widget(SPECS[name], getattr(config, name))}), name) == getattr(
        config, name
    )


@pytest.mark.parametrize("name", SPECS)
def test_a_field_reads_its_own_value_from_what_a_browser_sends(name):
    field = field_of(name, SPECS[name], to_widget(SPECS[name], getattr(Config(), name)))
    assert field.read(field.message["value"]) == field.value
    assert field.message["label"] == SPECS[name].label and json.dumps(field.message)


@pytest.mark.parametrize("came", ["x", "", "nan", "inf", "1e999", "-1", "1.5", "9" * 500, None, True, [], ["8"], {}, 7])
def test_a_whole_number_takes_nothing_else(came):
    field = field_of("num_epochs", SPECS["num_epochs"], 300)
    with pytest.raises((ValueError, OverflowError)):
        field.read(came)


def test_choices_take_only_what_they_offer():
    features = field_of("features", SPECS["features"], ["x1"])
    assert features.read(["x2", "zebra", "x1", "x1"]) == ["x1", "x2"]
    dataset = field_of("dataset", SPECS["dataset"], "spiral")
    for came in ("zebra", ["xor"], None):
        with pytest.raises(ValueError):
            dataset.read(came)
