"""Sentences about normalizations, made of what was computed."""

import math
from collections.abc import Sequence

from playground.catalog import NORMALIZATIONS
from playground.fields import SPECS
from playground.jobs.normalization.normalized_tensor_snapshot import Identities, TensorUnder
from playground.jobs.normalization.running_statistics import RunningStatisticsJob, RunningStatisticsSnapshot
from playground.jobs.normalization.sweep import REFUSED, NormalizationSweepJob, SweptRun
from playground.jobs.normalization.weight_scale import WeightScaleJob, WeightScaleSnapshot
from playground.parsing import number_text
from playground.ui.words import number

ROUNDING = 1e-9  # float64 errors below it are called rounding


def cell_formula(under: TensorUnder) -> str:
    """The chosen cell's way from before to after, with its numbers."""
    mean, std = under.moments_before.mean, under.moments_before.std
    power = round(math.log10(under.epsilon))
    return (
        rf"**{_label(under.name)}**, the chosen cell: $\gamma\,(x - \mu) / \sqrt{{\sigma^2 + \epsilon}} + \beta$ $= "
        rf"{under.gain:.3g} \cdot ({under.chosen_before:.3f} - {_in_brackets(mean)}) / "
        rf"\sqrt{{{std:.3f}^2 + 10^{{{power}}}}} + {_in_brackets(under.shift)}$ $= {under.chosen_after:.3f}$"
    )


def _in_brackets(value: float) -> str:
    return f"({value:.3f})" if value < 0 else f"{value:.3f}"


def tensor_sentences(under: TensorUnder, identities: Identities | None, *, undoes: bool) -> list[str]:
    before, after, name = under.moments_before, under.moments_after, _label(under.name)
    says = [
        f"{name}: {under.num_cells} cells share the mean {before.mean:.3f} and the standard deviation "
        f"{before.std:.3f}; after, these are {_three(after.mean)} and {after.std:.3f}.",
        f"Not made Gaussian: skew {before.skew:.3f} before and {after.skew:.3f} after, kurtosis {before.kurtosis:.3f} "
        f"and {after.kurtosis:.3f} (a Gaussian has 0 and 3). The dots are moved and stretched, no more.",
    ]
    if undoes:
        says.append(_undone_sentence(under))
    if identities is not None:
        says.append(
            "With torch's modules in float32, on this tensor: GroupNorm of 1 group against LayerNorm over [C, H, W], "
            f"largest difference {number(identities.one_group)}; GroupNorm of C groups against InstanceNorm, "
            f"{number(identities.each_channel)}. LayerNorm over the last axis alone, a usual mistake, is "
            f"{number(identities.last_axis)} away."
        )
    return says


def _undone_sentence(under: TensorUnder) -> str:
    if under.error < ROUNDING:
        return f"Undone: with γ = √(σ² + ε) and β = μ the largest error is {number(under.error)}, in float64."
    return (
        f"Undone in the chosen sample alone (largest error {number(under.error_of_sample)}); elsewhere it is up to "
        f"{number(under.error)}, because all samples share γ and β but each has a mean of its own."
    )


def _three(value: float) -> str:
    """Three decimals, without a sign before zero."""
    return f"{round(value, 3) + 0.0:.3f}"


def running_sentences(job: RunningStatisticsJob, seen: RunningStatisticsSnapshot) -> list[str]:
    if seen.batch_mean is None or not len(seen.batch_mean):
        return ["Nothing yet."]
    steps, size, kept = len(seen.batch_mean), job.config.batch_size, 1 - job.momentum
    says = [
        f"Momentum {job.momentum:g} in torch is {kept:g} in the lecture, which names the share that is kept. After "
        f"{steps} steps the start (mean 0, variance 1) still weighs {number(kept**steps)}; to fall below 5% it takes "
        f"{_steps_to_forget(kept)}.",
        f"Now: running variance {_three(seen.running_var[-1])}, last batch {_three(seen.batch_var[-1])}, whole "
        f"training split {_three(seen.data_var[-1])}; running mean {_three(seen.running_mean[-1])}, last batch "
        f"{_three(seen.batch_mean[-1])}, whole split {_three(seen.data_mean[-1])}.",
        f"A batch is divided by its biased variance (÷ {size}), but the running variance takes the unbiased one "
        f"(÷ {size - 1}), × {size / (size - 1):.3f}" + _closed_form(seen) + ".",
    ]
    return [*mode_sentences(job, seen), *says] if seen.accuracy and len(seen.look_steps) else says


def mode_sentences(job: RunningStatisticsJob, seen: RunningStatisticsSnapshot) -> list[str]:
    """What running averages make of the network at the start and now, against fresh statistics."""
    running, fresh = seen.train_loss["running"], seen.train_loss["fresh"]
    wide, narrow = (_spreads(seen.spreads[kind][0]) for kind in ("running", "fresh"))
    own, averaged, whole = (f"{seen.accuracy[kind][-1]:.1%}" for kind in ("training", "running", "fresh"))
    return [
        "Before the first step the running averages are mean 0 and variance 1, whatever flows through the network: by "
        f"them the training loss is {_loss(running[0])}, and the hidden layers spread {wide}. By fresh statistics, of "
        f"the training split with the weights of now, it is {_loss(fresh[0])}, and they spread {narrow}.",
        f"After step {int(seen.look_steps[-1])}: training loss {_loss(running[-1])} by running averages and "
        f"{_loss(fresh[-1])} by fresh statistics. Validation accuracy {own} in train mode, in batches of "
        f"{job.config.batch_size}, {averaged} by running averages, {whole} by fresh statistics.",
        "`model.eval()` in an ordinary script reads the running averages. Every evaluation here (curves, layers, maps, "
        "final scores) takes fresh statistics, so that a loss tells of the weights and not of averages that lag behind "
        "them (Wu and Johnson, 2021).",
    ]


def _spreads(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.3g}" for value in values)


def _loss(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _steps_to_forget(kept: float) -> str:
    steps = 1 if kept == 0 else math.ceil(math.log(0.05) / math.log(kept))
    return f"{steps} step{'s' if steps > 1 else ''}"


def _closed_form(seen: RunningStatisticsSnapshot) -> str:
    if math.isnan(seen.error):
        return ""
    return (
        f": over all steps, torch is at most {number(seen.error)} from the closed form with the unbiased one, and "
        f"{number(seen.biased_error)} from that with the biased one"
    )


def range_sentences(job: NormalizationSweepJob, runs: Sequence[SweptRun], column: str) -> list[str]:
    """How much the accuracy of each normalization depends on the swept field."""
    says = []
    for name in job.normalizations:
        own = {run.value: getattr(run, column) for run in runs if run.normalization == name and run.has_result}
        own = {value: accuracy for value, accuracy in own.items() if accuracy is not None}
        if own:
            low, high = min(own, key=own.get), max(own, key=own.get)
            says.append(
                f"{_label(name)}: from {own[low]:.1%} at {number_text(low)} to {own[high]:.1%} at {number_text(high)}, "
                f"a range of {100 * (own[high] - own[low]):.1f} points."
            )
    return [*says, *_by_running_averages(runs, column), *_failures(runs)] or ["Nothing yet."]


def _by_running_averages(runs: Sequence[SweptRun], column: str) -> list[str]:
    """What `model.eval()` of an ordinary script would report, where that is another number."""
    known = {run.value: run.running_accuracy for run in runs if run.running_accuracy is not None}
    if column != "val_accuracy" or not known:
        return []
    each = ", ".join(f"{known[value]:.1%} at {number_text(value)}" for value in sorted(known))
    return [f"By the running averages of training, which a script's eval mode reads, batch normalization has {each}."]


def level_sentences(job: NormalizationSweepJob, runs: Sequence[SweptRun], column: str, level: float) -> list[str]:
    """For which values each normalization reaches an accuracy, and how much further the first of two goes."""
    says, highest, word = [], {}, SPECS[job.field].label.lower()
    for name in job.normalizations:
        own = [run for run in runs if run.normalization == name and run.has_result]
        reached = [run.value for run in own if run.status == "finished" and (getattr(run, column) or 0) >= level]
        if not own:
            continue
        if reached:
            highest[name] = max(reached)
            ends = [number_text(min(reached)), number_text(max(reached))]
            span = f"from {' to '.join(ends)}" if len(reached) > 1 else f"{ends[0]} alone"
            says.append(f"{_label(name)}: {len(reached)} of {len(own)} runs reach {level:.0%}, {word} {span}.")
        else:
            says.append(f"{_label(name)}: none of {len(own)} runs reaches {level:.0%}.")
    plain = next((name for name in highest if not NORMALIZATIONS[name].target), None)
    for name, value in highest.items():
        if plain is not None and value != highest[plain]:
            ratio = number(value / highest[plain])
            says.append(f"The highest {word} with {_label(name).lower()} normalization is {ratio} times that without.")
    return [*says, *_failures(runs)] or ["Nothing yet."]


def _failures(runs: Sequence[SweptRun]) -> list[str]:
    refused = [
        f"{_label(run.normalization)} at {number_text(run.value)} is refused. {run.message}"
        for run in runs
        if run.status == REFUSED
    ]
    lost = [f"{_label(r.normalization)} at {number_text(r.value)}" for r in runs if r.status == "diverged"]
    return [*refused, *([f"Diverged: {'; '.join(lost)}."] if lost else [])]


def weight_scale_sentences(job: WeightScaleJob, seen: WeightScaleSnapshot) -> list[str]:
    a, says = job.factor, []
    for name, here in seen.here.items():
        sentence = (
            f"{_label(name)}: at a = {a:.3g} the output changes by up to {number(here.output_change)} and the gradient "
            f"is {number(here.gradient_ratio)} times the one at a = 1"
        )
        if not math.isnan(here.gradient_error):
            sentence += (
                f" (1 / a = {number(1 / a)}). What changes is due to ε: the closed form, ε / a² in place of ε, says "
                f"{number(here.output_change_expected)}, and the gradient is off by {number(here.gradient_error)}. "
                f"The gradient's part along the weights is {number(here.alignment)} of it: it turns them, no more"
            )
        says.append(f"{sentence}.")
    return says or ["Nothing yet."]


def _label(name: str) -> str:
    return NORMALIZATIONS[name].label
