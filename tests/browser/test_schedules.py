"""The page "Schedules" in Chromium: what AppTest cannot do is to point and to drag."""

import re

from playwright.sync_api import expect


def test_schedules_are_switched_off_and_one_is_drawn_and_used(page, assert_no_error):
    page.goto("/schedules")
    chart = page.get_by_test_id("stVegaLiteChart").first.locator("svg")
    expect(chart.get_by_text("Cosine with restarts", exact=True)).to_be_visible()
    page.get_by_role("button", name="Cosine with restarts", exact=True).click()
    expect(chart.get_by_text("Cosine with restarts", exact=True)).to_have_count(0)
    expect(chart.get_by_text("One cycle", exact=True)).to_be_visible()

    page.get_by_text("Draw your own").click()
    drawing, points = (
        page.get_by_role("img", name="Your schedule"),
        page.get_by_role("textbox", name="Points of the drawn"),
    )
    expect(points).to_have_value("0:1, 0.5:1, 1:0.01")
    box = drawing.bounding_box()
    left, top, wide, high = 56, 14, box["width"] - 72, box["height"] - 54  # margins of schedule_canvas.js

    def at(fraction: float, factor: float) -> tuple[float, float]:
        return box["x"] + left + fraction * wide, box["y"] + top + (1 - factor / 1.25) * high

    page.mouse.move(*at(0.5, 1))
    page.mouse.down()
    page.mouse.move(*at(0.4, 0.7))
    page.mouse.move(*at(0.3, 0.5))
    page.mouse.up()
    expect(points).to_have_value("0:1, 0.3:0.5, 1:0.01")
    page.mouse.click(*at(0.75, 0.25))
    expect(points).to_have_value("0:1, 0.3:0.5, 0.75:0.25, 1:0.01")
    page.mouse.dblclick(*at(0.3, 0.5))
    expect(points).to_have_value("0:1, 0.75:0.25, 1:0.01")
    page.get_by_role("group", name="Drawing of a schedule").focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(points).to_have_value("0:1, 0.74:0.26, 1:0.01")

    page.get_by_role("button", name="Use it", exact=True).click()
    expect(page.get_by_role("button", name="Use it", exact=True)).to_be_disabled()
    expect(page).to_have_url(re.compile(r"[?&]c="))
    assert_no_error()


def test_a_rate_is_found_and_used(page, assert_no_error):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/schedules")
    page.get_by_text("Find a rate").click()
    button = page.get_by_role("button", name=re.compile(r"Use the suggested rate, 0\.\d+"))
    expect(button).to_be_enabled()
    rate = button.inner_text().rsplit(" ", 1)[1]
    button.click()
    expect(page.get_by_text(f"Your learning rate is {rate}.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert_no_error()
