"""Controls of the lesson on activations, and the jobs that they make."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from playground.catalog import ACTIVATIONS, DATASETS, INITIALIZERS, PREPROCESSING
from playground.catalog import activation_lesson as lesson
from playground.catalog.datasets import PLANE
from playground.config import Config
from playground.fields import SPECS
from playground.jobs.activations.cost import ActivationCostJob
from playground.jobs.activations.curves import HIGHEST, LOWEST, MOST_PIECES, ActivationCurvesJob
from playground.jobs.activations.dead_units import DeadUnitsJob
from playground.jobs.activations.positive_inputs import POSITIVE_INPUT_SPECS, PositiveInputsJob
from playground.jobs.signal.job import DATA_SET, SIGNAL_SPECS, SignalJob
from playground.jobs.signal.signals import SignalsJob
from playground.spec import NETWORK, Spec
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals
from playground.ui.place.checks import number, one_of, span_of
from playground.ui.place.place import keep, keep_span
from playground.ui.visit import session

PAGE = "activations"
NAMES = Spec(
    group=NETWORK, table=ACTIVATIONS, is_sequence=True, label="Activations", help="Which functions to show together.",
)  # fmt: skip
CARRIED = Spec(group=NETWORK, table=ACTIVATIONS, label="Take along", help="The activation for the Train page.")
READ = Spec(
    group=NETWORK, low=LOWEST, high=HIGHEST, step=0.5, label="Read at z", help="Where the table reads f and f '."
)
SLOPE = Spec(group=NETWORK, low=0, high=1, step=0.01, label="PReLU's slope",
             help="For negative z; it is learned, and 0.25 is where it starts.")  # fmt: skip
PIECES = Spec(group=NETWORK, low=2, high=MOST_PIECES, label="Maxout's pieces",
              help="Lines whose upper envelope is the function; 2 is usual.")  # fmt: skip
RATES = (0.03, 0.1, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0)
BIASES = (-10.0, -5.0, -2.0, -1.0, -0.5, -0.1, 0.0, lesson.POSITIVE_BIAS, 0.1, 0.5, 1.0)
NEURON_RATES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1.0, 2.0)
CLOUDS = tuple(
    name
    for name, row in DATASETS.items()
    if (row.kind == PLANE and row.num_classes) or name == lesson.IMAGE_FIELDS["dataset"]
)


def _chosen(key: str, start: tuple[str, ...]) -> tuple[str, ...]:
    names = lesson_control(PAGE, key, start, spec=NAMES)
    return tuple(name for name in ACTIVATIONS if name in names)


def curves_job() -> ActivationCurvesJob:
    """Functions together, over a range."""
    names = _chosen("curves", lesson.CURVES_START)
    has_slope = any(ACTIVATIONS[name].learned for name in names)
    has_pieces = any(ACTIVATIONS[name].pieces > 1 for name in names)
    with control_row():
        low, high = st.slider(
            "Range of z", LOWEST, HIGHEST, step=0.5, persist_state="session",
            **keep_span(f"{PAGE}_range", (-6.0, 6.0), span_of(number(LOWEST, HIGHEST)), label="Range of z"),
            width=2 * CONTROL_WIDTH, help="Drag both ends; -6 to 6 shows where functions saturate.",
        )  # fmt: skip
        at = lesson_control(PAGE, "at", lesson.FAR, spec=READ, width=CONTROL_WIDTH)
        slope = lesson_control(
            PAGE, "slope", 0.25, spec=SLOPE, low=0, high=1, width=CONTROL_WIDTH,
            reason="" if has_slope else "Choose PReLU first.",
        )  # fmt: skip
        negative_slope = lesson_control(
            PAGE, "negative_slope", Config().negative_slope, low=0.01, high=1, width=CONTROL_WIDTH,
            reason="" if any(ACTIVATIONS[name].sloped for name in names) else "Choose leaky ReLU first.",
        )  # fmt: skip
        pieces = lesson_control(
            PAGE, "pieces", 2, spec=PIECES, low=2, high=MOST_PIECES, width=CONTROL_WIDTH,
            reason="" if has_pieces else "Choose maxout first.",
        )  # fmt: skip
    with refusals():
        return ActivationCurvesJob(
            names, low, high, float(at), slope if has_slope else 0.25, pieces if has_pieces else 2, negative_slope
        )


def cost_job(curves: ActivationCurvesJob) -> ActivationCostJob:
    return ActivationCostJob(curves.pieces)


def depth_job() -> tuple[tuple[str, ...], SignalsJob]:
    """The chosen activations, and the same stack with each."""
    names = _chosen("depth_names", lesson.DEPTH_START)
    with control_row():
        depth = _sized("depth", 10, 1, 50)
        width = _sized("width", 100, 10, 300, 10)
        rows = {lesson.FITTING: "As fits each", **{name: row.label for name, row in INITIALIZERS.items()}}
        initializer = st.selectbox(
            "Initializer", list(rows), format_func=rows.get, persist_state="session", width=CONTROL_WIDTH,
            key=keep(f"{PAGE}_initializer", lesson.FITTING, one_of(rows), label="Initializer"),
            help="Xavier for functions bounded on both sides, LeCun where the gain is 1, else He.",
        )  # fmt: skip
        seed = lesson_control(PAGE, "seed", 0, width=CONTROL_WIDTH)
    with refusals():
        jobs = [_stack(name, initializer, depth, width, seed) for name in names]
        return names, SignalsJob(tuple(jobs))


def _sized(name: str, start: int, low: int, high: int, step: int = 1) -> int:
    spec = SIGNAL_SPECS[name]
    return lesson_control(PAGE, name, start, spec=spec, low=low, high=high, step=step, width=CONTROL_WIDTH)


def _stack(name: str, initializer: str, depth: int, width: int, seed: int) -> SignalJob:
    if initializer == lesson.FITTING:
        initializer = lesson.fitting_initializer(ACTIVATIONS[name])
    fields = {**lesson.DEPTH_FIELDS, "activation": name, "initializer": initializer, "seed": seed}
    sizes = {"samples": lesson.DEPTH_SAMPLES, "width": width, "depth": depth, "input": DATA_SET}
    return SignalJob.parse({**fields, **sizes})


def positive_job() -> PositiveInputsJob:
    """One neuron, twice."""
    with control_row():
        values = {
            "learning_rate": _rate("neuron_rate", NEURON_RATES, PositiveInputsJob.learning_rate),
            **{
                name: _slider(name, getattr(PositiveInputsJob, name), POSITIVE_INPUT_SPECS[name])
                for name in ("num_inputs", "batch_size", "num_steps")
            },
            "seed": lesson_control("positive", "seed", 0, spec=POSITIVE_INPUT_SPECS["seed"], width=CONTROL_WIDTH),
        }
    with refusals():
        return PositiveInputsJob(**values)


def _slider(name: str, start: int, spec: Spec) -> int:
    return lesson_control("positive", name, start, spec=spec, low=spec.low, high=spec.high, width=CONTROL_WIDTH)


def _rate(key: str, options: tuple[float, ...], start: float) -> float:
    return _stop(key, SPECS["learning_rate"].label, options, start, "Length of a step; the right end breaks something.")


def _stop(key: str, label: str, options: tuple[float, ...], start: float, text: str) -> float:
    return st.select_slider(
        label, options, format_func="{:g}".format, key=keep(f"{PAGE}_{key}", start, one_of(options), label=label),
        persist_state="session", width=2 * CONTROL_WIDTH, help=text,
    )  # fmt: skip


def dead_job() -> DeadUnitsJob:
    """ReLU and leaky ReLU with the chosen bias, and ReLU with the bias that notes recommend (or none)."""
    with control_row():
        labels = {name: DATASETS[name].label for name in CLOUDS}
        dataset = st.selectbox(
            SPECS["dataset"].label, CLOUDS, format_func=labels.get, persist_state="session",
            key=keep(f"{PAGE}_cloud", lesson.CLOUD_START, one_of(CLOUDS), label=SPECS["dataset"].label),
            width=CONTROL_WIDTH, help=SPECS["dataset"].help,
        )  # fmt: skip
        rate = _rate("dead_rate", RATES, 1.0)
        bias = _stop("bias", "First bias", BIASES, 0.0, "Where the bias of every hidden unit starts; 0 is usual.")
        seed = lesson_control("dead", "seed", 0, width=CONTROL_WIDTH)
    is_plane = DATASETS[dataset].kind == PLANE
    fields: dict[str, Any] = {"dataset": dataset, **lesson.CLOUD_FIELDS} if is_plane else dict(lesson.IMAGE_FIELDS)
    fields |= {**lesson.DEAD_FIELDS, "learning_rate": rate, "seed": seed}
    other = 0.0 if bias == lesson.POSITIVE_BIAS else lesson.POSITIVE_BIAS
    with refusals():
        runs = [
            (f"{ACTIVATIONS[name].label}, bias {start:g}", Config.parse({**fields, "activation": name}), start)
            for name, start in ((lesson.DYING, bias), (lesson.SURVIVING, bias), (lesson.DYING, other))
        ]
        return DeadUnitsJob(tuple(runs))


def carried_config(names: tuple[str, ...], stacks: Sequence[SignalJob] = (), **fields: float) -> Config:
    """The visitor's Config with one of the shown activations and these fields, and with its stack if it has one."""
    name = st.selectbox(
        CARRIED.label, names, format_func=lambda name: ACTIVATIONS[name].label, key=f"{PAGE}_carried",
        width=CONTROL_WIDTH, help=CARRIED.help,
    )  # fmt: skip
    if not stacks:
        return _with({"activation": name, **fields})
    config = stacks[names.index(name)].config
    carried = {field: getattr(config, field) for field in ("dataset", "preprocessing", "activation", "initializer")}
    return _with({**carried, "hidden_sizes": config.hidden_sizes})


def positive_to_train() -> Config:
    """Pixels as they come: none is negative."""
    return _with({"dataset": lesson.IMAGE_FIELDS["dataset"], "preprocessing": next(iter(PREPROCESSING))})


def _with(fields: dict[str, Any]) -> Config:
    return Config.salvage({**session.current_config().changes(), **fields})[0]
