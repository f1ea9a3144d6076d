"""What the lines of the loss chart are said to contain."""

import pytest

from playground.charts.training.loss_words import AS_TRAINED, batch_name, line_sentences
from playground.config import Config


def words(**fields):
    return " ".join(line_sentences(Config.parse(fields)))


def test_nothing_is_said_where_all_lines_show_one_loss():
    assert words() == "" and batch_name(Config()) == "one batch"


@pytest.mark.parametrize(("fields", "part"), [
    ({"label_smoothing": 0.3}, "smoothed labels"), ({"mixup_alpha": 1.0}, "mixed pairs"),
    ({"dropout": 0.5}, "units switched off"), ({"dataset": "digits", "augmentation": "shift"}, "changed pictures"),
    ({"ema_decay": 0.9}, "the weights of the step"),
])  # fmt: skip
def test_what_a_batch_has_and_a_whole_split_has_not_is_named(fields, part):
    assert batch_name(Config.parse(fields)) == AS_TRAINED
    assert f"with {part}" in words(**fields)


@pytest.mark.parametrize("fields", [{"label_smoothing": 0.3, "loss": "hinge"}, {"dropout": 0.5, "hidden_sizes": ()}])
def test_what_has_no_effect_is_not_named(fields):
    assert words(**fields) == ""


def test_the_cost_is_spelled_out():
    sentence = words(weight_decay=0.01, l1=0.001, label_smoothing=0.1, optimizer="sgd")
    assert "the training loss with smoothed labels + 0.01/2 × the sum of squared weights + 0.001 × the" in sentence
    assert "L1 shrinks" not in sentence, "plain gradient descent makes just this cost small"


def test_what_is_no_part_of_a_cost_is_said():
    assert "no cost contains it" in words(weight_decay=0.01, optimizer="adamw")
    assert "Cost" not in words(weight_decay=0.01, optimizer="adamw")
    assert "Cost" in words(weight_decay=0.01, optimizer="adam")
    assert "past the memory of Adam" in words(l1=0.01, optimizer="adam")
