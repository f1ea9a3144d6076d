"""The page "Repeated search" in Chromium: real trainings come in by themselves, and a cancelled run keeps them."""

import re

from playwright.sync_api import expect


def test_repeats_are_watched_found_again_after_a_reload_and_cancelled(page, assert_no_error):
    page.goto("/repeated_search")
    expect(page.get_by_text(re.compile(r"of 100 repeats \(95% interval"))).to_be_visible()
    page.get_by_role("slider", name="Trials").press("End")
    expect(page.get_by_text("The grid: 10 × 10 = 100 trials.")).to_be_visible()

    page.get_by_text("With real training").click()
    expect(page.get_by_role("button", name="Start: 360 trainings")).to_be_visible()
    page.locator(".st-key-repeated_training_repeats").get_by_role("slider").press("End")
    page.get_by_role("button", name="Start: 3,600 trainings").click()
    complete = page.get_by_text(re.compile(r"^[1-9]\d* of 200 repeats complete"))
    expect(complete).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Start: 3,600 trainings")).to_be_visible()
    expect(complete).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    verdict = page.get_by_text(re.compile(r"better in \d+ of \d+ repeats"))
    expect(verdict).to_have_count(1)  # the one of the moment before is gone
    expect(verdict).to_be_visible()
    assert_no_error()


def test_nothing_is_wider_than_a_phone(browser, server):
    page = browser.new_page(base_url=server, viewport={"width": 390, "height": 844})  # it has started nothing yet
    page.goto("/repeated_search")
    expect(page.get_by_text(re.compile(r"of 100 repeats \(95% interval"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
