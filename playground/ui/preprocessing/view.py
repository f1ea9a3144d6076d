"""Pictures and sentences of the lesson on preprocessing, one function for each part."""

from functools import partial

import numpy as np
import streamlit as st

from playground.charts.preprocessing import clouds, leak, least_squares
from playground.charts.preprocessing import digit_directions as digits
from playground.jobs.preprocessing.before_after import BeforeAfterJob
from playground.jobs.preprocessing.before_after_snapshot import BeforeAfterSnapshot, Side
from playground.jobs.preprocessing.digit_directions import DigitDirectionsJob, DigitDirectionsSnapshot
from playground.jobs.preprocessing.leak import LeakJob, LeakSnapshot
from playground.ui.chart import show_lesson_chart
from playground.ui.lesson import show_numbers
from playground.ui.picture_grid import show_pictures
from playground.ui.preprocessing import words

TREATED = (
    ("Minus the mean image, a mean for each pixel.", "Minus one mean for all pixels."),
    ("Divided by each pixel's own deviation too: rare ink drowns the digit.", "Divided by one deviation too."),
)
_show = partial(show_lesson_chart, "preprocessing")


def show_before_after(job: BeforeAfterJob, seen: BeforeAfterSnapshot) -> None:
    """Clouds beside each other; covariances, path and loss below."""
    if not seen.sides:
        return
    for place, kind, side in zip(st.columns(2, gap="large"), clouds.KINDS, seen.sides, strict=True):
        with place:
            _show_cloud(kind, side)
    left, middle, right = st.columns([4, 5, 5], gap="medium")
    with left:
        for kind, side in zip(clouds.KINDS, seen.sides, strict=True):
            st.caption(f"Covariance {kind}.")
            _show(clouds.covariance_chart, "covariance", clouds.covariance_data(side),
                  clouds.covariance_alt(kind=kind), key=f"covariance_{kind}")  # fmt: skip
    with middle:
        st.caption("One neuron learns by gradient descent: from the ring to the cross, a dot a step (150 at most).")
        _show(least_squares.descent_path_chart, "descent_path", least_squares.descent_path_data(seen.sides),
              least_squares.descent_path_alt())  # fmt: skip
    with right:
        st.caption("Its loss. Thin: the promise of the condition number. Dotted: the goal.")
        _show(least_squares.descent_loss_chart, "descent_loss", least_squares.descent_loss_data(seen.sides),
              least_squares.descent_loss_alt())  # fmt: skip
    show_numbers(words.before_after_sentences(seen, job))


def _show_cloud(kind: str, side: Side) -> None:
    st.caption(f"**{kind.capitalize()}**: condition number {words.figure(side.condition)}. Crossed lines: the origin.")
    _show(clouds.cloud_chart, "cloud", clouds.cloud_data(side), clouds.cloud_alt(kind=kind), key=f"cloud_{kind}",
          kind=kind, half=clouds.half_width(side), axes=side.axes)  # fmt: skip


def show_digits(job: DigitDirectionsJob, seen: DigitDirectionsSnapshot) -> None:
    """Scaling, directions, what is rebuilt from them, and whitening."""
    if seen.digits is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.caption(f"The mean image of {seen.num_fitted} digits, and each pixel's standard deviation (twice as dark).")
        grey = digits.grey_payload(
            np.vstack([seen.mean, 2 * seen.spread]), ["mean", "deviation"], alt="Mean image and standard deviation."
        )
        show_pictures(grey, key="preprocessing_mean")
    with right:
        st.caption("Digits as they come.")
        show_pictures(digits.grey_payload(seen.digits, alt="Six digits."), key="preprocessing_raw")
    for row, (captions, treated) in enumerate(zip(TREATED, seen.treated, strict=True)):
        for column, place in enumerate(st.columns(2, gap="large")):
            with place:
                st.caption(captions[column])
                payload = digits.diverging_payload(treated[column][0], alt=captions[column])
                show_pictures(payload, key=f"preprocessing_treated_{row}_{column}")
    st.caption("Leading directions and their share of the variance: every digit is the mean plus so much of each.")
    show_pictures(digits.direction_payload(seen), key="preprocessing_directions")
    _show_rebuilt(job, seen)
    show_numbers(words.digit_sentences(seen, job))


def _show_rebuilt(job: DigitDirectionsJob, seen: DigitDirectionsSnapshot) -> None:
    left, middle, right = st.columns(3, gap="medium")
    with left:
        st.caption("Digits as they come ...")
        show_pictures(digits.grey_payload(seen.originals, alt="Ten digits."), key="preprocessing_originals")
        st.caption(f"... and rebuilt from {job.num_components} of 64 directions.")
        show_pictures(digits.grey_payload(seen.rebuilt, alt="The same, rebuilt."), key="preprocessing_rebuilt")
    with middle:
        st.caption("Variance that the first directions hold. Dotted: 95%.")
        _show(digits.share_chart, "shares", digits.share_data(seen, job.num_components), digits.share_alt())
    with right:
        whose = "the same" if job.has_all else "other"
        st.caption(f"Whitened: deviation of {whose} digits in each direction; it should be 1.")
        _show(digits.whitened_chart, "whitened", digits.whitened_data(seen), digits.whitened_alt())


def show_leak(job: LeakJob, seen: LeakSnapshot) -> None:
    """Every split as a dot."""
    if seen.accuracies is None:
        return
    dotted = "" if job.chance is None else " Dotted: chance."
    st.caption(f"A dot is a split; the line is the mean, the bar one standard deviation to either side.{dotted}")
    _show(leak.leak_chart, "leak", leak.leak_data(seen), leak.leak_alt(), chance=job.chance)
    show_numbers(words.leak_sentences(seen, job))


def show_corrections(*names: str) -> None:
    """Claims of lecture notes, corrected."""
    st.markdown("\n".join(["**Corrected**", "", *(f"- {line}" for line in words.correction_lines(names))]))
