#!/usr/bin/env bash
# torch 2.13.0: cross_entropy with a weight for each class and label_smoothing, both of moderate size.
#
# Expected: weights that make up for the rare class give both classes an equal say, so that a model without inputs
# answers 1/2, and smoothing, which pulls answers to the uniform one, leaves 1/2 where it is.
# Seen: with 990 samples of one class against 10 of the other, weights 1 and 99 and smoothing 0.1, the best answer is
# 0.86 for the rare class. The weight is not that of the sample's class: each class of the smoothed target has its
# own, so that the 5% of every common sample that go to the rare class count 99 times. Answers are then nearly all
# "rare". Weighing each sample's smoothed loss by its own class gives 1/2.
#
# Here playground/nn/losses.py weighs the losses of samples by itself (weighted_mean).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import torch
from torch.nn.functional import cross_entropy

COUNTS = [990, 10]
labels = torch.repeat_interleave(torch.arange(2), torch.tensor(COUNTS))
weights = torch.tensor([1.0, 99.0], dtype=torch.float64)


def torchs_own(logits, smoothing):
    return cross_entropy(logits, labels, weight=weights, label_smoothing=smoothing)


def by_sample(logits, smoothing):
    losses = cross_entropy(logits, labels, label_smoothing=smoothing, reduction="none")
    return (losses * weights[labels]).sum() / weights[labels].sum()


def best_answer(loss, smoothing):
    """Probability of the rare class at the minimum of the loss over two logits that all samples share."""
    logits = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([logits], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        value = loss(logits.expand(len(labels), 2), smoothing)
        value.backward()
        return value

    optimizer.step(closure)
    return logits.softmax(0)[1].item()


for loss, smoothing, expected in ((torchs_own, 0.0, 0.5), (torchs_own, 0.1, 0.861), (by_sample, 0.1, 0.5)):
    answer = best_answer(loss, smoothing)
    print(f"{loss.__name__}, smoothing {smoothing}: best answer {answer:.3f} for the rare class")
    assert abs(answer - expected) < 1e-3
PY
