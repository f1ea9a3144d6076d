"""The table of claims, the sentence about learning rates, and the chart of rates."""

import numpy as np

from playground.charts.paths.theory import CURVE, EDGE, PRESENT, claim_sources, claims_table, rate_data, rates_sentence
from playground.train.paths.claims import Claim
from tests.charts.paths.test_picture import path, snapshot

CLAIMS = (
    Claim("adam", "length of step 1 in learning rates", 1.0, 0.99999, True, "Kingma"),
    Claim("sgd", "distance after each step, as a multiple", 0.9, 0.91234567, True, "Goh"),
    Claim("sgd", "the same at its best settings: learning rate 0.1", 0.8, None, None, "Goh"),
)
CURVES = {"sgd": (np.array([0.01, 0.1, 0.2]), np.array([0.99, 0.9, 1.1]))}


def test_claims_are_sorted_by_optimizer_and_said_in_words():
    table = claims_table(snapshot(claims=CLAIMS))
    assert table["Optimizer"].tolist() == ["SGD", "SGD", "Adam"]
    assert table["Measured"].tolist() == ["0.9123", "-", "1"]
    assert table["Agrees"].tolist() == ["yes", "-", "yes"]
    assert claim_sources(snapshot(claims=CLAIMS)) == ["Kingma", "Goh"]


def test_no_claims_make_an_empty_table():
    assert claims_table(snapshot()).empty and rate_data(snapshot()).empty


def test_the_rates_are_said_with_where_they_come_from():
    usual = rates_sentence(snapshot(path(learning_rate=0.1), path("adam", learning_rate=0.01)))
    assert usual == "Each at its usual learning rate: SGD **0.1**, Adam **0.01**."


def test_rate_data_holds_curves_the_present_path_and_the_edge():
    data = rate_data(snapshot(path(learning_rate=0.05), claims=CLAIMS, rate_curves=CURVES))
    assert data["kind"].tolist() == [CURVE] * 3 + [PRESENT, EDGE]
    present = data[data["kind"] == PRESENT].iloc[0]
    assert (present["learning_rate"], present["rate"]) == (0.05, 0.91234567)
    assert data["limit"].tolist()[:3] == [0.1] * 3
