"""Sentences about normalizations."""

from playground.jobs.normalization.sweep import NormalizationSweepJob, SweptRun
from playground.jobs.normalization.weight_scale import ScaleSeen, WeightScaleJob, WeightScaleSnapshot
from playground.ui.normalization import words
from tests.aids.training import tiny

RATES = NormalizationSweepJob(tiny(), "learning_rate", (0.1, 0.3, 3.0), ("none", "batch"))
RUNS = (
    SweptRun("none", 0.1, "finished", train_accuracy=0.5),
    SweptRun("none", 0.3, "finished", train_accuracy=0.95),
    SweptRun("none", 3.0, "diverged"),
    SweptRun("batch", 0.1, "finished", train_accuracy=0.9),
    SweptRun("batch", 0.3, "running"),
    SweptRun("batch", 3.0, "finished", train_accuracy=0.92),
)


def test_the_highest_rates_are_compared():
    assert words.level_sentences(RATES, RUNS, "train_accuracy", 0.9) == [
        "None: 1 of 3 runs reach 90%, learning rate 0.3 alone.",
        "Batch: 2 of 2 runs reach 90%, learning rate from 0.1 to 3.",
        "The highest learning rate with batch normalization is 10 times that without.",
        "Diverged: None at 3.",
    ]


def test_where_none_trains_there_is_no_ratio():
    said = words.level_sentences(RATES, RUNS, "train_accuracy", 0.99)
    assert said[:2] == ["None: none of 3 runs reaches 99%.", "Batch: none of 2 runs reaches 99%."]
    assert not any("times" in sentence for sentence in said)


def test_the_range_names_its_ends():
    assert words.range_sentences(RATES, RUNS, "train_accuracy")[1] == (
        "Batch: from 90.0% at 0.1 to 92.0% at 3, a range of 2.0 points."
    )


def test_running_averages_of_a_sweep_are_told_where_they_differ():
    runs = [
        SweptRun("batch", v, "finished", val_accuracy=a, running_accuracy=b)
        for v, a, b in ((64, 0.97, 0.96), (2, 0.44, 0.37))
    ]
    told = words.range_sentences(RATES, runs, "val_accuracy")[-1]
    assert told.endswith("batch normalization has 37.0% at 2, 96.0% at 64.")
    assert "averages" not in str(words.range_sentences(RATES, runs, "train_accuracy"))


def test_a_refusal_is_told_with_its_reason():
    refused = SweptRun("batch", 1, "refused", "Batch size: too few.")
    assert words.range_sentences(RATES, (refused,), "val_accuracy") == ["Batch at 1 is refused. Batch size: too few."]
    assert words.range_sentences(RATES, (), "val_accuracy") == ["Nothing yet."]


def test_only_a_normalized_gradient_has_a_closed_form():
    nan = float("nan")
    here = {"none": ScaleSeen(1.0, 1.0, 1.2, nan, 0.3), "batch": ScaleSeen(1e-5, 1e-5, 0.1, 1e-15, 1e-9)}
    none, batch = words.weight_scale_sentences(
        WeightScaleJob(("none", "batch"), 10.0, 1e-5), WeightScaleSnapshot(here=here)
    )
    assert "closed form" not in none and "closed form" in batch
    assert "is 0.1 times the one at a = 1 (1 / a = 0.1)" in batch
