"""What to search, in the sidebar: the network, the methods and the space."""

import streamlit as st

from playground.catalog import DATASETS, OPTIMIZERS, SEARCH_METHODS
from playground.config import Config
from playground.fields import SPECS
from playground.jobs.search.job import SearchJob
from playground.jobs.search.settings import SEARCH_SPECS
from playground.parsing import ConfigError
from playground.presets import PRESETS
from playground.train.search.methods import USUAL
from playground.ui.lesson import lesson_control
from playground.ui.place.checks import one_of, switch
from playground.ui.place.place import keep, put
from playground.ui.search.space import show_space, take_space
from playground.ui.search.words import size_line
from playground.ui.try_on_train import TRAIN_PAGE
from playground.ui.visit import session
from playground.ui.words import plain

PAGE = "search"
EXAMPLE, OWN = "example", "own"
NETWORKS = {EXAMPLE: "Digits, quick to train", OWN: "Your settings on Train"}
EXAMPLE_CONFIG = PRESETS["digits"].config.replace(optimizer="adam", num_epochs=5)
_NETWORK = f"{PAGE}_network"
OF_TRIALS = ("num_epochs", "num_folds")  # fields of the Config that have a control here
FIRST_TRIALS = 81  # a grid of 9 x 9


def show_search_form() -> SearchJob | None:
    """The search that the controls say; None where a sentence beside them says what is wrong."""
    with st.sidebar:
        config = _show_network()
        if config is None:
            return None
        methods = _show_methods()
        trials = lesson_control(PAGE, "trials", FIRST_TRIALS, spec=SEARCH_SPECS["trials"])
        space = show_space(config)
        cut_above = lesson_control(PAGE, "cut_above", SearchJob.cut_above, spec=SEARCH_SPECS["cut_above"])
        if space is None:
            return None
        try:
            job = SearchJob(config, space, methods, trials, cut_above=cut_above)
        except ConfigError as error:
            _show_problems(error)
            return None
        st.caption(size_line(job))
        return job


def take_search(job: SearchJob) -> None:
    """Make the controls say this search, all but the visitor's own Config; before they are drawn, as in a callback."""
    take_space(job.space)
    of_trials = {name: getattr(job.config, name) for name in OF_TRIALS}
    network = EXAMPLE if EXAMPLE_CONFIG.replace(fold=job.config.fold, **of_trials) == job.config else OWN
    values = {f"{network}_{name}": value for name, value in of_trials.items()}
    values |= {"network": network, "trials": job.trials, "cut_above": job.cut_above}
    values |= {f"method_{name}": name in job.methods for name in SEARCH_METHODS}
    for name, value in values.items():
        put(f"{PAGE}_{name}", value)


def _show_network() -> Config | None:
    """What all trials have in common."""
    at_first = OWN if session.current_config() != Config() else EXAMPLE
    chosen = st.selectbox(
        "Network",
        list(NETWORKS),
        format_func=NETWORKS.get,
        key=keep(_NETWORK, at_first, one_of(NETWORKS), label="Network"),
        persist_state="session",
        help="What every trial has in common: the data, the network and all settings that are not searched.",
    )
    config = EXAMPLE_CONFIG if chosen == EXAMPLE else session.current_config()
    st.caption(plain(base_line(config)))
    if chosen == OWN:
        st.page_link(TRAIN_PAGE, label="Change them on Train", icon=":material/model_training:")
    with st.container(horizontal=True):
        num_epochs = lesson_control(f"{PAGE}_{chosen}", "num_epochs", config.num_epochs)
        num_folds = lesson_control(f"{PAGE}_{chosen}", "num_folds", config.num_folds)
    try:
        return config.replace(num_epochs=num_epochs, num_folds=num_folds, num_seeds=1)
    except ConfigError as error:
        _show_problems(error)
        return None


def base_line(config: Config) -> str:
    """Data, optimizer and network in one line."""
    shape = " and ".join(map(str, config.hidden_sizes)) or "no"
    data, optimizer = DATASETS[config.dataset].label, OPTIMIZERS[config.optimizer].label
    return f"{data}, {config.num_samples} samples; hidden layers of {shape} units; {optimizer}."


def _show_methods() -> tuple[str, ...]:
    """A switch for each method; one that cannot be used here is greyed out with the reason."""
    st.markdown("Methods", help=SEARCH_SPECS["methods"].help)
    chosen = []
    with st.container(gap="xxsmall"):
        for name, row in SEARCH_METHODS.items():
            is_on = st.checkbox(
                row.label,
                key=keep(f"{PAGE}_method_{name}", name in USUAL, switch, label=row.label),
                disabled=bool(row.missing),
                persist_state="session",
                help=f"{row.about} Source: {row.source}",
            )
            if row.missing:
                st.caption(f"Not available here: it {row.missing}")
            elif is_on:
                chosen.append(name)
    return tuple(chosen)


def _show_problems(error: ConfigError) -> None:
    for name, problem in error.problems.items():
        label = (SPECS | SEARCH_SPECS)[name].label if name in SPECS | SEARCH_SPECS else name.capitalize()
        st.warning(plain(f"{label} {problem}"))
