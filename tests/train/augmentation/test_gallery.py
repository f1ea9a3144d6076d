"""What the lesson on augmentation measures: target vectors, mixed batches, changed digits."""

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, log_loss

from playground.catalog.regularization_lesson import BATCH_START, READER
from playground.config import Config
from playground.jobs.augmentation.gallery import BatchJob, GalleryJob, ShiftedJob
from playground.jobs.job import Turn
from playground.parsing import ConfigError
from playground.train.augmentation.gallery import (
    changed,
    first_batch,
    images_of_test,
    read,
    reader,
    share_right,
    target_vectors,
)

QUICK = Config.parse({**READER, "hidden_sizes": (16,), "num_epochs": 2})
Y, OTHER = torch.tensor([1, 0, 2]), torch.tensor([2, 0, 0])


def driven(job, turn):
    frames = job.frames()
    seen = [next(frames)]
    while not seen[-1].has_ended:
        seen.append(frames.send(turn))
    assert next(frames, None) is None
    return seen


@pytest.mark.parametrize(
    ("share", "smoothing", "first"),
    [(1.0, 0.0, [0, 1, 0]), (1.0, 0.3, [0.1, 0.8, 0.1]), (0.7, 0.0, [0, 0.7, 0.3]), (0.5, 0.3, [0.1, 0.45, 0.45])],
)
def test_target_vectors_by_hand(share, smoothing, first):
    targets = target_vectors(Y, OTHER, share, smoothing, 3)
    assert targets[0].tolist() == pytest.approx(first)
    assert targets.sum(1).tolist() == pytest.approx([1, 1, 1])


@pytest.mark.parametrize("fields", [
    {}, {"mixup_alpha": 0}, {"label_smoothing": 0}, {"mixup_alpha": 0.2, "seed": 3}, {"augmentation": ()},
], ids=str)  # fmt: skip
def test_the_loss_that_trains_is_the_cross_entropy_with_the_target_vectors(fields):
    batch = first_batch(Config.parse({**BATCH_START, **fields}))
    assert batch.loss == pytest.approx(batch.target_loss, abs=1e-5)
    assert batch.after.shape == batch.before.shape == (12, 8, 8)
    if not fields.get("mixup_alpha", 1):
        assert batch.share == 1 and np.array_equal(batch.y, batch.mixed_y)


def test_smoothing_that_leaves_the_true_class_out_of_the_spread_is_rejected():
    rng = np.random.default_rng(0)
    logits = torch.tensor(rng.standard_normal((3, 4)))
    expected = torch.nn.functional.cross_entropy(logits, Y, label_smoothing=0.2).item()
    log_shares = logits.log_softmax(1)
    ours = -(target_vectors(Y, Y, 1.0, 0.2, 4) * log_shares).sum(1).mean().item()
    one_hot = torch.nn.functional.one_hot(Y, 4).double()
    wrong = -((0.8 * one_hot + 0.2 / 3 * (1 - one_hot)) * log_shares).sum(1).mean().item()
    assert ours == pytest.approx(expected) != pytest.approx(wrong)


def test_accuracy_on_mixed_labels_says_nothing_about_a_perfect_answer():
    batch = first_batch(Config.parse({**BATCH_START, "label_smoothing": 0, "batch_size": 200}))
    perfect = batch.targets.argmax(1)
    assert log_loss(batch.y, np.eye(10)[batch.y], labels=range(10)) < 1e-6  # whole images can be answered
    assert min(accuracy_score(batch.y, perfect), accuracy_score(batch.mixed_y, perfect)) < 0.5


def test_a_reader_reads_and_is_kept():
    trainer = reader(QUICK)
    assert reader(QUICK) is trainer
    images, y = images_of_test(trainer)
    torch.testing.assert_close(trainer.data.inputs_of(images.flatten(1).numpy()), trainer.data.test.X)
    found = read(trainer, images)
    assert share_right(trainer, images, y) == pytest.approx(accuracy_score(y, found.argmax(1)))
    assert share_right(trainer, images, y) == pytest.approx(trainer.recorder.final(trainer.network)["test_accuracy"])


def test_changes_are_drawn_from_the_seed_alone():
    trainer = reader(QUICK)
    images, _ = images_of_test(trainer)
    first, again, other = (changed(trainer, images, "rotate", 1.0, seed) for seed in (3, 3, 4))
    assert torch.equal(first, again) and not torch.equal(first, other)


def test_the_gallery_at_strength_0_is_what_came():
    seen = driven(GalleryJob(QUICK, "rotate", 0.0), Turn())[-1]
    assert seen.here == pytest.approx(seen.clean, abs=0.01) and len(seen.accuracies) == 9
    assert seen.accuracies[0] == pytest.approx(seen.clean, abs=0.01)
    assert seen.accuracies[-1] < seen.accuracies[0]


def test_the_gallery_comes_in_pieces_and_can_be_stopped():
    counts = [len(seen.accuracies) for seen in driven(GalleryJob(QUICK, "flip", 1.0), Turn())]
    assert counts == list(range(10))
    frames = GalleryJob(QUICK, "flip", 1.0).frames()
    next(frames)
    assert frames.send(Turn(stop=True)).status == "stopped"


@pytest.mark.parametrize(("name", "strength"), [("flip", 3.0), ("flop", 1.0)])
def test_what_the_gallery_has_not_is_refused(name, strength):
    with pytest.raises(ConfigError):
        GalleryJob(QUICK, name, strength)


def test_training_on_shifted_digits_helps_with_shifted_ones():
    config = Config.parse({**READER, "train_fraction": 0.167, "num_epochs": 40, "learning_rate": 0.01})
    plain, shift = driven(ShiftedJob(config, ("shift",)), Turn())[-1].runs
    assert shift.shifted > plain.shifted + 0.3
    assert shift.clean < plain.clean + 0.02  # it does not come for nothing


def test_shifted_can_be_stopped_and_batches_come_at_once():
    frames = ShiftedJob(QUICK, ("shift",)).frames()
    next(frames)
    assert frames.send(Turn(seconds=0.001)).fraction < 1
    assert frames.send(Turn(stop=True)).status == "stopped"
    assert driven(BatchJob(Config.parse(BATCH_START)), Turn())[-1].targets.shape == (12, 10)
