"""What happens to a visitor's Config when one field is changed."""

import pytest
import streamlit as st

from playground.config import Config
from playground.ui.visit import session


@pytest.fixture(autouse=True)
def of_its_own(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    session.take_config(Config())


def test_a_change_is_taken_and_defaults_follow():
    assert session.change_field("dataset", "digits")
    assert session.current_config() == Config.parse({"dataset": "digits"})
    assert session.notices() == []


@pytest.mark.parametrize(
    ("name", "value"), [("learning_rate", "fast"), ("hidden_sizes", "8,,8"), ("num_epochs", 10**9)]
)
def test_a_bad_value_changes_nothing(name, value):
    assert not session.change_field(name, value)
    assert session.current_config() == Config()
    assert [notice.endswith("came. Nothing was changed.") for notice in session.notices()] == [True]


def test_a_field_that_no_longer_fits_goes_back_to_its_default():
    session.take_config(Config.parse({"loss": "hinge", "noise": 0.5}))
    assert session.change_field("dataset", "diabetes")
    assert session.current_config() == Config.parse({"dataset": "diabetes", "noise": 0.5})
    assert [notice.startswith("Loss: ") for notice in session.notices()] == [True]


def test_what_stands_in_the_way_goes_back_to_its_default():
    session.take_config(Config.parse({"batch_size": 1}))
    assert session.change_field("normalization", "batch")
    assert session.current_config() == Config.parse({"normalization": "batch"})
    assert [notice.startswith("Batch size: ") for notice in session.notices()] == [True]


def test_the_next_change_takes_the_notice_away():
    session.change_field("learning_rate", "fast")
    session.change_field("learning_rate", 0.1)
    assert session.notices() == []


def test_sentences_name_the_label_or_what_came():
    assert session.sentences({"l1": "no.", "zebra": "what?"}) == ["L1: no.", "zebra: what?"]
