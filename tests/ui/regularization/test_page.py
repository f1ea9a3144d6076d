"""The page "Regularization" without a browser, over a real engine with one worker."""

import pytest

from playground.ui.router import FOLDER
from tests.ui.form_fields import fields
from tests.ui.lesson_page import answered, data_names, go_to, opened_lesson

QUICK = {"penalty_num_epochs": 1, "penalty_num_samples": 40}


@pytest.fixture(scope="module")
def opened(engine):
    with opened_lesson("regularization") as at:
        yield at


def choose(at, part, **controls):
    """Look at a part with these controls, by their keys."""
    go_to(at, "regularization_part", part)
    for key, value in controls.items():
        widgets = (*at.slider, *at.select_slider, *at.selectbox, *fields(at), *at.segmented_control,
                   *at.multiselect, *at.toggle)  # fmt: skip
        next(widget for widget in widgets if widget.key == key).set_value(value)
    at.run()
    return answered(at)


def text(at):
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.info))


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({}, "L1 by subgradient: no weight is exactly 0"),
        ({"penalty_kind": "l2"}, "L2: no weight is exactly 0"),
        ({"penalty_kind": "both"}, "L1 and L2: at 0.3"),
        ({"penalty_shown": 0.01}, "At 0.01: norm"),
        ({"penalty_learning_rate": "0.03"}, "Best validation accuracy"),
        ({"penalty_noise": 1.0, "penalty_label_noise": 0.3, "penalty_seed": 3}, "Best validation accuracy"),
    ],
    ids=str,
)
def test_penalties(opened, controls, words):
    start = {"penalty_kind": "l1", "penalty_shown": 0.03, **QUICK}
    said = text(choose(opened, "L2 and L1", **{**start, **controls}))
    assert "Look " in said and "What the numbers say" in said and "Source: CS231n" in said
    assert words in said
    assert data_names(opened) == {"zeros", "val_accuracy", "weights"}


def test_a_penalty_is_carried_to_train(opened):
    at = choose(opened, "L2 and L1", penalty_kind="both", penalty_shown=0.1, **QUICK)
    at.button(key="try_penalties").click().run()
    config = at.session_state["config"]
    assert (config.l1, config.weight_decay, config.num_samples) == (0.1, 0.1, 40)
    at.switch_page(str(FOLDER / "regularization.py")).run()


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({}, "a weight decay of 2 × 10 / 309"),
        ({"ridge_strength": 100.0}, "a weight decay of 2 × 100 / 309"),
        ({"ridge_learning_rate": "1"}, "Gradient descent diverged"),
        ({"ridge_num_epochs": 50}, "After 50 steps"),
        ({"ridge_seed": 2}, "0 of 10 coefficients are exactly 0"),
    ],
    ids=str,
)
def test_ridge(opened, controls, words):
    start = {"ridge_strength": 10.0, "ridge_learning_rate": "0.1", "ridge_num_epochs": 200, "ridge_seed": 0}
    said = text(choose(opened, "Ridge regression", **{**start, **controls}))
    assert words in said and "Source: Hoerl" in said
    assert data_names(opened) == {"descent", "ridge_path"}


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({}, "every hidden layer 2 times"),
        ({"dropout_dropout": 0.75}, "every hidden layer 4 times"),
        ({"dropout_num_masks": 20}, "and 20 averaged masks"),
        ({"dropout_step": 7}, "Step 7 of training"),
        ({"dropout_num_epochs": 1, "dropout_seed": 1}, "one mask alone"),
        ({"dropout_dropout": 0.0}, "must be above 0"),
    ],
    ids=str,
)
def test_dropout(opened, controls, words):
    start = {"dropout_dropout": 0.5, "dropout_num_masks": 10, "dropout_num_epochs": 2, "dropout_step": 1}
    at = choose(opened, "Dropout", **{**start, **controls})
    said = text(at) + " ".join(element.value for element in at.warning)
    assert words in said
    if not at.warning:
        assert data_names(opened) == {"dropout_network", "dropout_outputs", "dropout_averaging"}


@pytest.mark.parametrize("controls", [{}, {"noise_dropout": 0.2}, {"noise_label_noise": 0.5, "noise_seed": 1}], ids=str)
def test_dropout_and_noise(opened, controls):
    said = text(choose(opened, "Dropout and noise", **{"noise_num_epochs": 2, **controls}))
    assert "With wrong labels dropout" in said and "With right labels dropout" in said


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"stopping_patience": 1, "stopping_learning_rate": "1"}, "With patience 1 the run would stop"),
        ({"stopping_patience": 100}, "Patience 100 never runs out within 3 epochs"),
        ({"stopping_label_noise": 0.5, "stopping_seed": 1}, "Lowest validation loss"),
    ],
    ids=str,
)
def test_early_stopping(opened, controls, words):
    start = {"stopping_num_epochs": 3, "stopping_hidden_sizes": "16", "stopping_learning_rate": "0.003"}
    said = text(choose(opened, "Early stopping", **{**start, **controls}))
    assert words in said
    assert data_names(opened) == {"loss", "accuracy"}


def test_patience_is_carried_to_train(opened):
    at = choose(opened, "Early stopping", stopping_patience=7, stopping_label_noise=0.2, stopping_num_epochs=2)
    at.button(key="try_stopping").click().run()
    config = at.session_state["config"]
    assert (config.early_stopping, config.label_noise, config.dataset) == (7, 0.2, "digits")
    at.switch_page(str(FOLDER / "regularization.py")).run()


@pytest.mark.parametrize(
    ("part", "controls", "words"),
    [
        ("DropConnect", {"weights_step": 0}, "This step drops none"),
        ("DropConnect", {"weights_step": 3, "weights_dropconnect": 0.9, "weights_seed": 2}, "drops 89% of the 576"),
        ("Stochastic depth", {}, "Expected depth: 40.25 of 54 blocks"),
        ("Stochastic depth", {"blocks_blocks": 3, "blocks_stochastic_depth": 0.3}, "Expected depth: 2.40 of 3"),
        ("Stochastic depth", {"blocks_seed": 4}, "evaluation multiplies it by"),
        ("Curves", {"curves_names": ["none", "mixup_alpha"], "curves_num_epochs": 1}, "Mixup 1: "),
        ("Curves", {"curves_names": ["mixup_alpha"], "curves_label_noise": 0.0, "curves_seed": 1}, "Choose None"),
    ],
    ids=str,
)
def test_what_is_left_out_at_random(opened, part, controls, words):
    assert words in text(choose(opened, part, **controls))


def test_curves_need_a_technique(opened):
    at = choose(opened, "Curves", curves_names=[], curves_num_epochs=1)
    assert "must be 1 to 12" in at.warning[0].value
