"""The charts of the lesson on normalization, as `tests.charts.specs.CHARTS` lists the others."""

from playground.charts.normalization import normalized_tensor, running_statistics, sweep, weight_scale

SWEEP = {"field": "batch_size", "normalizations": ("none", "batch"), "column": "val_accuracy", "values": (1, 2, 64)}
SCALE = {"column": "gradient_ratio", "normalizations": ("none", "batch")}
NORMALIZATION_CHARTS = {
    "normalization sweep": (sweep.sweep_chart, {**SWEEP, "level": 0.9}, "sweep", sweep.sweep_alt(field="batch_size")),
    "running mean": (
        running_statistics.statistic_chart,
        {"statistic": "mean", "title": "Mean"},
        "mean",
        running_statistics.statistic_alt(title="Mean"),
    ),
    "modes": (
        running_statistics.mode_chart,
        {"measure": "accuracy", "title": "Accuracy"},
        "modes",
        running_statistics.mode_alt(),
    ),
    "weight scale": (
        weight_scale.weight_scale_chart,
        SCALE,
        "gradient_ratio",
        weight_scale.weight_scale_alt(column="gradient_ratio"),
    ),
    "cells": (normalized_tensor.cells_chart, {}, "cells", normalized_tensor.cells_alt()),
}
