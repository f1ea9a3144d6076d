"""A page's place in the address: what a control holds goes into it and comes back out of it, checked."""

import ast
import re

import pytest
import streamlit as st

from playground.fields import SPECS
from playground.link import decode_place, encode_place
from playground.ui import address
from playground.ui.place import place
from playground.ui.place.checks import fits, number, one_of, plain, some_of, span_of, switch, text
from playground.ui.place.place import keep, key_of, put
from tests.aids.sources import nodes, source_files

HOME, OTHER = "", "other"


class Bar(dict):
    """The address bar, and whether Back or Forward led to what it shows."""

    is_back = False

    def to_dict(self):
        return dict(self)

    def from_dict(self, wanted):
        self.clear()
        self.update(wanted)


@pytest.fixture
def bar(monkeypatch):
    bar = Bar()
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", bar)
    monkeypatch.setattr(address, "is_back_or_forward", lambda: bar.is_back)
    return bar


def visit(bar, page=HOME, is_back=False, choose=None, **parameters):
    """Open an address, choose what a person chooses; what the controls held before, and what was said in vain."""
    bar.from_dict(parameters)
    bar.is_back = is_back
    address.open_address(page)
    keys = {
        "part": keep(f"{page}part", "first", one_of(["first", "second"]), label="Part"),
        "depth": keep(f"{page}depth", 5, number(1, 10), label="Depth"),
    }
    held = {name: st.session_state[key] for name, key in keys.items()}
    for name, value in (choose or {}).items():
        st.session_state[keys[name]] = value
    return held, address.write_address(page)


def code(**values):
    return encode_place(values)


def test_a_control_that_the_browser_drew_without_its_value_gets_it_again(bar):
    visit(bar, choose={"part": None})
    assert visit(bar)[0]["part"] == "first"
    visit(bar, choose={"part": "second"})
    st.session_state[key_of("part")] = None
    assert keep("part", "first", one_of(["first", "second"])) and st.session_state[key_of("part")] == "second"
    st.session_state[keep("free", 1, one_of([None, 1]))] = None
    assert st.session_state[keep("free", 1, one_of([None, 1]))] is None, "where nothing is a choice"


def test_defaults_need_no_words_and_a_choice_is_in_the_address(bar):
    visit(bar)
    assert bar == {}
    visit(bar, choose={"part": "second"})
    assert decode_place(bar["p"]) == ({"part": "second"}, "")
    visit(bar, choose={"part": "first"})
    assert bar == {}


def test_a_link_opens_the_place_and_the_address_stays(bar):
    held, said = visit(bar, p=code(part="second", depth=7))
    assert held == {"part": "second", "depth": 7} and not said
    assert bar["p"] == code(part="second", depth=7)


def test_pages_have_places_of_their_own(bar):
    visit(bar, choose={"depth": 7})
    assert visit(bar, OTHER)[0]["depth"] == 5 and bar == {}
    assert visit(bar, HOME)[0]["depth"] == 7 and bar["p"] == code(depth=7)


@pytest.mark.parametrize("values", [{"part": "third"}, {"part": 2}, {"part": ["second"]}, {"part": True}])
def test_what_a_control_cannot_hold_is_left_out_with_one_sentence(bar, values):
    held, said = visit(bar, p=code(depth=7, **values))
    assert held == {"part": "first", "depth": 7} and bar["p"] == code(depth=7)
    assert said == ["The link asks for what “Part” cannot be here; the default stands instead."]
    assert visit(bar)[1] == said, "as long as nothing else was chosen"
    assert visit(bar, choose={"part": "second"})[1] == []


@pytest.mark.parametrize(
    "damaged", ["abc", "x" * 5000, code(depth=7)[:-4], encode_place({"a b": 1}), encode_place({"a": {}})]
)
def test_a_damaged_or_hostile_address_opens_the_defaults_and_says_so(bar, damaged):
    held, said = visit(bar, p=damaged)
    assert held == {"part": "first", "depth": 5} and bar == {}
    assert len(said) == 1 and "defaults" in said[0]


def test_back_and_forward_move_the_controls_to_widgets_that_were_never_shown(bar):
    visit(bar)
    shown = {key_of("depth")}
    for depth in (7, 9):
        visit(bar, p=bar.get("p", ""), choose={"depth": depth})
    for link, depth in ((code(depth=7), 7), ("", 5), (code(depth=9), 9)):
        assert visit(bar, is_back=True, **({"p": link} if link else {}))[0]["depth"] == depth
        assert key_of("depth") not in shown
        shown.add(key_of("depth"))


def test_a_first_run_that_is_cut_short_is_the_first_visit_all_the_same(bar):
    visit(bar)
    st.session_state.clear()
    address.open_address(HOME)
    key = keep("part", "first", one_of(["first", "second"]))
    address.open_address(HOME)
    assert keep("part", "first", one_of(["first", "second"])) == key


def test_an_address_that_a_click_has_overtaken_changes_nothing(bar):
    for depth in (7, 9):
        visit(bar, choose={"depth": depth})
    assert visit(bar, p=code(depth=7))[0]["depth"] == 9


def test_a_part_that_was_not_looked_at_keeps_its_place(bar):
    address.open_address(HOME)
    bar["p"] = code(part="second", other_part=3)
    place.here().open(bar["p"])
    visit(bar, p=bar["p"])
    assert decode_place(bar["p"])[0] == {"part": "second", "other_part": 3}


def test_a_value_from_elsewhere_goes_to_another_widget(bar):
    visit(bar)
    before = key_of("depth")
    put("depth", 8)
    assert key_of("depth") != before and visit(bar)[0]["depth"] == 8


def test_what_a_client_sends_to_a_widget_does_not_reach_the_address(bar):
    visit(bar, choose={"depth": "<script>", "part": 10**400})
    assert bar == {}


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (one_of([1, 2]), [1, 2], [3, True, "1", None]),
        (one_of([("a", 1), ("b", 2)]), [["a", 1]], [["a", 2], "a"]),
        (some_of("abc"), [[], ["a", "c"]], [["d"], ["a", "a"], "a", None]),
        (some_of("abc", most=1), [["a"]], [["a", "b"]]),
        (span_of(number(0, 5)), [[1, 2], [2, 2.5]], [[2, 1], [0, 9], [1], 3, ["1", "2"]]),
        (span_of(one_of([1, 2, 5])), [[1, 5]], [[1, 3], [5, 1]]),
        (number(0, 5), [0, 2.5], [9, "1", False, float("nan")]),
        (switch, [True, False], [1, "true"]),
        (text, ["", "a"], ["x" * 500, 1]),
        (fits("learning_rate", SPECS["learning_rate"], 0.1), ["0.01"], ["fast", "-1", None]),
        (fits("hidden_sizes", None, (8,)), ["8, 8", "none"], ["8, x"]),
        (fits("num_epochs", None, 5, low=1, high=10), [7], [11, 7.5, "x"]),
    ],
)
def test_what_each_kind_of_control_may_hold(check, good, bad):
    for came in good:
        assert plain(check(came)) == came
    for came in bad:
        with pytest.raises((ValueError, TypeError)):
            check(came)


WIDGETS = {"selectbox", "multiselect", "pills", "segmented_control", "slider", "select_slider", "toggle", "checkbox"}
WIDGETS |= {"radio", "text_input", "number_input"}
KEPT = re.compile(r"keep(_span)?\(|key=keys?\b|\*\*shared|key=_START|_taken|_along|_carried")
# No places: the form of Train, which the Config is; Train's views; what is taken along; a code; a session's searches.
NO_PLACES = {
    f"playground/ui/{name}.py"
    for name in ("fields/widgets", "training/form", "visit/access", "training/live", "training/view", "search/stages")
}


def test_every_control_of_every_page_is_in_the_address():
    loose = [
        f"{path}:{node.lineno}"
        for path in source_files()
        if (path.parts[:2] == ("playground", "ui") or path.parts[0] == "pages") and path.as_posix() not in NO_PLACES
        for node in nodes(path)
        if is_widget(node) and not KEPT.search(ast.unparse(node))
    ]
    assert loose == []


def is_widget(node):
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_call and node.func.attr in WIDGETS and ast.unparse(node.func.value) == "st"
