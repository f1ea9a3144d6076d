"""What holds for every chart."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from playground import charts
from tests.charts.activations.specs import ACTIVATION_CHARTS
from tests.charts.augmentation.specs import AUGMENTATION_CHARTS
from tests.charts.initialization.specs import SIGNAL_CHARTS
from tests.charts.normalization.specs import NORMALIZATION_CHARTS
from tests.charts.preprocessing.specs import PREPROCESSING_CHARTS
from tests.charts.regularization.specs import REGULARIZATION_CHARTS
from tests.charts.repeated_search.specs import REPEATED_CHARTS
from tests.charts.search.importance_specs import IMPORTANCE_CHARTS
from tests.charts.search.specs import SEARCH_CHARTS
from tests.charts.specs import CHARTS, spec, walk

ALL = (
    CHARTS
    | SIGNAL_CHARTS
    | ACTIVATION_CHARTS
    | AUGMENTATION_CHARTS
    | NORMALIZATION_CHARTS
    | REGULARIZATION_CHARTS
    | IMPORTANCE_CHARTS
    | PREPROCESSING_CHARTS
    | REPEATED_CHARTS
    | SEARCH_CHARTS
)
# Of other charts; no page draws one as it is.
BUILDERS = {"curve_chart", "depth_chart", "named_line_chart", "ridge_chart", "series_chart"}
# name of a chart -> its text alternative, and what `read` says of it
WORDS = {
    name: lines
    for block in Path(__file__).with_name("words.txt").read_text(encoding="utf-8").strip().split("\n\n")
    for name, *lines in [block.splitlines()]
}


@pytest.fixture(scope="module", params=ALL.values(), ids=ALL.keys())
def chart(request):
    return request.param


@pytest.fixture(scope="module")
def built(chart):
    """The spec of a chart, built once for all that is asked of it."""
    build, arguments, _, _ = chart
    return spec(build, **arguments)


def test_spec_is_the_same_each_time_it_is_built(chart, built):
    build, arguments, _, _ = chart
    assert spec(build, **arguments) == built


def read(node: object, channel: str = "") -> Iterator[str]:
    """What a person reads of a spec, each with its channel: titles, percents, and labels that no table gives."""
    for key, value in node.items() if isinstance(node, dict) else ():
        if isinstance(value, str) and (key in ("title", "text") or (key == "format" and "%" in value)):
            yield f"{channel} {key}: {value}".strip()
        elif key == "labelExpr" and not re.search(r"indexof|\w+': '", value):
            yield f"{channel} labels: {value}"
        yield from read(value, key if key in ("x", "y", "legend", "tooltip") else channel)
    for child in node if isinstance(node, list) else ():
        yield from read(child, channel)


@pytest.mark.parametrize("name", WORDS)
def test_a_chart_says_what_its_axes_legends_and_numbers_are(name):
    """Who changes a title changes it in `words.txt`, too: no other test would see a wrong one."""
    build, arguments, _, text = ALL[name]
    assert [text, *dict.fromkeys(read(spec(build, **arguments)))] == WORDS[name]


def test_no_chart_is_missing_here():
    built = {build for build, *_ in ALL.values()}
    modules = [import_module(module.name) for module in walk_packages(charts.__path__, f"{charts.__name__}.")]
    made = {
        one for module in modules for name, one in vars(module).items() if name.endswith("_chart") and callable(one)
    }
    missing = {one.__name__ for one in made - built if not one.__name__.startswith("_")}
    assert missing == BUILDERS


def test_the_words_of_every_chart_are_known():
    assert ALL.keys() - WORDS.keys() == {name for name in ALL if name.endswith((", 1", ", 50"))}


def test_spec_reads_one_named_data_and_holds_no_rows(chart, built):
    _, _, name, _ = chart
    read = {node["data"].get("name") for node in walk(built) if "data" in node and isinstance(node["data"], dict)}
    assert read == {name}
    assert "datasets" not in built
    assert not any("values" in node["data"] for node in walk(built) if isinstance(node.get("data"), dict))


def test_spec_is_one_view_that_fills_its_column(built):
    assert not {"facet", "hconcat", "vconcat", "repeat", "width"} & built.keys()


def test_every_chart_has_a_short_text_alternative(chart):
    text = chart[3]
    assert 20 < len(text) <= 160
    assert text.endswith(".")


def test_marks_are_not_read_out_one_by_one(built):
    assert built["config"]["mark"]["aria"] is False


def test_labels_of_an_axis_are_chosen_by_its_own_range(built):
    for node in walk(built):
        for channel, other in (("x", "y"), ("y", "x")):
            axis = node[channel].get("axis") if isinstance(node.get(channel), dict) else None
            assert f"domain('{other}')" not in (axis or {}).get("labelExpr", "")


def test_no_entry_of_a_legend_is_as_faint_as_a_layer(built):
    """Vega-Lite gives all entries the opacity of the first mark, unless every layer's legend says another."""
    for layer in walk(built):
        if isinstance(layer.get("mark"), dict) and 0 < layer["mark"].get("opacity", 1) < 0.8:
            for channel in {"color", "shape", "strokeDash"} & layer["encoding"].keys():
                encoded = layer["encoding"][channel]
                legend = encoded.get("legend", {}) if "field" in encoded else None
                assert legend is None or legend.get("symbolOpacity") == 1
