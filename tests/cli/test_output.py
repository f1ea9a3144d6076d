"""Strict JSON and aligned text."""

import json
import math

import pytest

from playground.cli.arguments import UsageError
from playground.cli.output import as_json, check_writable, number, strict, text_table, write_json


def test_what_json_does_not_know_becomes_null():
    data = {"a": [1.0, math.nan, (math.inf, -math.inf)], "b": {"c": math.nan}, "d": "NaN", "e": True, "f": None}
    assert strict(data) == {"a": [1.0, None, [None, None]], "b": {"c": None}, "d": "NaN", "e": True, "f": None}
    assert json.loads(as_json(data)) == strict(data)


def test_a_file_holds_one_line_of_json(tmp_path):
    write_json(str(tmp_path / "out.json"), {"label": "x1²"})
    assert (tmp_path / "out.json").read_text() == '{"label": "x1\\u00b2"}\n'


def test_a_path_that_cannot_be_written_is_refused_before_the_work(tmp_path):
    for path in (tmp_path, tmp_path / "missing" / "out.json"):
        with pytest.raises(UsageError, match="--json: cannot write"):
            check_writable(str(path))


def test_checking_leaves_nothing_behind(tmp_path):
    path = tmp_path / "out.json"
    check_writable(str(path))
    assert not path.exists()
    path.write_text("old")
    check_writable(str(path))
    assert path.read_text() == "old"


def test_numbers_are_short():
    assert [number(value) for value in (None, 3, 0.123456, "a")] == ["-", "3", "0.1235", "a"]


def test_a_table_is_aligned():
    assert text_table(["name", "x"], [["a", 1], ["long one", 2.5]]) == "name        x\na           1\nlong one  2.5"
