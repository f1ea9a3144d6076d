"""Sentences about augmentations, made of the numbers of a snapshot."""

from playground.catalog import AUGMENTATIONS
from playground.jobs.augmentation.gallery import BatchSnapshot, GallerySnapshot, ShiftedSnapshot
from playground.spec import DATA, Spec

STRENGTH = Spec(group=DATA, low=0, high=2, step=0.25, label="Strength",
                help="Multiplies the usual range: 0 changes nothing, 1 is usual.")  # fmt: skip


def gallery_sentences(seen: GallerySnapshot, label: str, strength: float) -> list[str]:
    """What the changed digits are still read as."""
    sentences = [
        f"{label} at strength {strength:g}: {seen.here:.1%} of the test digits are read right, {seen.clean:.1%} as "
        "they came. The network has never seen a changed digit."
    ]
    if seen.worst is not None:
        digit, mistaken, share = seen.worst
        sentences.append(f"Hardest is the {digit}: {share:.0%} right, mostly read as {mistaken} when wrong.")
    return [
        *sentences,
        "What a network no longer reads it can learn to read, unless the change made it another digit: then training "
        "on it teaches mistakes.",
    ]


def plain_captions(seen: BatchSnapshot) -> list[str]:
    return [f"{y}" for y in seen.y]


def mixed_captions(seen: BatchSnapshot) -> list[str]:
    if seen.share == 1:
        return plain_captions(seen)
    return [f"{y} + {other}" for y, other in zip(seen.y, seen.mixed_y, strict=True)]


def batch_sentences(seen: BatchSnapshot) -> list[str]:
    """The share, the targets and the two ways to compute one loss."""
    number = len(seen.y)
    sentences = [
        f"The loss that trains, {seen.loss:.6f} for a fresh network, is the cross-entropy with these target vectors: "
        f"{seen.target_loss:.6f}.",
        f"Each row sums to 1; the largest entry of the first is {seen.targets[0].max():.3f}.",
    ]
    if seen.share == 1:
        return ["Without mixup every image has its own class alone.", *sentences]
    same = int((seen.y == seen.mixed_y).sum())
    best = max(seen.share, 1 - seen.share)
    return [
        f"Mixed with the share {seen.share:.3f} for the image and {1 - seen.share:.3f} for its partner; {same} of "
        f"{number} have a partner of the same class.",
        *sentences,
        f"Accuracy on a mixed batch means nothing: a perfect answer gives {best:.0%} at most to one class, and the "
        "image's own class is not even the larger one where its share is below one half. Measure on whole images.",
    ]


def shifted_sentences(seen: ShiftedSnapshot) -> list[str]:
    """Each augmentation against none, in points."""
    plain = seen.runs[0]
    sentences = [
        f"Trained on {seen.num_train} digits as they are: {plain.clean:.1%} of the test digits right, "
        f"{plain.shifted:.1%} once they are moved by up to a pixel."
    ]
    for run in seen.runs[1:]:
        sentences.append(
            f"{AUGMENTATIONS[run.name].label}: {100 * (run.shifted - plain.shifted):+.1f} points on moved digits, "
            f"{100 * (run.clean - plain.clean):+.1f} points on clean ones, for equally many steps."
        )
    return sentences
