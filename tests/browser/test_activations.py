"""The page "Activations" in Chromium: parts, a changed control, and a run that is watched."""

import re

from playwright.sync_api import expect


def test_units_die_before_the_visitors_eyes(page, assert_no_error):
    page.goto("/activations")
    expect(page.get_by_text("Zero-centred for standard normal input")).to_be_visible()
    charts = page.locator("[data-testid=stVegaLiteChart] svg")
    expect(charts).to_have_count(4)
    page.get_by_text("Dead ReLU", exact=True).click()
    expect(page.get_by_text("so they can come back")).to_be_visible()
    expect(charts).to_have_count(3)
    slider = page.get_by_role("slider", name="Learning rate")
    for _ in range(3):
        slider.press("ArrowLeft")
    expect(page.get_by_text(re.compile("^ReLU, bias 0: 0 of 40 units never fire"))).to_be_visible()
    expect(charts).to_have_count(3)
    assert_no_error()


def test_nothing_is_wider_than_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/activations")
    expect(page.get_by_text("Zero-centred for standard normal input")).to_be_visible()
    wide = page.locator("[data-testid=stMain] :is(p, h1, h3, li, [data-testid=stVegaLiteChart])").evaluate_all(
        "nodes => nodes.filter(node => node.getBoundingClientRect().right > innerWidth).map(node => node.textContent)"
    )
    assert wide == []
