"""The tensor of the lesson on normalization: a click on a cell, and a phone."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def tensor(page):
    page.goto("/normalization")
    canvas = page.locator(".tensor canvas")
    expect(canvas).to_have_attribute("aria-label", re.compile("channels across"))
    return canvas


def test_a_click_chooses_the_cell_and_the_normalization(page, tensor, assert_no_error):
    expect(page.get_by_text(re.compile("Batch: 36 cells share"))).to_be_visible()
    width = tensor.bounding_box()["width"]
    tensor.click(position={"x": width * 0.3, "y": 60})  # in the second panel, first sample
    expect(page.get_by_text(re.compile("Layer: 54 cells share"))).to_be_visible()
    expect(page.get_by_label("Sample", exact=True)).to_have_value("1")
    assert_no_error()


def test_on_a_phone_nothing_hangs_out(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/normalization")
    expect(page.locator(".tensor canvas")).to_be_visible()
    expect(page.get_by_text(re.compile("36 cells share"))).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth")
