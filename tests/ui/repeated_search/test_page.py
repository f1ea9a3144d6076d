"""The page "Repeated search" without a browser, over a real engine with one worker."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from playground.catalog import RESPONSE_SURFACES
from playground.config import Config
from playground.engine import current_engine
from playground.link import PARAMETER, encode
from playground.ui.router import FOLDER, SCRIPT
from playground.ui.visit import latest
from tests.ui.form_fields import fields
from tests.ui.lesson_page import answered, data_names, is_moving
from tests.ui.looking import WAIT_SECONDS

SMALL = Config.parse({"num_samples": 60, "hidden_sizes": (4,), "dataset": "circle"})
LARGE = SMALL.replace(num_samples=5000, batch_size=10)
OPEN = next(row for row in RESPONSE_SURFACES.values() if row.weight is None and not row.is_target)
TARGET = next(row for row in RESPONSE_SURFACES.values() if row.is_target)
ANSWER = "repeated_training_answer_asked"


def at_page(config: Config) -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS)
    at.query_params[PARAMETER] = encode(config)
    return at.switch_page(str(FOLDER / "repeated_search.py")).run()


def opened_with(config: Config) -> AppTest:
    return answered(at_page(config))


@pytest.fixture
def opened(engine) -> AppTest:
    return opened_with(SMALL)


def by_key(at: AppTest, key: str):
    groups = (at.button, at.selectbox, at.slider, at.multiselect, at.toggle, fields(at), at.get("button_group"))
    widgets = [widget for group in (*groups, at.select_slider) for widget in group]
    return next(widget for widget in widgets if widget.key == f"repeated_{key}")


def set_to(at: AppTest, key: str, value: object) -> AppTest:
    by_key(at, key).set_value(value)
    return answered(at.run())


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.warning, *at.info))


def drawn(at: AppTest) -> list[bytes]:
    """Spec and data of every chart."""
    charts = [chart.proto for chart in at.get("vega_lite_chart")]
    return [proto.spec.encode() + b"".join(data.data.data for data in proto.datasets) for proto in charts]


def test_a_hundred_comparisons_are_there_at_once(opened):
    assert data_names(opened) == {"best_scores", "differences", "trials"}
    text = said(opened)
    assert "of 100 repeats (95% interval" in text and "The grid: 3 × 3 = 9 trials. Random: 9 trials." in text
    assert "| Random better | 0.6873 |" in text
    assert "**Corrected.**" in text and "Source: Bergstra and Bengio" in text
    assert "On this axis the grid tried 3 values in 9 trials, random 9." in text


@pytest.mark.parametrize("row", RESPONSE_SURFACES.values(), ids=list(RESPONSE_SURFACES))
def test_every_surface_says_what_it_is_and_which_controls_it_reads(opened, row):
    set_to(opened, "surface", row.name)
    assert f"**{row.label}:** ${row.formula}$. {row.about}" in said(opened)
    assert by_key(opened, f"{row.name}_weight").disabled == (row.weight is not None)
    assert by_key(opened, "share").disabled != row.is_target
    assert ("No closed form holds here" in said(opened)) == (row.weight != 0 and not row.is_target)


@pytest.mark.parametrize(("key", "value"), [
    ("dimensions", 3), ("trials", 25), ("repeats", 40), ("moves", False), ("seed", 7),
])  # fmt: skip
def test_each_control_changes_the_pictures(opened, key, value):
    before = drawn(opened)
    set_to(opened, key, value)
    assert all(new != old for new, old in zip(drawn(opened), before, strict=True))


@pytest.mark.parametrize(
    ("row", "key"), [(OPEN, f"{OPEN.name}_weight"), (TARGET, f"{TARGET.name}_weight"), (TARGET, "share")]
)
def test_the_controls_of_a_surface_change_its_pictures(opened, row, key):
    before = drawn(set_to(opened, "surface", row.name))
    assert drawn(set_to(opened, key, 0.2)) != before


def test_trials_that_fill_no_grid_are_cut_for_both(opened):
    set_to(opened, "trials", 11)
    assert "The grid: 3 × 3 = 9 trials. Random: 9 trials." in said(opened)


@pytest.fixture
def training(opened) -> AppTest:
    """The part with trainings, set to the smallest of them."""
    by_key(opened, "part").set_value("training")
    opened.run()
    by_key(opened, "training_network").set_value("own")
    by_key(opened, "training_trials").set_value(4)
    by_key(opened, "training_num_epochs").set_value(1)
    opened.run()
    assert not opened.exception
    return opened


def test_nothing_is_trained_before_start(training):
    assert "Nothing has been trained yet." in said(training) and not data_names(training)
    assert by_key(training, "training_start").label == "Start: 160 trainings"


def test_real_trainings_are_compared_and_kept(training):
    by_key(training, "training_start").click()
    answered(training.run())
    text = said(training)
    assert "20 of 20 repeats complete." in text and "of 20 repeats (95% interval" in text
    assert data_names(training) == {"best_scores", "differences", "trials"}
    assert "On this axis the grid tried 2 values in 4 trials, random 4." in text
    before = drawn(training)
    set_to(training, "training_axis_learning_rate_weight_decay", "Weight decay (L2)")
    assert drawn(training)[:2] == before[:2] and drawn(training)[2] != before[2]

    by_key(training, "training_repeats").set_value(40)
    by_key(training, "training_fields").set_value(["dropout"])
    answered(training.run())
    assert "the comparison that was started last" in said(training) and "20 of 20 repeats complete." in said(training)
    assert by_key(training, "training_start").label == "Start: 320 trainings"
    by_key(training, "training_start").click()
    answered(training.run())
    assert "40 of 40 repeats complete." in said(training)

    by_key(training, "part").set_value("theory")
    training.run()
    by_key(training, "part").set_value("training")
    answered(training.run())
    assert "40 of 40 repeats complete." in said(training)


def test_a_reload_finds_the_comparison_again_and_the_controls_say_it(engine, monkeypatch):
    monkeypatch.setattr(latest, "visitor", lambda: "a" * 43)
    at = opened_with(LARGE)
    set_to(at, "part", "training")
    for key, value in {"network": "own", "trials": 2, "repeats": 200, "num_epochs": 3, "fields": ["dropout"]}.items():
        by_key(at, f"training_{key}").set_value(value)
        at.run()
    by_key(at, "training_start").click()
    job = at.run().session_state[ANSWER].job
    again = at_page(LARGE)
    assert not again.exception and is_moving(again) and "started last" not in said(again)
    assert again.session_state[ANSWER].job == job
    assert by_key(again, "training_start").label == f"Start: {job.search.num_trials:,} trainings"
    next(button for button in again.button if button.label == "Cancel").click()
    answered(again.run())
    assert "200 of 200" not in said(again)
    by_key(again, "training_start").click()  # the same settings again
    assert is_moving(again.run())
    assert ANSWER not in at_page(SMALL).session_state  # another link
    monkeypatch.setattr(latest, "visitor", lambda: "b" * 43)
    assert ANSWER not in at_page(LARGE).session_state
    current_engine().free(again.session_state[ANSWER].job_id)


def test_the_example_is_found_again_as_the_example(engine, monkeypatch):
    monkeypatch.setattr(latest, "visitor", lambda: "c" * 43)
    at = set_to(opened_with(SMALL), "part", "training")
    by_key(at, "training_start").click()
    asked = at.run().session_state[ANSWER]
    again = at_page(SMALL)
    assert by_key(again, "training_network").value == "example" and "started last" not in said(again)
    current_engine().free(asked.job_id)


def test_what_was_found_before_a_cancel_stays(engine):
    at = opened_with(LARGE)
    by_key(at, "part").set_value("training")
    at.run()
    by_key(at, "training_network").set_value("own")
    by_key(at, "training_trials").set_value(2)
    by_key(at, "training_repeats").set_value(200)
    at.run()
    by_key(at, "training_start").click()
    at.run()
    deadline = time.monotonic() + WAIT_SECONDS
    while " of 200 repeats complete" not in said(at) or "0 of 200" in said(at):
        assert time.monotonic() < deadline
        time.sleep(0.1)
        at.run()
        assert not at.exception
    next(button for button in at.button if button.label == "Cancel").click()
    answered(at.run())
    assert " of 200 repeats complete" in said(at) and "200 of 200" not in said(at)
    assert "No repeat is complete yet." not in said(at)


def test_bad_spaces_are_said_in_one_sentence_and_nothing_is_lost(training):
    by_key(training, "training_fields").set_value([])
    training.run()
    assert "must be 1 to 4 fields" in training.warning[0].value and not training.exception


def test_a_hyperparameter_that_cannot_matter_is_named(training):
    by_key(training, "training_fields").set_value(["learning_rate", "mixup_alpha", "min_lr"])
    training.run()
    assert "is without effect here" in said(training).replace("\\", "")


def test_both_formulas_are_worked_out(opened):
    by_key(opened, "part").set_value("theory")
    opened.run()
    assert data_names(opened) == {"chance", "distance"}
    assert "= 95.4%: so likely is one of 60 random trials" in said(opened) and "it takes 59 trials" in said(opened)
    for key, value, text in (
        ("theory_share", 0.01, "For 95% it takes 299 trials"),
        ("theory_trials", 100, "(1 − 0.01)^100 = 63.4%"),
        ("theory_levels", 5, "Grid of 5 × 5: mean distance 1 / (4 · 5) = 0.0500"),
        ("theory_axes", 1, "Random, 5 trials: (5 + 3) / (2 · 6 · 7) = 0.0952."),
    ):
        before = drawn(opened)
        set_to(opened, key, value)
        assert text in said(opened) and drawn(opened) != before
