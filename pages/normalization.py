"""Normalization: which numbers share a mean, and what that does to training."""

from functools import partial

import streamlit as st

from playground.charts.normalization.sweep import TRAINING, VALIDATION
from playground.ui.answer import show_answer
from playground.ui.lesson import show_lesson, show_source
from playground.ui.normalization import extras, sweep
from playground.ui.normalization import normalized_tensor as tensor
from playground.ui.normalization.remarks import REMARKS, SOURCES
from playground.ui.try_on_train import try_on_train


def sharing() -> None:
    st.markdown("Click a cell: which others are averaged with it, and what is left of the differences between them?")
    job = tensor.tensor_job()
    with st.container(horizontal=True):
        kind, shown = tensor.choose_kind(), tensor.choose_shown()
    show_answer(job, partial(tensor.show_normalized, job, kind, shown), key="normalization_tensor")
    try_on_train(extras.with_normalization(kind, num_groups=job.num_groups), key="try_tensor")


def running() -> None:
    st.markdown(
        "Train mode against eval mode: watch the running averages (line) follow noisy batches (points) towards the "
        "whole split (dashed). What would a script report that reads them after a few steps?"
    )
    job = extras.running_job()
    show_answer(job, partial(extras.show_running, job), key="normalization_running")
    try_on_train(job.config, key="try_running")


def batch_size() -> None:
    st.markdown("Go to the left: which line falls when only a few samples are left to take a mean of?")
    job = sweep.batch_job()
    show_answer(job, partial(sweep.show_sweep, job, VALIDATION, None), key="normalization_batches")
    sweep.try_one(job, "batches")


def learning_rate() -> None:
    st.markdown("Go to the right: how high may the learning rate be, with and without normalization?")
    job, level = sweep.rate_job(), sweep.choose_level("rates", 0.9)
    show_answer(job, partial(sweep.show_sweep, job, TRAINING, level), key="normalization_rates")
    sweep.try_one(job, "rates")


def first_weights() -> None:
    st.markdown("The first weights have this standard deviation: over how many decades does each network still learn?")
    job, level = sweep.scale_job(), sweep.choose_level("scales", 0.5)
    show_answer(job, partial(sweep.show_sweep, job, VALIDATION, level), key="normalization_scales")
    sweep.try_one(job, "scales")


def weight_scale() -> None:
    st.markdown(
        "Multiply all weights by a: what comes out stays the same, and the gradient goes with 1 / a. Where not?"
    )
    job = extras.weight_scale_job()
    show_answer(job, partial(extras.show_weight_scale, job), key="normalization_factor")
    try_on_train(extras.with_normalization("batch", init_scale=job.factor), key="try_factor")


PARTS = {
    "Who shares a mean": sharing,
    "Running statistics": running,
    "Batch size": batch_size,
    "Learning rate": learning_rate,
    "First weights": first_weights,
    "Weight scale": weight_scale,
}
part = show_lesson("Normalization", PARTS, key="normalization_part")
for remark in REMARKS.get(part, ()):
    st.markdown(f"**Corrected.** {remark}")
show_source(*SOURCES[part])
