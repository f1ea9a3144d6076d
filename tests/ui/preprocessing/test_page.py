"""The page "Preprocessing" without a browser, over a real engine with one worker."""

import pytest

from playground.catalog import PREPROCESSING
from playground.catalog.preprocessing_lesson import CHANGES, LEAKS
from playground.ui.router import FOLDER
from playground.ui.words import plain
from tests.ui.form_fields import fields
from tests.ui.lesson_page import answered, data_names, go_to, opened_lesson

CLOUD, DIGITS, LEAK = "Before and after", "Digits", "Leak alarm"
CLOUD_START = {
    "preprocessing_source": "cloud", "preprocessing_step": "whiten", "preprocessing_epsilon": 1e-5,
    "preprocessing_share": 0.5, "preprocessing_thickness": 0.5, "preprocessing_angle": 30.0,
    "preprocessing_distance": 4.0, "preprocessing_num_samples": 200, "preprocessing_seed": 0,
    "preprocessing_outlier": False,
}  # fmt: skip
LEAK_START = {
    "preprocessing_leak_step": "selection", "preprocessing_leak_data": "pure_noise", "leak_num_samples": 40,
    "leak_num_inputs": 500, "leak_num_splits": 40, "leak_seed": 0, "preprocessing_leak_outlier": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(engine):
    with opened_lesson("preprocessing") as at:
        yield at


def control(at, key):
    widgets = (*at.slider, *at.select_slider, *at.selectbox, *fields(at), *at.toggle)
    return next(widget for widget in widgets if widget.key == key)


def choose(at, part, **controls):
    """Look at a part with these controls, named by their keys; greyed ones are left alone."""
    go_to(at, "preprocessing_part", part)
    for key, value in controls.items():
        widget = control(at, key)
        if not widget.disabled and widget.value != value:
            widget.set_value(value)
            at.run()
    return answered(at)


def text(at):
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.warning))


def test_each_part_says_what_to_look_for_and_ends_with_its_source(opened):
    for part in (CLOUD, DIGITS, LEAK):
        said = text(choose(opened, part))
        assert "Look " in said and "What the numbers say" in said
        assert "Source: CS231n notes, Neural networks part 2" in said


def test_only_the_part_that_is_seen_is_drawn(opened):
    assert data_names(choose(opened, CLOUD)) == {"cloud", "covariance", "descent_path", "descent_loss"}
    assert data_names(choose(opened, DIGITS)) == {"shares", "whitened"}
    assert data_names(choose(opened, LEAK)) == {"leak"}


@pytest.mark.parametrize("name", CHANGES)
def test_every_step_can_be_looked_at(opened, name):
    said = text(choose(opened, CLOUD, **CLOUD_START | {"preprocessing_step": name}))
    assert "16 before" in said
    assert ("λ/(λ + ε)" in said) == PREPROCESSING[name].has_epsilon
    assert ("no longer the same problem" in said) == (name == "normalizer")


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"preprocessing_epsilon": 1.0}, "= 0.2: epsilon keeps it down"),
        ({"preprocessing_thickness": 0.01, "preprocessing_epsilon": 0.0}, "1/√(λ + ε) = 100"),
        ({"preprocessing_share": 0.9}, "0.0001 of the loss is left: 374 before"),
        ({"preprocessing_angle": 0.0, "preprocessing_step": "standardize"}, "16 before, 1 after"),
        ({"preprocessing_distance": 0.0}, "condition number is 16 before"),
        ({"preprocessing_num_samples": 20, "preprocessing_step": "minmax"}, "condition number is 149 before"),
        ({"preprocessing_seed": 5, "preprocessing_step": "robust"}, "16 before"),
        ({"preprocessing_outlier": True}, "10.7 before, 1 after"),
        ({"preprocessing_source": "digits"}, "left out: 3 before, 3 after, of 64"),
    ],
    ids=str,
)
def test_every_control_of_the_cloud_changes_the_answer(opened, controls, words):
    before = text(choose(opened, CLOUD, **CLOUD_START))
    after = text(choose(opened, CLOUD, **controls))
    assert words in after and after != before


def test_pixels_and_directions_of_digits_can_be_chosen(opened):
    start = CLOUD_START | {"preprocessing_source": "digits", "preprocessing_step": "pca"}
    at = choose(opened, CLOUD, **start)
    choose(at, CLOUD, preprocessing_pixel_across=29, preprocessing_pixel_up=30, preprocessing_direction_across=3,
           preprocessing_direction_up=4)  # fmt: skip
    drawn = "".join(chart.proto.spec for chart in at.get("vega_lite_chart"))
    assert all(f'"{title}"' in drawn for title in ("Pixel 29", "Pixel 30", "Direction 3", "Direction 4"))
    choose(at, CLOUD, preprocessing_pixel_across=30)
    assert plain("pixels: must be two different ones") in text(at)
    choose(at, CLOUD, preprocessing_pixel_across=43, **CLOUD_START)


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"digits_num_components": 29}, "29 directions hold 95."),
        ({"preprocessing_digits_epsilon": 0.01}, "with epsilon 0.01"),
        ({"preprocessing_has_all": True}, "14.89% and 13.62% of the variance; 29 hold 95%"),
        ({"digits_seed": 1}, "directions have a variance below 1e-5"),
    ],
    ids=str,
)
def test_every_control_of_the_digits_changes_the_answer(opened, controls, words):
    start = {"digits_num_components": 10, "preprocessing_digits_epsilon": 1e-5, "preprocessing_has_all": False}
    before = text(choose(opened, DIGITS, **start, digits_seed=0))
    assert "7 directions have a variance below 1e-5" in before
    after = text(choose(opened, DIGITS, **controls))
    assert words in after and after != before


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"preprocessing_leak_step": "center"}, "exactly nothing"),
        ({"preprocessing_leak_data": "digits"}, "a false gain"),
        (
            {"preprocessing_leak_data": "breast_cancer", "preprocessing_leak_step": "minmax",
             "preprocessing_leak_outlier": True},
            "a leak need not flatter",
        ),
        ({"leak_num_samples": 200}, "coin tosses"),
        ({"leak_num_inputs": 40}, "coin tosses"),
        ({"leak_num_splits": 20}, "of 20 splits"),
        ({"leak_seed": 3}, "a false gain"),
    ],
    ids=str,
)  # fmt: skip
def test_every_control_of_the_leak_changes_the_answer(opened, controls, words):
    before = text(choose(opened, LEAK, **LEAK_START))
    assert "84.0% fitted on all" in before and "a false gain" in before
    after = text(choose(opened, LEAK, **controls))
    assert words in after and after != before


@pytest.mark.parametrize("name", LEAKS)
def test_every_step_that_leaks_can_be_looked_at(opened, name):
    start = LEAK_START | {"preprocessing_leak_data": "wine", "preprocessing_leak_step": name}
    assert "Mean validation accuracy of 40 splits" in text(choose(opened, LEAK, **start))


def test_claims_of_notes_are_corrected(opened):
    assert "By their square roots" in text(choose(opened, CLOUD))
    said = text(choose(opened, DIGITS))
    assert "mean image (AlexNet)" in said and "Statistics of a batch are batch normalization" in said


@pytest.mark.parametrize(
    ("part", "controls", "key", "expected"),
    [
        (CLOUD, CLOUD_START | {"preprocessing_step": "robust"}, "try_before_after", {"preprocessing": "robust"}),
        (
            CLOUD, CLOUD_START | {"preprocessing_source": "digits"}, "try_before_after",
            {"preprocessing": "whiten", "dataset": "digits", "num_components": 0},
        ),
        (
            DIGITS, {"digits_num_components": 12, "preprocessing_carried": "whiten"}, "try_digits",
            {"preprocessing": "whiten", "dataset": "digits", "num_components": 12},
        ),
        (
            LEAK, {"preprocessing_leak_step": "standardize", "preprocessing_leak_data": "wine"}, "try_leak",
            {"preprocessing": "standardize", "dataset": "wine"},
        ),
        (LEAK, LEAK_START, "try_leak", {"preprocessing": "none"}),
    ],
)  # fmt: skip
def test_every_part_leads_to_the_train_page(opened, part, controls, key, expected):
    at = choose(opened, part, **controls)
    at.button(key=key).click().run()
    config = at.session_state["config"]
    assert {name: getattr(config, name) for name in expected} == expected
    answered(at.switch_page(str(FOLDER / "preprocessing.py")).run())
    for name, value in controls.items():
        assert control(at, name).value == value, "the lesson is found as it was left"
