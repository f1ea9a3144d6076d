"""What the page "Optimizer paths" lets a person choose, and what it shows."""

import math
from contextlib import suppress
from typing import Any

import streamlit as st

from playground.catalog import OPTIMIZERS, SCHEDULES, SURFACES
from playground.catalog.surfaces import USUAL_OPTIMIZERS
from playground.charts.paths import theory as path_theory
from playground.charts.paths.picture import paths_payload
from playground.config import Config
from playground.fields import SPECS
from playground.jobs.paths.job import PathsSnapshot
from playground.jobs.paths.settings import PATH_SPECS, RATES, SHARED, PathSettings, number_spec, start_of
from playground.parsing import ConfigError
from playground.spec import Spec
from playground.ui.chart import show_chart
from playground.ui.lesson import lesson_control, refusals
from playground.ui.paths.canvas import show_paths
from playground.ui.place.checks import one_of, text
from playground.ui.place.place import keep, key_of, put
from playground.ui.try_on_train import try_on_train
from playground.ui.visit import session

PAGE = "optimizer_paths"
CANVAS, _DRAWN, _MOVED = f"{PAGE}_canvas", f"{PAGE}_drawn", f"{PAGE}_moved"
MAX_STEPS = 2000  # all that the canvas is sent at once
FIRST = "quadratic"  # what a visitor sees first: four characters in one ravine
MOMENTUM = 0.9
OWN_SETTINGS = "Each surface has a rate, a number of steps and a start of its own; what you change here stays with it."
RATE_LABELS = dict(zip(RATES, ("Shared", "Usual", "Own best"), strict=True))


def choose_paths() -> PathSettings:
    """Controls in the sidebar, and what they say; a wrong value ends the page with one sentence."""
    with st.sidebar:
        values = _choose_surface()
        values |= _choose_optimizers(values["surface"])
    with refusals():
        return PathSettings.parse(values)


def _choose_surface() -> dict[str, Any]:
    surface = lesson_control(PAGE, "surface", FIRST, spec=PATH_SPECS["surface"])
    row = SURFACES[surface]
    st.markdown(f"$f = {row.formula}$")
    st.caption(f"{row.about} {OWN_SETTINGS}")
    values = {"surface": surface}
    for parameter, column in zip(row.parameters, _pairs(len(row.parameters)), strict=True):
        with column:
            start = row.shown.get(parameter.name, parameter.default)
            spec = number_spec(parameter)
            values[parameter.name] = lesson_control(f"{PAGE}_{surface}", parameter.name, start, spec=spec)
    label = "Start (x, y)"
    values["start"] = st.text_input(
        label, key=keep(_start_name(surface), point_text(row.start), text, label=label), persist_state="session",
        help="Two numbers; or click on the map, or drag the ring.",
    )  # fmt: skip
    return values


def _choose_optimizers(surface: str) -> dict[str, Any]:
    row, own = SURFACES[surface], f"{PAGE}_{surface}"
    values = {"optimizers": lesson_control(PAGE, "optimizers", USUAL_OPTIMIZERS, spec=PATH_SPECS["optimizers"])}
    label = PATH_SPECS["rates"].label
    rates = st.segmented_control(
        label, RATES, format_func=RATE_LABELS.get, required=True, persist_state="session",
        key=keep(f"{PAGE}_rates", SHARED, one_of(RATES), label=label), help=PATH_SPECS["rates"].help,
    )  # fmt: skip
    values["rates"] = rates
    columns = _pairs(4)
    with columns[0]:
        reason = "" if rates == SHARED else "Each optimizer has its own."
        values["learning_rate"] = lesson_control(own, "learning_rate", row.learning_rate, reason=reason)
    with columns[1]:
        uses = any("momentum" in OPTIMIZERS[name].uses for name in values["optimizers"])
        reason = "" if uses else "None of these optimizers has momentum."
        values["momentum"] = lesson_control(PAGE, "momentum", MOMENTUM, reason=reason)
    with columns[2]:
        values["steps"] = lesson_control(own, "steps", row.steps, spec=_shorter(PATH_SPECS["steps"]))
    with columns[3]:
        values["schedule"] = lesson_control(PAGE, "schedule", next(iter(SCHEDULES)))
    return values


def _shorter(spec: Spec) -> Spec:
    return Spec(**{**vars(spec), "high": MAX_STEPS})


def _pairs(number: int) -> list[Any]:
    """Places for controls, two beside each other."""
    rows = [st.columns(2, vertical_alignment="bottom") for _ in range(math.ceil(number / 2))]
    return [column for row in rows for column in row][:number]


def what_to_see(settings: PathSettings) -> str:
    """One sentence: of the surface, as long as its settings are its own."""
    row = SURFACES[settings.surface]
    own = {"surface": row.name, "rates": SHARED, "learning_rate": row.learning_rate, "momentum": MOMENTUM}
    own |= {"steps": row.steps, "start": row.start, "schedule": next(iter(SCHEDULES)), **row.shown}
    if is_same(settings, PathSettings.parse({**own, "optimizers": settings.optimizers})):
        return row.sees
    return "These are settings of your own: watch who overshoots, who walks straight, and who leaves the map."


def is_same(one: PathSettings, other: PathSettings) -> bool:
    """Whether the same optimizers walk the same paths, however their fields are written."""
    places = [(way.surface, way.numbers, way.rates, way.steps, way.start) for way in (one, other)]
    configs = [[way.config_of(name) for name in way.optimizers] for way in (one, other)]
    return places[0] == places[1] and configs[0] == configs[1]


def _start_name(surface: str) -> str:
    return f"{PAGE}_{surface}_start"


def point_text(point: Any) -> str:
    x, y = (round(float(value), 6) for value in point)
    return f"{x:.4g}, {y:.4g}"


def _take_start() -> None:
    """The start as it was put on the map; what is no point is ignored."""
    with suppress(ConfigError):
        place = start_of(st.session_state[CANVAS].get("start"))
        put(_start_name(st.session_state[key_of(f"{PAGE}_surface")]), point_text(place))
        st.session_state[_MOVED] = True


def show_paths_and_theory(settings: PathSettings, snapshot: PathsSnapshot) -> None:
    """The canvases, which learning rates these are, what theory says; while computing, the picture before."""
    if st.session_state.pop(_MOVED, False):
        st.rerun()  # the canvas reruns its own fragment only, and the start is a control of the page
    if not snapshot.paths:
        snapshot = st.session_state.get(_DRAWN, (snapshot,))[0]
    if not snapshot.paths:
        return
    drawn = st.session_state.get(_DRAWN)
    if drawn is None or drawn[0] is not snapshot:
        drawn = st.session_state[_DRAWN] = (snapshot, paths_payload(snapshot))
    show_paths(drawn[1], key=CANVAS, on_start_change=_take_start)
    st.markdown(path_theory.rates_sentence(snapshot))
    _show_theory(snapshot)


def _show_theory(snapshot: PathsSnapshot) -> None:
    st.subheader("What theory says", anchor=False)
    table = path_theory.claims_table(snapshot)
    if table.empty:
        st.markdown(
            "Nothing in closed form for this surface, schedule and these optimizers. Choose the quadratic, the plane or"
            " the saddle with a constant schedule."
        )
        return
    if not snapshot.rate_curves:
        st.table(table.set_index("Optimizer"))
    else:
        left, right = st.columns([3, 2], gap="large")
        left.table(table.set_index("Optimizer"))
        with right:
            show_chart(
                path_theory.rate_chart,
                {"rates": path_theory.rate_data(snapshot)},
                description=path_theory.rate_alt(),
                key=f"{PAGE}_rates_chart",
                optimizers=tuple(snapshot.rate_curves),
            )


def show_way_to_train(settings: PathSettings) -> None:
    """Take one of the optimizers along to the Train page, with its learning rate, momentum and schedule."""
    drawn = st.session_state.get(_DRAWN)
    rates = {path.config.optimizer: path.config.learning_rate for path in drawn[0].paths} if drawn else {}
    chosen = st.segmented_control(
        "Take along", settings.optimizers, format_func=lambda name: OPTIMIZERS[name].label,
        default=settings.optimizers[-1], required=True, key=f"{PAGE}_along",
    )  # fmt: skip
    with refusals():
        try_on_train(config_for_training(settings, chosen, rates.get(chosen)), key=f"{PAGE}_try")


def config_for_training(settings: PathSettings, optimizer: str, learning_rate: float | None) -> Config:
    """The session's Config with one optimizer of the page."""
    walked = settings.config_of(optimizer)
    fields = {"optimizer": optimizer, "learning_rate": learning_rate or walked.learning_rate}
    uses = OPTIMIZERS[optimizer].uses | {"schedule", "warmup_fraction"}
    fields |= {name: getattr(walked, name) for name in uses if name in SPECS}
    return session.current_config().replace(**fields)


def sources(settings: PathSettings) -> list[str]:
    """Of the surface, of each optimizer and of the claims that are shown, each once."""
    claims = path_theory.claim_sources(st.session_state[_DRAWN][0]) if _DRAWN in st.session_state else []
    optimizers = [OPTIMIZERS[name].source for name in settings.optimizers]
    return list(dict.fromkeys([SURFACES[settings.surface].source, *optimizers, *claims]))
