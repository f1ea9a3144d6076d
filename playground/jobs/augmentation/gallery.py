"""GalleryJob, BatchJob and ShiftedJob: augmentations on digits, on a batch, and what training with them gives."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.catalog import AUGMENTATIONS
from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.jobs.training.snapshot import Predictions
from playground.parsing import ConfigError

STRENGTHS = tuple(step / 4 for step in range(9))  # 0 to 2
NUM_PICTURES = 40
NUM_DRAWS = 3  # of each strength, over the whole test split
SHIFT = "shift"


@dataclass(frozen=True)
class GallerySnapshot(Snapshot):
    """Args:
    before, after: pictures as they came and changed, with what a network trained on unchanged digits reads.
    accuracies: of that network on the whole test split, changed at each of STRENGTHS.
    clean, here: its accuracy on unchanged pictures and at the job's strength.
    worst: class that is read right least often at the job's strength, what it is read as most often when wrong, and
        the share that is right; None when nothing is wrong.
    """

    before: Predictions | None = None
    after: Predictions | None = None
    accuracies: tuple[float, ...] = ()
    clean: float = 0.0
    here: float = 0.0
    worst: tuple[int, int, float] | None = None


@dataclass(frozen=True)
class GalleryJob:
    """Args:
    reader: the network that reads; name: row of AUGMENTATIONS; strength: times its usual range.
    """

    reader: Config
    name: str
    strength: float
    seed: int = 0

    def __post_init__(self):
        if self.name not in AUGMENTATIONS or not 0 <= self.strength <= STRENGTHS[-1]:
            raise ConfigError({"augmentation_strength": f"must be from 0 to 2, but {self.strength:g} came."})

    def frames(self) -> Generator[GallerySnapshot | None, Turn, None]:
        from playground.train.augmentation.gallery import changed, images_of_test, read, reader, share_right  # torch

        turn = yield GallerySnapshot()
        trainer = reader(self.reader)
        images, y = images_of_test(trainer)
        after = changed(trainer, images, self.name, self.strength, self.seed)
        probabilities = read(trainer, after)
        fixed: dict[str, Any] = {
            "before": _pictures(images, y, read(trainer, images)),
            "after": _pictures(after, y, probabilities),
            "clean": share_right(trainer, images, y),
            "here": share_right(trainer, after, y),
            "worst": _worst(y.numpy(), probabilities.argmax(1).numpy()),
        }
        accuracies: list[float] = []
        for strength in STRENGTHS:
            if turn.stop:
                break
            draws = [changed(trainer, images, self.name, strength, self.seed + draw) for draw in range(NUM_DRAWS)]
            accuracies.append(float(np.mean([share_right(trainer, some, y) for some in draws])))
            if strength < STRENGTHS[-1]:
                part = GallerySnapshot(fraction=len(accuracies) / len(STRENGTHS), accuracies=tuple(accuracies), **fixed)
                turn = yield part if turn.wants_snapshot else None
        status = "stopped" if turn.stop else "finished"
        yield GallerySnapshot(status, fraction=1.0, accuracies=tuple(accuracies), **fixed)


def _pictures(images: Any, y: Any, probabilities: Any) -> Predictions:
    confidence, predicted = probabilities[:NUM_PICTURES].max(1)
    pixels = images[:NUM_PICTURES, 0].numpy()
    return Predictions(
        class_names=tuple(map(str, range(probabilities.shape[1]))),
        images=np.rint(255 * np.clip(pixels, 0, 1)).astype(np.uint8),
        image_true=y[:NUM_PICTURES].numpy(),
        image_predicted=predicted.numpy(),
        image_confidence=confidence.numpy(),
    )


def _worst(true: np.ndarray, predicted: np.ndarray) -> tuple[int, int, float] | None:
    shares = [np.mean(predicted[true == digit] == digit) for digit in np.unique(true)]
    digit = int(np.argmin(shares))
    wrong = predicted[(true == digit) & (predicted != digit)]
    return (digit, int(np.bincount(wrong).argmax()), float(shares[digit])) if len(wrong) else None


@dataclass(frozen=True)
class BatchSnapshot(Snapshot):
    """Args as `train.augmentation.gallery.MixedBatch` says."""

    before: np.ndarray | None = None
    after: np.ndarray | None = None
    y: np.ndarray | None = None
    mixed_y: np.ndarray | None = None
    share: float = 1.0
    targets: np.ndarray | None = None
    loss: float = 0.0
    target_loss: float = 0.0


@dataclass(frozen=True)
class BatchJob:
    """The first batch of a run, as the network gets it. Its config: image data without preprocessing."""

    config: Config

    def frames(self) -> Generator[BatchSnapshot | None, Turn, None]:
        from playground.train.augmentation.gallery import first_batch  # torch, in the worker only

        yield BatchSnapshot()
        yield BatchSnapshot("finished", fraction=1.0, **vars(first_batch(self.config)))


@dataclass(frozen=True)
class ShiftedRun:
    """Accuracy of one network on the test split as it came, and moved by up to a pixel, the mean of NUM_DRAWS draws."""

    name: str
    clean: float
    shifted: float


@dataclass(frozen=True)
class ShiftedSnapshot(Snapshot):
    """Args:
    runs: those that have ended; num_train: images that each was trained on.
    """

    runs: tuple[ShiftedRun, ...] = ()
    num_train: int = 0


@dataclass(frozen=True)
class ShiftedJob:
    """Trains one Config without and with each augmentation, for equally many steps, and moves the test pictures."""

    config: Config
    names: tuple[str, ...]

    def frames(self) -> Generator[ShiftedSnapshot | None, Turn, None]:
        from playground.train.augmentation.gallery import changed, images_of_test, share_right
        from playground.train.trainer import RUNNING, Trainer

        turn, runs, number = (yield ShiftedSnapshot()), [], 0
        for index, name in enumerate(("", *self.names)):
            trainer = Trainer(self.config.replace(augmentation=(name,) if name else ()))
            number = len(trainer.data.train)
            while trainer.status == RUNNING and not turn.stop:
                with trainer.own_randomness():
                    epoch = trainer.epoch
                    while trainer.status == RUNNING and trainer.epoch == epoch:
                        trainer.advance()
                fraction = (index + trainer.step / trainer.total_steps) / (1 + len(self.names))
                part = ShiftedSnapshot(fraction=fraction, runs=tuple(runs), num_train=number)
                turn = yield part if turn.wants_snapshot else None
            if turn.stop:
                break
            images, y = images_of_test(trainer)
            moved = [changed(trainer, images, SHIFT, 1.0, draw) for draw in range(NUM_DRAWS)]
            shifted = float(np.mean([share_right(trainer, some, y) for some in moved]))
            runs.append(ShiftedRun(name, share_right(trainer, images, y), shifted))
        status = "stopped" if turn.stop else "finished"
        yield ShiftedSnapshot(status, fraction=1.0, runs=tuple(runs), num_train=number)
