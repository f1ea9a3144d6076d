"""The Train page in Chromium: what moves by itself, the address bar, and what a person presses."""

import re

from playwright.sync_api import Locator, Page, expect

from playground.config import Config
from playground.link import encode
from playground.ui.router import ENTRIES
from tests.browser.test_router import opens

PHONE = {"width": 390, "height": 844}
LONG = {"num_epochs": 10_000}


def open_train(page: Page, **fields: object) -> None:
    code = encode(Config.parse(fields))
    page.goto(f"/?c={code}" if code else "/")
    says(page, "Ready: press Train.")


def says(page: Page, text: str) -> None:
    """Wait until the line over the progress bar says this."""
    pattern = re.compile(text)
    expect(page.get_by_test_id("stProgress")).to_contain_text(pattern)


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button >> visible=true").click()


def step(page: Page) -> int:
    return int(re.search(r"step ([\d,]+)", page.get_by_test_id("stProgress").inner_text())[1].replace(",", ""))


def figures(page: Page) -> list[str]:
    return page.get_by_test_id("stMetricValue").all_inner_texts()


def loss_chart(page: Page) -> Locator:
    return page.get_by_test_id("stVegaLiteChart").first


def decision_map(page: Page) -> Locator:
    return page.locator(".st-key-decision_map canvas[role=img]")


def field(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-form #field-{name}")


def fill(page: Page, name: str, text: str) -> None:
    field(page, name).fill(text)
    field(page, name).press("Enter")


def test_a_newcomer_presses_train_and_sees_it_learn(page, assert_no_error):
    open_train(page)
    press(page, "train")
    says(page, r"Training: epoch [1-9]")
    expect(loss_chart(page).locator("svg")).to_be_visible()
    expect(page.get_by_test_id("stMetricValue").last).to_have_text(re.compile(r"9\d\.\d%"))
    assert_no_error()


def test_nothing_flickers_while_it_learns(page):
    open_train(page, **LONG)
    press(page, "train")
    says(page, r"Training: epoch [1-9]")
    nodes = [loss_chart(page).locator("svg").element_handle(), decision_map(page).element_handle()]
    line = page.get_by_test_id("stProgress").inner_text()
    page.wait_for_timeout(3000)
    assert [node.evaluate("node => node.isConnected") for node in nodes] == [True, True]
    assert page.get_by_test_id("stProgress").inner_text() != line
    press(page, "stop")


def test_nothing_jumps_when_a_run_starts_and_ends(page):
    open_train(page, num_epochs=60)
    chart = loss_chart(page)
    expect(chart.locator("svg")).to_be_visible()
    before = chart.bounding_box()
    press(page, "train")
    says(page, "Training")
    assert chart.bounding_box() == before
    says(page, "Finished")
    assert chart.bounding_box() == before


def test_pause_step_resume_and_reset(page):
    open_train(page, **LONG)
    first = figures(page)
    press(page, "step")
    says(page, "Paused at epoch 0 of 10,000, step 1")
    assert figures(page)[:2] != first[:2], "of after the step"
    expect(page.get_by_text("steps a second")).to_have_count(0)
    page.keyboard.press("t")
    says(page, r"Training: epoch [1-9]")
    press(page, "pause")
    says(page, "Paused")
    paused = step(page)
    press(page, "step")
    says(page, f"step {paused + 1:,}")
    page.keyboard.press("t")
    says(page, "Training")
    assert step(page) > paused, "the run went on"
    page.keyboard.press("t")
    says(page, "Paused")
    press(page, "resume")
    says(page, "Training")
    press(page, "stop")
    says(page, "Stopped")
    press(page, "reset")
    says(page, "Ready")
    expect(page.get_by_test_id("stMetricValue")).to_have_text(first)
    press(page, "seed")
    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(first[0])


def test_a_live_change_goes_into_the_run_and_another_does_not(page):
    open_train(page, **LONG)
    press(page, "train")
    says(page, r"Training: epoch [1-9]")
    page.get_by_role("tab", name="Training").click()
    fill(page, "learning_rate", "0.005")
    page.get_by_test_id("stMain").get_by_text("Learning rate", exact=True).first.wait_for()
    expect(page).to_have_url(re.compile("c="))
    expect(page.get_by_text("Changed since this run")).to_have_count(0)
    fill(page, "num_epochs", "20")
    expect(page.get_by_text("Changed since this run: Epochs.")).to_be_visible()
    says(page, "Training: .* of 10,000")
    press(page, "stop")


def test_bad_text_is_one_sentence(page):
    open_train(page)
    page.get_by_role("tab", name="Training").click()
    fill(page, "learning_rate", "fast")
    expect(page.get_by_text("It must be a number from 1e-8 to 1e7. Until then 0.01 counts.")).to_be_visible()
    field(page, "learning_rate").press("Escape")
    expect(field(page, "learning_rate")).to_have_value("0.01")
    expect(page.get_by_text("It must be")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("c="))


def test_a_shortcut_works_except_while_typing(page):
    open_train(page, num_epochs=2)
    field(page, "num_samples").click()
    page.keyboard.press("t")
    page.keyboard.press("n")
    page.get_by_role("heading", name="Train a network").click()
    says(page, "Ready")
    expect(page).not_to_have_url(re.compile("run="))
    page.keyboard.press("t")
    says(page, "Finished")


def test_a_reload_finds_the_run(page):
    open_train(page, **LONG)
    press(page, "train")
    says(page, r"Training: epoch [1-9]")
    expect(page).to_have_url(re.compile("run="))
    press(page, "pause")
    says(page, "Paused")
    paused = page.get_by_test_id("stProgress").inner_text()
    page.reload()
    says(page, re.escape(paused.strip()))
    press(page, "stop")
    says(page, "Stopped")


def test_back_and_forward_move_the_form(page):
    open_train(page)
    fill(page, "num_samples", "500")
    expect(page).to_have_url(re.compile("c="))
    page.go_back()
    expect(field(page, "num_samples")).to_have_value("1000")
    page.go_forward()
    expect(field(page, "num_samples")).to_have_value("500")


def test_form_and_run_outlast_another_page(page, assert_no_error):
    open_train(page, num_epochs=2, num_samples=500)
    press(page, "train")
    says(page, "Finished")
    shown = figures(page)
    page.get_by_role("link", name="Reference").click()
    expect(page.get_by_role("heading", name="Reference")).to_be_visible()
    page.get_by_role("link", name="Train").click()
    says(page, "Finished")
    expect(field(page, "num_samples")).to_have_value("500")
    assert figures(page) == shown
    assert_no_error()


def test_a_deep_link_opens_the_page_and_restores_the_config_on_a_fresh_server(fresh_server, page, assert_no_error):
    link = encode(Config.parse({"dataset": "digits", "num_samples": 500}))
    opens(page, fresh_server, ENTRIES[0], f"?c={link}")
    says(page, "Ready: press Train.")
    expect(field(page, "dataset")).to_have_value("digits")
    expect(field(page, "num_samples")).to_have_value("500")
    assert_no_error()


def test_a_diverged_run_keeps_its_charts(page):
    open_train(page, optimizer="momentum", activation="relu", learning_rate=10)
    press(page, "train")
    expect(page.get_by_text(re.compile(r"Diverged at step \d+"))).to_be_visible()
    expect(loss_chart(page).locator("svg")).to_contain_text("log)")
    expect(decision_map(page)).to_be_visible()
    assert "–" not in figures(page)


def test_nothing_is_wider_than_a_phone(page):
    page.set_viewport_size(PHONE)
    open_train(page, num_epochs=2)
    press(page, "train")
    says(page, "Finished")
    shown_by = {"Layers": "Gradients of the last batch", "Numbers": "One row an epoch", "Learning": "Log axis"}
    for view, shown in shown_by.items():
        page.get_by_role("radio", name=view).click()
        expect(page.get_by_test_id("stMain").get_by_text(shown).first).to_be_visible()
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth") <= 0


def test_loss_and_accuracy_are_seen_at_once(page):
    page.set_viewport_size({"width": 1400, "height": 900})
    open_train(page)
    box = page.get_by_test_id("stVegaLiteChart").nth(1).bounding_box()
    assert box["y"] + box["height"] <= 900


def test_the_map_is_seen_at_once(page):
    for size in ({"width": 1400, "height": 900}, PHONE):
        page.set_viewport_size(size)
        open_train(page)
        box = decision_map(page).bounding_box()
        assert box["y"] + box["height"] <= size["height"]


def test_a_reload_comes_back_to_the_same_group_of_settings(page, assert_no_error):
    page.goto("/")
    page.get_by_role("tab", name="Regularization").click()
    page.reload()
    expect(page.get_by_role("tab", name="Regularization")).to_have_attribute("aria-selected", "true")
    expect(field(page, "weight_decay")).to_be_visible()
    assert_no_error()
