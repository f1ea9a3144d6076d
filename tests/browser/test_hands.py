"""What a person does in the fields, in Chromium with a slow server: it is what runs, in the order it was done."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from playground.config import Config
from playground.fields import SPECS
from playground.link import config_of_url
from tests.browser.conftest import WAIT_MILLISECONDS, new_tab
from tests.browser.test_train import LONG, field, open_train, press, says

SLOW = 1500  # milliseconds from the browser to the server
# Streamlit's websocket, whose messages wait; in order, as a slow line keeps them.
SLOW_LINE = f"""
const send = WebSocket.prototype.send;
let isSlow = false;
window.slowDown = () => (isSlow = true);
WebSocket.prototype.send = function (data) {{
  if (isSlow) setTimeout(() => send.call(this, data), {SLOW}); else send.call(this, data);
}};
"""


@pytest.fixture
def slow_page(warm_context) -> Iterator[Page]:
    """A tab of its own, because a script that is put into one stays there."""
    page = new_tab(warm_context)
    page.add_init_script(SLOW_LINE)
    yield page
    page.close()


def trains_with(page: Page, expected: Config) -> None:
    """Wait until the address, which is written last, says this Config."""
    deadline = time.monotonic() + WAIT_MILLISECONDS / 1000
    while (said := config_of_url(page.url)[0]) != expected and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert said == expected


def open_training(page: Page, **fields: object) -> None:
    """The form's part Training, on a line that is slow from now on."""
    open_train(page, **fields)
    page.get_by_role("tab", name="Training").click()
    page.evaluate("slowDown()")


def type_over(page: Page, name: str, text: str) -> None:
    field(page, name).click()
    field(page, name).press("Control+a")
    page.keyboard.type(text)


def test_what_is_typed_and_not_confirmed_is_what_train_trains(slow_page):
    open_training(slow_page, num_samples=100)
    type_over(slow_page, "learning_rate", "0.003")
    type_over(slow_page, "num_epochs", "7")
    press(slow_page, "train")
    says(slow_page, "Finished after 35 steps")
    trains_with(slow_page, Config(num_samples=100, num_epochs=7, learning_rate=0.003))
    expect(field(slow_page, "num_epochs")).to_have_value("7")


def test_a_typed_rate_is_kept_however_the_field_is_left(slow_page):
    open_training(slow_page)
    leave = {
        "0.003": lambda: slow_page.keyboard.press("Tab"),
        "0.004": lambda: slow_page.get_by_role("heading", name="Train a network").click(),
        "0.005": lambda: slow_page.keyboard.press("Enter"),
    }
    for text, act in leave.items():
        type_over(slow_page, "learning_rate", text)
        act()
        expect(slow_page.get_by_text("not taken yet")).to_be_visible()
        expect(slow_page.get_by_text("not taken yet")).to_have_count(0)
        expect(field(slow_page, "learning_rate")).to_have_value(text)
        trains_with(slow_page, Config(learning_rate=float(text)))


def test_a_draft_outlasts_every_look_while_it_trains(slow_page):
    open_training(slow_page, **LONG)
    press(slow_page, "train")
    says(slow_page, r"Training: epoch [1-9]")
    type_over(slow_page, "learning_rate", "0.03")
    line = slow_page.get_by_test_id("stProgress").inner_text()
    expect(slow_page.get_by_test_id("stProgress")).not_to_have_text(line)
    expect(field(slow_page, "learning_rate")).to_have_value("0.03")
    field(slow_page, "learning_rate").press("Enter")
    field(slow_page, "batch_size").press("ArrowUp")
    field(slow_page, "optimizer").select_option("sgd")
    slow_page.get_by_role("tab", name="Data").click()
    field(slow_page, "dataset").select_option("moons")
    expect(slow_page.get_by_text("Changed since this run")).to_contain_text("Data set")
    expect(slow_page.get_by_text("not taken yet")).to_have_count(0)
    says(slow_page, "Training")
    changes = {"learning_rate": 0.03, "batch_size": 11, "optimizer": "sgd", "dataset": "moons"}
    trains_with(slow_page, Config.parse(LONG | changes))
    press(slow_page, "stop")


def test_who_hears_the_page_is_told_the_bounds_of_a_number_and_what_several_choices_are_for(page):
    open_train(page)
    spec = SPECS["num_samples"]
    expect(field(page, "num_samples")).to_have_attribute("aria-valuemin", str(spec.low))
    expect(field(page, "num_samples")).to_have_attribute("aria-valuemax", str(spec.high))
    features = page.get_by_role("group", name=SPECS["features"].label)
    expect(features).to_have_accessible_description(re.compile(re.escape(SPECS["features"].help)))
