"""Controls of the lesson on preprocessing, and the jobs that they make."""

from typing import Any

import streamlit as st

from playground.catalog import DATASETS, PREPROCESSING
from playground.catalog import preprocessing_lesson as lesson
from playground.config import Config
from playground.fields import SPECS
from playground.jobs.preprocessing.before_after import BEFORE_AFTER_SPECS, CLOUD, BeforeAfterJob
from playground.jobs.preprocessing.digit_directions import DigitDirectionsJob
from playground.jobs.preprocessing.leak import LEAK_SPECS, LeakJob
from playground.spec import DATA, Spec, number_text
from playground.ui.lesson import CONTROL_WIDTH, control_row, lesson_control, refusals
from playground.ui.place.checks import one_of, switch
from playground.ui.place.place import keep
from playground.ui.visit import session

PAGE = "preprocessing"
EPSILONS = (0.0, 1e-12, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0)
THICKNESSES = (1e-4, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.5, 1.0, 2.0)
SOURCES = {CLOUD: "A cloud", lesson.IMAGES: DATASETS[lesson.IMAGES].label}
SLIDERS = ("angle", "distance", "num_samples")
NO_IMAGES = "Belongs to the cloud."


def select(name: str, label: str, options: dict[str, str], text: str, start: str | None = None) -> str:
    """A choice among names with their labels."""
    key = keep(f"{PAGE}_{name}", start or next(iter(options)), one_of(options), label=label)
    return st.selectbox(
        label, list(options), format_func=options.get, key=key, persist_state="session", width=CONTROL_WIDTH, help=text
    )  # fmt: skip


def stop(name: str, options: tuple[float, ...], start: float, spec: Spec, reason: str = "") -> float:
    """A slider that holds at certain values."""
    text = f"{f'Not used: {reason} ' if reason else ''}{spec.help}"
    return st.select_slider(
        spec.label, options, format_func=number_text, persist_state="session", width=CONTROL_WIDTH,
        key=keep(f"{PAGE}_{name}", start, one_of(options), label=spec.label), disabled=bool(reason), help=text,
    )  # fmt: skip


def before_after_job() -> BeforeAfterJob:
    """A cloud or images, and one step."""
    labels = {name: PREPROCESSING[name].label for name in lesson.CHANGES}
    with control_row():
        source = select("source", SPECS["dataset"].label, SOURCES, "Made points, or 8 x 8 images as 64 inputs.")
        name = select("step", SPECS["preprocessing"].label, labels, SPECS["preprocessing"].help, lesson.START)
        row = PREPROCESSING[name]
        reason = "" if row.has_epsilon else "Choose whitening first."
        values = {"epsilon": stop("epsilon", EPSILONS, 1e-5, BEFORE_AFTER_SPECS["epsilon"], reason)}
        values["share"] = _slider("share", "")
        values |= _cloud_controls("" if source == CLOUD else NO_IMAGES)
    shown = _image_controls(row.reduces) if source != CLOUD else {}
    with refusals():
        return BeforeAfterJob(source=source, preprocessing=name, **values, **shown)


def _slider(name: str, reason: str) -> Any:
    spec, start = BEFORE_AFTER_SPECS[name], getattr(BeforeAfterJob, name)
    return lesson_control(
        PAGE, name, start, spec=spec, low=spec.low, high=spec.high, reason=reason, width=CONTROL_WIDTH
    )


def _cloud_controls(reason: str) -> dict[str, Any]:
    start = BeforeAfterJob.thickness
    values = {"thickness": stop("thickness", THICKNESSES, start, BEFORE_AFTER_SPECS["thickness"], reason)}
    values |= {name: _slider(name, reason) for name in SLIDERS}
    seed = BEFORE_AFTER_SPECS["seed"]
    values["seed"] = lesson_control(PAGE, "seed", 0, spec=seed, reason=reason, width=CONTROL_WIDTH)
    values["has_outlier"] = st.toggle(
        "Outlier", key=keep(f"{PAGE}_outlier", False, switch, label="Outlier"), persist_state="session",
        disabled=bool(reason), width=CONTROL_WIDTH,
        help="Adds 30 to the first input of one sample, as a slip of the hand would.",
    )  # fmt: skip
    return values


def _image_controls(is_rotated: bool) -> dict[str, tuple[int, int]]:
    """Which two of the inputs are shown."""
    starts = {"pixel": lesson.PIXELS, "direction": (1, 2)}
    helps = {"pixel": "Counted row by row from 1; many at the border are always empty.",
             "direction": "1 has the largest variance; the last ones have none."}  # fmt: skip
    reasons = {"pixel": "", "direction": "" if is_rotated else "Choose PCA or whitening first."}
    found = {}
    with control_row():
        for what, start in starts.items():
            found[f"{what}s"] = tuple(
                lesson_control(
                    PAGE, f"{what}_{axis}", begin, low=1, high=64, width=CONTROL_WIDTH, reason=reasons[what],
                    spec=Spec(group=DATA, low=1, high=64, label=f"{what.capitalize()} {axis}", help=helps[what]),
                )
                for axis, begin in zip(("across", "up"), start, strict=True)
            )  # fmt: skip
    return found


def digits_job() -> tuple[DigitDirectionsJob, str]:
    """Statistics of the digits, and the step to take along."""
    labels = {name: PREPROCESSING[name].label for name in lesson.REDUCING}
    with control_row():
        components = SPECS["num_components"]
        values: dict[str, Any] = {
            "num_components": lesson_control(
                "digits", "num_components", lesson.NUM_COMPONENTS, spec=components, low=1, high=components.high,
                width=CONTROL_WIDTH,
            ),
            "epsilon": stop("digits_epsilon", EPSILONS, 1e-5, BEFORE_AFTER_SPECS["epsilon"]),
            "seed": lesson_control("digits", "seed", 0, width=CONTROL_WIDTH),
        }  # fmt: skip
        carried = select("carried", "Take along", labels, "The step for the Train page, with these components.")
        values["has_all"] = st.toggle(
            "Fit on all digits", key=keep(f"{PAGE}_has_all", False, switch, label="Fit on all digits"),
            persist_state="session", width=CONTROL_WIDTH,
            help="Off, the statistics are of the training split alone, as they should be; lecture figures are of all.",
        )  # fmt: skip
    with refusals():
        return DigitDirectionsJob(**values), carried


def leak_job() -> LeakJob:
    """One step, fitted twice."""
    rows = {name: row.label for name, row in PREPROCESSING.items()}
    steps = {name: rows.get(name, lesson.SELECTION_LABEL) for name in lesson.LEAKS}
    data = {name: lesson.LEAK_LABELS[name] if name in lesson.LEAK_LABELS else DATASETS[name].label
            for name in lesson.LEAK_DATA}  # fmt: skip
    with control_row():
        values: dict[str, Any] = {
            "step": select(
                "leak_step",
                "Step that leaks",
                steps,
                "What is fitted first; selecting keeps the inputs that differ most by label.",
            ),
            "data": select("leak_data", SPECS["dataset"].label, data, "In pure noise there is nothing to find."),
        }
        for name, spec in LEAK_SPECS.items():
            reason = "Real data have their own." if name == "num_inputs" and values["data"] != lesson.NOISE else ""
            bounds = {} if name == "seed" else {"low": spec.low, "high": spec.high}
            values[name] = lesson_control(
                "leak", name, getattr(LeakJob, name), spec=spec, reason=reason, width=CONTROL_WIDTH, **bounds
            )
        values["has_outlier"] = st.toggle(
            "Outlier", key=keep(f"{PAGE}_leak_outlier", False, switch, label="Outlier"), persist_state="session",
            width=CONTROL_WIDTH,
            help="One validation sample comes in a wrong unit, 100 times too large.",
        )  # fmt: skip
    with refusals():
        return LeakJob(**values)


def leak_to_train(job: LeakJob) -> Config:
    """The same step, where it cannot leak."""
    step = job.step if job.step in PREPROCESSING else lesson.TREATMENTS[0]
    return to_train(step, job.data if job.data in DATASETS else "")


def to_train(preprocessing: str, dataset: str = "", num_components: int = 0) -> Config:
    """The visitor's Config with this step."""
    carried: dict[str, Any] = {"preprocessing": preprocessing, "num_components": num_components}
    carried |= {"dataset": dataset} if dataset else {}
    return Config.salvage({**session.current_config().changes(), **carried})[0]
