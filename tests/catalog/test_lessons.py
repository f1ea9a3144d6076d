"""What the lessons start with: settings that can be trained, and a label for each choice."""

import pytest

from playground.catalog import activation_lesson, normalization_lesson, regularization_lesson
from playground.catalog.regularization_lesson import CURVE_LABELS, CURVE_START, CURVES
from playground.config import Config
from playground.fields import SPECS

LESSONS = (activation_lesson, normalization_lesson, regularization_lesson)
SETTINGS = {
    f"{lesson.__name__.rpartition('.')[2]} {name}": values
    for lesson in LESSONS
    for name, values in vars(lesson).items()
    if isinstance(values, dict) and "dataset" in values
}


@pytest.mark.parametrize("values", SETTINGS.values(), ids=SETTINGS)
def test_every_start_can_be_trained(values):
    config = Config.parse(values)
    assert {name: getattr(config, name) for name in values} == values


def test_the_starts_of_every_lesson_are_found():
    assert {name.partition("_")[0] for name in SETTINGS} == {"activation", "normalization", "regularization"}


def test_each_curve_changes_the_field_that_it_is_named_after():
    assert CURVES.keys() == CURVE_LABELS.keys()
    start = Config.parse(CURVE_START)
    for name, values in CURVES.items():
        config = Config.parse({**CURVE_START, **values})
        assert [field for field in SPECS if getattr(config, field) != getattr(start, field)] == [*values]
        assert [*values] == ([] if name == "none" else [name])
