"""The parts of the lesson on augmentation: what to look for, controls, picture, the way to Train, source."""

from functools import partial

import streamlit as st

from playground.catalog import AUGMENTATIONS
from playground.catalog.regularization_lesson import BATCH_START, READER, SHIFTED_START
from playground.charts.augmentation import gallery
from playground.charts.pictures import sample_pictures_payload
from playground.config import Config
from playground.jobs.augmentation.gallery import (
    BatchJob,
    BatchSnapshot,
    GalleryJob,
    GallerySnapshot,
    ShiftedJob,
    ShiftedSnapshot,
)
from playground.ui.answer import show_answer
from playground.ui.augmentation import words
from playground.ui.chart import show_lesson_chart
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals, show_numbers, show_source
from playground.ui.picture_grid import show_pictures
from playground.ui.place.checks import one_of, switch
from playground.ui.place.place import keep
from playground.ui.try_on_train import try_on_train

LECTURE = "CS231n lecture 7, Training neural networks II"
CUTOUT = "DeVries and Taylor, Improved regularization with cutout, 2017, arXiv:1708.04552"
show = partial(show_lesson_chart, "augmentation")


def show_gallery() -> None:
    """One augmentation with its strength, read by a network that has not seen it."""
    st.markdown("Raise the strength until you yourself would no longer read the digit: that far it must not go.")
    with control_row():
        name = st.selectbox(
            "Augmentation",
            list(AUGMENTATIONS),
            format_func=lambda key: AUGMENTATIONS[key].label,
            key=keep("gallery_name", next(iter(AUGMENTATIONS)), one_of(AUGMENTATIONS), label="Augmentation"),
            persist_state="session",
            width=CONTROL_WIDTH,
            help="A random change of the training images.",
        )
        seed = lesson_control("gallery", "seed", 0, width=CONTROL_WIDTH)
    strength = lesson_control("gallery", f"{name}_strength", 1.0, spec=words.STRENGTH, low=0, high=2)
    row = AUGMENTATIONS[name]
    st.markdown(f"{row.about} ${row.formula}$")
    if row.warning:
        st.warning(f"This one can change the label. {row.warning}", icon=":material/warning:")
    with refusals():
        job = GalleryJob(Config.parse(READER), name, strength, seed)
    show_answer(job, partial(_show_gallery, job), key="augmentation_gallery")
    try_on_train(
        Config.parse({**READER, "augmentation": (name,), "augmentation_strength": strength}), key="try_gallery"
    )
    show_source(row.source)


def _show_gallery(job: GalleryJob, seen: GallerySnapshot) -> None:
    if seen.after is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("As they came; below each, what the network reads.")
        show_pictures(sample_pictures_payload(seen.before), key="gallery_before")
    with right:
        st.caption("Changed; a dashed frame where it now reads another digit.")
        show_pictures(sample_pictures_payload(seen.after), key="gallery_after")
    st.caption("All test digits, at every strength.")
    show(gallery.strength_chart, "strengths", gallery.strength_data(seen), gallery.strength_alt())
    show_numbers(words.gallery_sentences(seen, AUGMENTATIONS[job.name].label, job.strength))


def show_batch() -> None:
    """Mixup, cutout and label smoothing on one batch."""
    st.markdown("Look how mixup lays two digits over each other, and how the target of each image is shared likewise.")
    start = Config.parse(BATCH_START)
    with control_row():
        values = {
            name: lesson_control("batch", name, getattr(start, name), width=CONTROL_WIDTH)
            for name in ("mixup_alpha", "label_smoothing", "seed")
        }
        key = keep("batch_cutout", True, switch, label="Cutout")
        has_cutout = st.toggle("Cutout", key=key, persist_state="session",
                               help="Fills a random square with each pixel's training mean.")  # fmt: skip
    names = start.augmentation if has_cutout else ()
    with refusals():
        job = BatchJob(Config.parse({**BATCH_START, **values, "augmentation": names}))
    show_answer(job, _show_batch, key="augmentation_batch")
    carried = {**READER, **values, "augmentation": names}
    try_on_train(Config.parse(carried), key="try_batch")
    show_source("Zhang et al., mixup, 2017, arXiv:1710.09412", CUTOUT, "Szegedy et al., Rethinking Inception, 2015")


def _show_batch(seen: BatchSnapshot) -> None:
    if seen.targets is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("The batch as it came.")
        alt = "A batch of digits as they came."
        show_pictures(
            gallery.captioned_pictures_payload(seen.before, words.plain_captions(seen), alt=alt), key="batch_before"
        )
        st.caption("The batch as the network gets it.")
        alt = "The same batch, cut out and mixed."
        show_pictures(
            gallery.captioned_pictures_payload(seen.after, words.mixed_captions(seen), alt=alt), key="batch_after"
        )
    with right:
        st.caption("What the loss pulls the probabilities towards.")
        show(gallery.target_chart, "targets", gallery.target_data(seen), gallery.target_alt())
    show_numbers(words.batch_sentences(seen))


def show_shifted() -> None:
    """The trade-off: shifted tests up, clean tests down."""
    st.markdown(
        "Look at both bars: what training on moved digits gives on moved ones, and what it costs on clean ones."
    )
    start = Config.parse(SHIFTED_START)
    with control_row():
        values = {
            name: lesson_control("shifted", name, getattr(start, name), width=CONTROL_WIDTH)
            for name in ("num_epochs", "augmentation_strength", "seed")
        }
    with refusals():
        job = ShiftedJob(Config.parse({**SHIFTED_START, **values}), ("shift", "cutout"))
    show_answer(job, _show_shifted, key="augmentation_shifted")
    try_on_train(job.config.replace(augmentation=("shift",)), key="try_shifted")
    show_source(LECTURE, CUTOUT)


def _show_shifted(seen: ShiftedSnapshot) -> None:
    show(gallery.shifted_chart, "shifted", gallery.shifted_data(seen), gallery.shifted_alt())
    if seen.runs:
        show_numbers(words.shifted_sentences(seen))


PARTS = {
    "Gallery": show_gallery,
    "Mixup, cutout and smoothing": show_batch,
    "What it buys": show_shifted,
}
