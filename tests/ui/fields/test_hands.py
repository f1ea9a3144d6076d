"""Each hand is taken once and in order, whatever list of them comes next."""

import itertools

import pytest
import streamlit as st

from playground.ui.fields import hands

LISTS = {"none": [], "one": [[1, "a", 1]], "both": [[1, "a", 1], [2, "b", 2]], "second": [[2, "b", 2]]}


@pytest.fixture(autouse=True)
def state(monkeypatch):
    state = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


@pytest.fixture
def done():
    done = []
    hands.expect("form", done.extend)
    return done


def send(state, listed, *, page="page", session=None, key="form"):
    state[key] = {"hands": {"page": page, "session": session or hands.session_name(), "list": listed}}
    hands.take_hands()


@pytest.mark.parametrize("order", list(itertools.permutations(["none", "one", "both"])), ids="-".join)
def test_lists_in_any_order_are_two_hands(state, done, order):
    for name in (*order, "both", "none", "second", "both"):
        send(state, LISTS[name])
    assert done == [("a", 1), ("b", 2)]


def test_a_second_look_finds_nothing(state, done):
    send(state, LISTS["both"])
    hands.take_hands()
    assert len(done) == 2 and hands.taken("form") == {"page": 2}


def test_another_loaded_page_counts_from_the_start(state, done):
    send(state, LISTS["both"])
    send(state, LISTS["one"], page="another")
    assert done[2:] == [("a", 1)]


def test_what_is_meant_for_another_session_is_not_taken(state, done):
    send(state, LISTS["both"], session="another")
    assert done == []


def test_components_do_not_take_each_others(state, done):
    others = []
    hands.expect("others", others.extend)
    send(state, LISTS["one"])
    send(state, LISTS["both"], key="others")
    assert (len(done), len(others)) == (1, 2)


@pytest.mark.parametrize(
    "listed",
    [None, "x", 7, {}, [1], [[1, "a"]], [["1", "a", 1]], [[True, "a", 1]], [[1, 7, 1]], [[1, "a", 1, 1]], [None]],
    ids=str,
)
def test_what_is_no_list_of_hands_is_not_taken(state, done, listed):
    send(state, listed)
    assert done == []


@pytest.mark.parametrize("page", [None, 7, "x" * 1000])
def test_a_page_without_a_name_is_not_heard(state, done, page):
    send(state, LISTS["one"], page=page)
    assert done == []


def test_pages_and_hands_do_not_pile_up(state, done):
    for number in range(100):
        send(state, LISTS["one"], page=str(number))
    assert len(hands.taken("form")) <= hands.MOST_PAGES
    send(state, [[number, "a", 1] for number in range(1, 10_000)], page="long")
    assert len(done) == 100 + hands.MOST_HANDS


def test_a_hand_that_looks_for_others_while_it_is_taken_finds_itself_taken(state):
    done = []

    def take(fresh):
        hands.take_hands()
        done.extend(fresh)

    hands.expect("form", take)
    send(state, LISTS["both"])
    assert done == [("a", 1), ("b", 2)]
