"""Search methods: how the next trial of a search for good values is chosen."""

from dataclasses import dataclass
from importlib.util import find_spec

from playground.registry import Row, Table


@dataclass(frozen=True, kw_only=True)
class SearchMethod(Row):
    """One method.

    Args:
        requires: module of an optional requirement; "" for none.
    """

    requires: str = ""

    @property
    def missing(self) -> str:
        """Why the method cannot be used here, as the end of a sentence, for a page too; "" where it can."""
        if not self.requires or find_spec(self.requires):
            return ""
        return f"needs the optional requirement {self.requires}: pip install -r requirements-{self.requires}.txt."


SEARCH_METHODS = Table(
    "search_methods",
    "Search method",
    "How the next trial of a search is chosen.",
    (
        SearchMethod(
            name="grid",
            label="Grid",
            formula=r"n = \prod_j k_j",
            about="Tries every combination of a few values of each field, so that each value comes many times.",
            source="Bergstra and Bengio, Random search for hyper-parameter optimization, 2012, "
            "https://jmlr.org/papers/v13/bergstra12a.html",
        ),
        SearchMethod(
            name="random",
            label="Random",
            formula=r"x_j = a_j \, (b_j / a_j)^{u_j}, \quad u_j \sim U(0, 1)",
            about="Draws every trial anew, so that each one tries another value of every field.",
            source="Bergstra and Bengio, Random search for hyper-parameter optimization, 2012, "
            "https://jmlr.org/papers/v13/bergstra12a.html",
        ),
        SearchMethod(
            name="halving",
            label="Successive halving",
            formula=r"n_{i+1} = \lfloor n_i / \eta \rfloor, \quad r_{i+1} = \eta \, r_i",
            about="Starts many random trials for a few epochs, and lets only the best third go on for three times as "
            "many.",
            source="Jamieson and Talwalkar, Non-stochastic best arm identification and hyperparameter optimization, "
            "2016, arXiv:1502.07943",
        ),
        SearchMethod(
            name="tpe",
            label="TPE",
            formula=r"x = \arg\max_x \; \ell(x) / g(x)",
            about="Learns from the trials so far where good ones are dense and bad ones rare, and tries there next.",
            source="Bergstra et al., Algorithms for hyper-parameter optimization, 2011, "
            "https://papers.nips.cc/paper/4443",
            target="optuna.samplers.TPESampler",
            requires="optuna",
        ),
    ),
)
