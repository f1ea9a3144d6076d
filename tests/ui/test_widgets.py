"""What a control holds."""

import pytest

from playground.config import SPECS, Config
from playground.ui.widgets import logarithmic_choices, to_widget


@pytest.mark.parametrize("name", SPECS)
def test_a_control_holds_text_or_a_value_that_the_config_reads_back(name):
    config = Config()
    assert getattr(config.replace(**{name: to_widget(SPECS[name], getattr(config, name))}), name) == getattr(
        config, name
    )


@pytest.mark.parametrize("name", [name for name, spec in SPECS.items() if spec.log_scale])
def test_usual_values_rise_and_are_allowed(name):
    spec = SPECS[name]
    choices = logarithmic_choices(spec, "0.0123")
    numbers = [float(choice) for choice in choices]
    assert "0.0123" in choices and ("0" in choices) == (spec.low == 0)
    assert numbers == sorted(set(numbers))
    assert spec.low <= numbers[0] and numbers[-1] <= spec.high
