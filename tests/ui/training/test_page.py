"""The Train page: what each button does, and what is shown of each kind of run."""

import re

import pytest

from playground.config import Config
from tests.ui.form_fields import field
from tests.ui.looking import look_until, state

SHORT = {"num_epochs": 2, "num_samples": 100}
LONG = {"num_epochs": 10_000}


def press(at, key):
    return at.button(key=key).click().run()


def figures(at):
    return [metric.value for metric in at.metric]


def charts(at):
    """Names of the data that charts show."""
    return {data.name for chart in at.get("vega_lite_chart") for data in chart.proto.datasets}


def enabled(at):
    return {button.key for button in at.button if not button.disabled}


def show(at, view):
    return at.button_group(key="view").set_value(view).run()


def test_a_visitor_meets_data_network_and_the_button_to_press(open_train):
    at = open_train()
    assert "Watch" in at.info[0].value
    assert state(at) == "Ready: press Train."
    assert enabled(at) == {"train", "step", "epoch", "reset", "seed"}
    assert len(figures(at)) == 4
    assert charts(at) >= {"loss", "accuracy"} and "learning_rate" not in charts(at), "which is one number"


def test_a_learning_rate_that_changes_has_a_chart(open_train):
    assert "learning_rate" in charts(open_train(schedule="one_cycle"))
    assert "learning_rate" in charts(open_train(warmup_fraction=0.1))


def test_a_run_goes_to_its_end(open_train):
    at = look_until(press(open_train(**SHORT), "train"), "Finished")
    assert "10 steps" in state(at)
    assert enabled(at) == {"train", "reset", "seed"}


def test_a_run_with_rare_classes_goes_back_to_its_best_weights_and_says_so(open_train):
    fields = {"learning_rate": 0.3, "num_epochs": 8, "label_noise": 0.4, "imbalance": 2}
    at = look_until(press(open_train(**SHORT | fields, keep_best=True), "train"), "Finished")
    captions = " ".join(caption.value for caption in at.caption)
    best = re.search(r"Best: epoch (\d+), validation loss ([\d.]+)", captions)
    assert int(best[1]) < 8 and f"weights of epoch {best[1]}, the best" in captions
    assert float(figures(at)[1]) == pytest.approx(float(best[2]), rel=0.02)  # the validation loss
    assert "Balanced validation accuracy" in captions


def main_button(at):
    """Key of the large button, which is Train, Pause or Resume."""
    (key,) = {button.key for button in at.button} & {"train", "pause", "resume"}
    return key


def test_the_large_button_starts_holds_and_goes_on(open_train):
    at = open_train(**LONG)
    assert main_button(at) == "train"
    look_until(press(at, "train"), "Training")
    assert main_button(at) == "pause"
    token = at.session_state["run"].job_id
    look_until(press(at, "pause"), "Paused")
    paused = state(at)
    assert main_button(at) == "resume"
    assert state(at.run()) == paused
    look_until(press(at, "resume"), "Training")
    assert at.session_state["run"].job_id == token
    look_until(press(at, "stop"), "Stopped")
    assert main_button(at) == "train" and at.metric


def test_after_a_step_and_an_epoch_figures_are_new_and_the_large_button_goes_on(open_train):
    at = open_train(**SHORT)
    token, first = at.session_state["run"].job_id, figures(at)
    look_until(press(at, "step"), "Paused at epoch 0 of 2, step 1.")
    stepped = figures(at)
    assert stepped[:2] != first[:2] and main_button(at) == "resume"
    assert not any("steps a second" in caption.value for caption in at.caption)
    assert main_button(look_until(press(at, "epoch"), "Paused at epoch 1 of 2, step 5.")) == "resume"
    assert figures(at)[:2] not in (stepped[:2], first[:2])
    look_until(press(at, "resume"), "Finished after 10 steps")
    assert at.session_state["run"].job_id == token


def test_a_press_of_pause_does_nothing_to_a_run_that_has_ended_meanwhile(open_train):
    at = look_until(press(open_train(**LONG), "train"), "Training")
    pause, token = at.button(key="pause"), at.session_state["run"].job_id
    look_until(press(at, "stop"), "Stopped")
    pause.click().run()
    assert "Stopped" in state(at) and at.session_state["run"].job_id == token


def test_reset_starts_from_the_same_weights_and_a_new_seed_does_not(open_train):
    at = open_train(**SHORT)
    first = figures(at)
    look_until(press(at, "train"), "Finished")
    assert figures(at) != first
    look_until(press(at, "reset"), "Ready")
    assert figures(at) == first
    look_until(press(at, "seed"), "Ready")
    assert figures(at) != first
    assert at.session_state["config"].seed == 1


def test_a_diverged_run_says_when_and_keeps_its_charts(open_train):
    at = look_until(press(open_train(learning_rate=1e6, optimizer="sgd"), "train"), "Ended")
    assert "Diverged at step" in at.warning[0].value
    assert charts(at) >= {"loss", "accuracy"}
    assert all(value != "–" for value in figures(at)), "the last finite numbers"
    assert any('"type": "log"' in chart.proto.spec for chart in at.get("vega_lite_chart"))
    assert at.toggle(key="log_loss").disabled and not at.toggle(key="log_loss").value
    assert any("the last with finite numbers" in caption.value for caption in at.caption)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"dataset": "spiral3"}, ["loss", "accuracy"]),
        ({"dataset": "iris"}, ["confusion", "accuracy"]),
        ({"dataset": "digits"}, ["confusion", "accuracy"]),
        ({"dataset": "diabetes"}, ["truth", "loss"]),
        ({"dataset": "gauss_regression"}, ["loss"]),
        ({"num_seeds": 2, **SHORT}, ["loss", "accuracy"]),
    ],
    ids=str,
)
def test_a_run_shows_what_belongs_to_its_data(open_train, fields, expected):
    at = open_train(**fields)
    config = Config.parse(fields)
    assert charts(at) >= {*expected}
    assert ("accuracy" in charts(at)) == config.is_classification
    assert len(figures(at)) == (4 if config.is_classification else 2)


def test_the_second_run_of_several_seeds_is_compared_with_the_first(open_train):
    at = look_until(press(open_train(num_seeds=3, **SHORT), "train"), "Finished")
    assert "seed noise" not in at.info[0].value
    at = look_until(press(field(at, "dropout").set_value(0.5).run(), "train"), "Finished")
    said = at.info[0].value.replace("\\", "")  # as Markdown shows it
    assert "seed noise: the final validation accuracy" in said and "dropout 0 " in said and "dropout 0.5 " in said
    assert any("Means of 3 runs" in caption.value for caption in at.caption)
    assert any("Of the first run, seed 0." in caption.value for caption in at.caption), "the map is of one network"


def test_what_has_to_be_known_to_read_the_figures_is_said(open_train):
    at = open_train(ema_decay=0.9999, num_epochs=3)
    assert "remembers about 10,000 steps, and the run has 150" in at.info[0].value.replace("\\", "")
    assert any(
        "one batch, as trained" in chart.proto.spec for chart in open_train(mixup_alpha=0.5).get("vega_lite_chart")
    )
    assert any("no cost contains it" in caption.value for caption in
               open_train(weight_decay=0.1, optimizer="adamw").caption)  # fmt: skip


def test_the_logarithmic_switch_changes_the_loss_chart(open_train):
    at = open_train()
    at.toggle(key="log_loss").set_value(True).run()
    assert any('"type": "log"' in chart.proto.spec for chart in at.get("vega_lite_chart"))


def test_layers_shows_every_layer(open_train):
    at = show(open_train(hidden_sizes="4,4,4"), "Layers")
    assert charts(at) == {"activations", "gradients", "spreads", "shares", "grad_norms", "update_ratios"}


def test_numbers_repeat_the_run_elsewhere(open_train):
    at = look_until(press(open_train(**SHORT), "train"), "Finished")
    show(at, "Numbers")
    assert at.code[0].value == "python -m playground train num_epochs=2 num_samples=100"
    assert list(at.dataframe[0].value["epoch"]) == [0, 1, 2]
    assert len(at.get("download_button")) == 2
