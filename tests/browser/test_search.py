"""The page "Search" in Chromium: what moves by itself, and what a person clicks in a picture."""

import re
from contextlib import suppress

from playwright.sync_api import Page, expect

from playground.config import Config
from playground.link import encode, encode_place

QUICK = Config.parse({"num_samples": 60, "num_epochs": 3, "hidden_sizes": (4,), "dataset": "circle"})
ENDLESS = QUICK.replace(num_epochs=10_000, num_samples=2000)
PRESSES, PRESS_MILLISECONDS = 5, 15_000


def open_search(page: Page, config: Config, trials: int = 81) -> None:
    page.goto(f"/search?c={encode(config)}&p={encode_place({'search_trials': trials})}")
    expect(points(page, "random")).to_have_count(trials)


def says(page: Page, text: str) -> None:
    """Wait until the line over the progress bar says this."""
    expect(page.get_by_test_id("stProgress").first).to_contain_text(re.compile(text))


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-search_{key} button >> visible=true").click()


def press_until(page: Page, key: str, text: str) -> None:
    """Press until the line over the progress bar says this: a press may be lost while the page is drawn."""
    for _ in range(PRESSES):
        press(page, key)
        with suppress(AssertionError):
            expect(page.get_by_test_id("stProgress").first).to_contain_text(text, timeout=PRESS_MILLISECONDS)
            return
    says(page, text)


def points(page: Page, method: str):
    """What answers to a click: one mark for each trial, the worst first."""
    return page.locator(f".st-key-search_points_{method} svg.marks .mark-symbol").last.locator("path")


def test_a_search_is_watched_held_and_cancelled_without_flicker(page, assert_no_error):
    open_search(page, ENDLESS, trials=9)
    press(page, "start")
    says(page, "Searching: ")
    panel = page.locator(".st-key-search_points_random svg.marks")
    strip = page.locator(".st-key-search_points_random svg.marks .mark-symbol").first.locator("path")
    expect(strip.first).to_be_attached()  # the first scores so far
    node = panel.element_handle()
    before = panel.inner_html()
    page.wait_for_timeout(2000)
    assert node.evaluate("node => node.isConnected") and panel.inner_html() != before
    press_until(page, "pause", "Paused: ")
    press_until(page, "pause", "Searching: ")
    press(page, "cancel")
    says(page, "Cancelled: ")
    expect(strip.first).to_be_attached()
    assert_no_error()


def test_a_trial_is_clicked_the_search_zooms_in_and_the_trial_is_opened_on_train(page, assert_no_error):
    open_search(page, QUICK)
    press(page, "start")
    says(page, "Finished: 162 trials")
    points(page, "random").last.click(force=True)  # the best one
    trial = page.locator(".st-key-search_trial")
    expect(trial).to_contain_text("Random, trial ")
    expect(trial.locator("svg.marks")).to_have_count(2)
    page.get_by_text("Table", exact=True).click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(trial).to_contain_text("Random, trial ")
    press(page, "zoom")
    says(page, "Finished: 162 trials")
    expect(page.get_by_text(re.compile("^Search 2 .* trains 9 epochs"))).to_be_visible()
    page.get_by_role("radio", name=re.compile("^1: 3 epochs")).click()
    expect(trial).to_contain_text("Random, trial ")
    page.get_by_role("button", name="Open on Train").click()
    expect(page.get_by_role("heading", name="Train a network")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]c="))
    page.go_back()
    says(page, "Finished: 162 trials")
    assert_no_error()


def test_a_reload_finds_the_search_again(page, assert_no_error):
    open_search(page, ENDLESS, trials=9)
    press(page, "start")
    says(page, "Searching: ")
    page.reload()
    says(page, "Searching: ")
    press(page, "cancel")
    says(page, "Cancelled: ")
    assert_no_error()


def test_a_phone_has_room_for_everything(page):
    page.set_viewport_size({"width": 390, "height": 844})
    open_search(page, QUICK)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
