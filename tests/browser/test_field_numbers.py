"""The numbers of fields, as Chromium computes them: what a text says, the steps between, the slider's rungs."""

from itertools import pairwise

import pytest

from playground.fields import SPECS
from playground.spec import number_text
from playground.ui.fields.fields import NUMBER
from playground.ui.fields.widgets import field_of, kind_of
from playground.ui.serving.scripts import FOLDER

LOGS = [name for name, spec in SPECS.items() if spec.log_scale]
LINEAR = [name for name, spec in SPECS.items() if kind_of(spec) == NUMBER and not spec.log_scale]


@pytest.fixture(scope="module")
def script(warm_context):
    page = warm_context.new_page()
    page.add_script_tag(content=(FOLDER / "fields/numbers.js").read_text(encoding="utf-8"))
    yield page.evaluate
    page.close()


def message(name):
    return field_of(name, SPECS[name], "1").message


@pytest.mark.parametrize("name", LOGS)
def test_the_rungs_of_a_slider_rise_and_are_allowed(script, name):
    spec, rungs = SPECS[name], script("field => rungsOf(field)", message(name))
    usual = {number for number in (1e-5, 0.001, 0.003, 0.01, 1, 3, 10) if spec.low <= number <= spec.high}
    assert usual <= set(rungs) and (0 in rungs) == (spec.low == 0)
    assert all(low < high for low, high in pairwise(rungs))
    assert spec.low <= rungs[0] and rungs[-1] <= spec.high
    assert [script("([field, x]) => nearestRung(rungsOf(field), x)", [message(name), x]) for x in rungs] == [
        *range(len(rungs))
    ]


@pytest.mark.parametrize(
    ("start", "up", "down"),
    [(0.01, 0.03, 0.003), (0.02, 0.03, 0.01), (3, 10, 1), (1e-6, 3e-6, 0), (0, 1e-6, 0), (100, 100, 30)],
)
def test_steps_go_through_one_three_and_ten_within_the_bounds(script, start, up, down):
    step = "([field, x, way]) => stepped(x, way, field, false)"
    assert script(step, [message("l1"), start, 1]) == pytest.approx(up, rel=1e-12)
    assert script(step, [message("l1"), start, -1]) == pytest.approx(down, rel=1e-12)


@pytest.mark.parametrize("name", LINEAR)
def test_linear_steps_are_exact_and_stay_within_the_bounds(script, name):
    spec, field = SPECS[name], {**message(name), "high": SPECS[name].high}
    step = "([field, x, way, large]) => stepped(x, way, field, large)"
    assert script(step, [field, spec.high, 1, False]) == spec.high
    assert script(step, [field, spec.low, -1, True]) == spec.low
    value = min(spec.low + 3 * spec.step, spec.high)
    assert script(step, [field, value, -1, False]) == pytest.approx(max(value - spec.step, spec.low), abs=1e-12)
    assert len(script("x => textOf(x)", script(step, [field, 0.1, 1, False]))) <= 8, "no 0.30000000000000004"


@pytest.mark.parametrize(
    ("text", "whole", "number"),
    [("7", 7, 7), (" 1e-3 ", None, 0.001), ("0,003", None, 0.003), ("1,000", 1000, None), ("1 000", 1000, 1000),
     ("−2", -2, -2), (".5", 0.5, 0.5), ("", None, None), ("0x10", None, None), ("Infinity", None, None),
     ("1e", None, None), ("fast", None, None), ("1,2,3", None, None)],
)  # fmt: skip
def test_texts_say_numbers_or_none(script, text, whole, number):
    read = "([text, isWhole]) => { const x = numberOf(text, isWhole); return Number.isNaN(x) ? null : x; }"
    if whole is not None:
        assert script(read, [text, True]) == whole
    if text != "1,000":
        assert script(read, [text, False]) == number


@pytest.mark.parametrize("number", [0, 7, 0.1, 1e-5, 1.5e-7, 0.0001, 300, 1e6, 2147483647, 1e7])
def test_a_number_is_written_as_the_server_writes_it(script, number):
    said = script("x => textOf(x)", number)
    assert float(said) == number
    assert said == number_text(number) or "e" in number_text(number)
