import re

import numpy as np
import pytest

from playground.charts import theme

LEAST_CONTRAST = 3.0  # WCAG 2.2, success criterion 1.4.11
LEAST_TEXT_CONTRAST = 4.5  # 1.4.3

COLOURS = {
    name: value
    for name, value in vars(theme).items()
    if isinstance(value, str) and value.startswith("#") and not name.startswith("PANEL") and not name.endswith("PAGE")
} | {
    f"{name}[{index}]": colour
    for name in ("CLASS_COLOURS", "SCORE_COLOURS")
    for index, colour in enumerate(getattr(theme, name))
}


def channels(colour: str) -> np.ndarray:
    return np.array([int(colour[index : index + 2], 16) for index in (1, 3, 5)]) / 255


def luminance(rgb: np.ndarray) -> float:
    """Relative luminance. Source: WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(channels(one)), luminance(channels(other))))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("page", [theme.LIGHT_PAGE, theme.DARK_PAGE])
@pytest.mark.parametrize("name", COLOURS)
def test_colour_is_seen_on_either_page(name, page):
    assert contrast(COLOURS[name], page) >= LEAST_CONTRAST


def test_a_pale_colour_would_not_pass():
    assert contrast("#f4a261", theme.LIGHT_PAGE) < LEAST_CONTRAST


def test_a_better_score_is_lighter():
    lightness = [luminance(channels(colour)) for colour in theme.SCORE_COLOURS]
    assert lightness == sorted(lightness) and lightness[-1] > 2 * lightness[0]


@pytest.mark.parametrize("share", np.linspace(0, 1, 21))
def test_text_on_the_confusion_panel_is_read_at_every_share(share):
    low, high = channels(theme.PANEL_LOW), channels(theme.PANEL_HIGH)
    cell = "#" + "".join(f"{round(255 * value):02x}" for value in low + share * (high - low))
    text = theme.PANEL_TEXT_ON_HIGH if share > theme.PANEL_TEXT_SWITCH else theme.PANEL_TEXT_ON_LOW
    assert contrast(cell, text) >= LEAST_TEXT_CONTRAST


def test_every_class_has_its_own_colour_and_shape():
    assert len(set(theme.CLASS_COLOURS)) == len(set(theme.CLASS_SHAPES)) == len(theme.CLASS_COLOURS) >= 10


def test_vega_draws_as_many_shapes_by_names_that_it_knows_or_as_paths():
    assert len(set(theme.VEGA_SHAPES)) == len(theme.CLASS_SHAPES)
    known = {"circle", "square", "triangle", "diamond", "cross", "wedge"}
    assert all(shape in known or (shape[0], shape[-1]) == ("M", "Z") for shape in theme.VEGA_SHAPES)


@pytest.mark.parametrize("channel", ["x", "y"])
def test_a_log_axis_asks_for_its_own_length_and_range(channel):
    length, other = ("width", "height") if channel == "x" else ("height", "width")
    expression = theme.log_label(channel)
    assert length in expression and other not in expression
    assert set(re.findall(r"domain\('(.)'\)", expression)) == {channel}


@pytest.mark.parametrize("length", [0, 1, 2, 499, 500])
def test_thinned_keeps_what_fits(length):
    assert theme.thinned(length).tolist() == list(range(length))


@pytest.mark.parametrize("length", [501, 1000, 12345])
def test_thinned_keeps_the_first_and_the_last(length):
    rows = theme.thinned(length)
    assert len(rows) == len(set(rows.tolist())) == theme.MAX_POINTS
    assert (rows[0], rows[-1]) == (0, length - 1)
