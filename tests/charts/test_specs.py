"""What holds for every chart."""

import pytest

from tests.charts.activation_specs import ACTIVATION_CHARTS
from tests.charts.importance_specs import IMPORTANCE_CHARTS
from tests.charts.preprocessing_specs import PREPROCESSING_CHARTS
from tests.charts.repeated_specs import REPEATED_CHARTS
from tests.charts.search_specs import SEARCH_CHARTS
from tests.charts.signal_specs import SIGNAL_CHARTS
from tests.charts.specs import CHARTS, spec, walk

ALL = (
    CHARTS
    | SIGNAL_CHARTS
    | ACTIVATION_CHARTS
    | IMPORTANCE_CHARTS
    | PREPROCESSING_CHARTS
    | REPEATED_CHARTS
    | SEARCH_CHARTS
)


@pytest.fixture(params=ALL.values(), ids=ALL.keys())
def chart(request):
    return request.param


def test_spec_is_the_same_each_time_it_is_built(chart):
    build, arguments, _, _ = chart
    assert spec(build, **arguments) == spec(build, **arguments)


def test_spec_reads_one_named_data_and_holds_no_rows(chart):
    build, arguments, name, _ = chart
    built = spec(build, **arguments)
    read = {node["data"].get("name") for node in walk(built) if "data" in node and isinstance(node["data"], dict)}
    assert read == {name}
    assert "datasets" not in built
    assert not any("values" in node["data"] for node in walk(built) if isinstance(node.get("data"), dict))


def test_spec_is_one_view_that_fills_its_column(chart):
    build, arguments, _, _ = chart
    built = spec(build, **arguments)
    assert not {"facet", "hconcat", "vconcat", "repeat", "width"} & built.keys()


def test_every_chart_has_a_short_text_alternative(chart):
    text = chart[3]
    assert 20 < len(text) <= 160
    assert text.endswith(".")


def test_marks_are_not_read_out_one_by_one(chart):
    build, arguments, _, _ = chart
    assert spec(build, **arguments)["config"]["mark"]["aria"] is False


def test_labels_of_an_axis_are_chosen_by_its_own_range(chart):
    build, arguments, _, _ = chart
    for node in walk(spec(build, **arguments)):
        for channel, other in (("x", "y"), ("y", "x")):
            axis = node[channel].get("axis") if isinstance(node.get(channel), dict) else None
            assert f"domain('{other}')" not in (axis or {}).get("labelExpr", "")


def test_no_entry_of_a_legend_is_as_faint_as_a_layer(chart):
    """Vega-Lite gives all entries the opacity of the first mark, unless every layer's legend says another."""
    build, arguments, _, _ = chart
    for layer in walk(spec(build, **arguments)):
        if isinstance(layer.get("mark"), dict) and 0 < layer["mark"].get("opacity", 1) < 0.8:
            for channel in {"color", "shape", "strokeDash"} & layer["encoding"].keys():
                encoded = layer["encoding"][channel]
                legend = encoded.get("legend", {}) if "field" in encoded else None
                assert legend is None or legend.get("symbolOpacity") == 1
