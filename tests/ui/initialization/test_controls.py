"""The sliders of the lesson on initialization: none of them ends where a server refuses."""

import pytest

from playground.catalog import ACTIVATIONS, NORMALIZATIONS
from playground.engine import Limits
from playground.engine.demands import refuse_too_much
from playground.jobs.signal.job import SignalJob
from playground.ui.initialization.controls import SLIDERS


def highest(part):
    """What its sliders hold when all are at their upper ends."""
    return {name: high for (page, name), (_, high, _) in SLIDERS.items() if page == part}


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_upper_ends_together_ask_for_no_more_than_a_server_allows(activation):
    for normalization in NORMALIZATIONS:
        values = {"activation": activation, "normalization": normalization}
        refuse_too_much(SignalJob.parse({**highest("depth"), **values}), Limits())
    stack = highest("residual")
    stack["depth"] = stack.pop("blocks") + 1
    refuse_too_much(SignalJob.parse({**stack, "residual": True, "activation": activation}), Limits())
