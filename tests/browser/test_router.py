"""Every page by deep link, as a person gets it from a colleague."""

import re

import pytest
from playwright.sync_api import expect

from playground.ui.router import DEFAULT_PATH, ENTRIES

# A server takes seconds, and that nobody has come before means the same to each page of a section; the first page has a
# server of its own in test_train.py.
OF_A_SECTION = next(entry for entry in ENTRIES if entry.section)


@pytest.mark.parametrize("fresh_server", ["/class/nn"], indirect=True, ids=["below a path"])
def test_a_deep_link_opens_the_page_on_a_fresh_server(fresh_server, page, assert_no_error):
    opens(page, fresh_server, OF_A_SECTION)
    assert_no_error()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.path)
def test_a_deep_link_opens_the_page(entry, server, page, assert_no_error):
    opens(page, server, entry)
    assert_no_error()


def opens(page, server, entry, query=""):
    """Open a page by its link; see that it asks nobody else for anything, and for nothing in vain."""
    asked, errors = [], []
    listen = {
        "request": lambda request: asked.append(request.url),
        "console": lambda message: errors.append(message.text) if message.type == "error" else None,
    }
    for event, hear in listen.items():
        page.on(event, hear)
    page.goto(server + entry.path + query)
    expect(page).to_have_title(re.compile(rf"^{re.escape(entry.title)} "))
    expect(page.get_by_test_id("stHeading").first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    for event, hear in listen.items():
        page.remove_listener(event, hear)
    outside = [url for url in asked if not url.startswith((server, "data:", "blob:"))]
    assert not outside, "a class may be offline"
    assert not errors


def test_the_default_page_opens_by_its_name_too(page, assert_no_error):
    answer = page.request.get(f"{DEFAULT_PATH}?c=abc&run=x", max_redirects=0)
    assert answer.headers["location"] == "./?c=abc&run=x"
    page.goto(DEFAULT_PATH)
    expect(page).to_have_title(re.compile(rf"^{re.escape(ENTRIES[0].title)} "))
    assert_no_error()


def test_an_unknown_page_says_so(page):
    page.goto("/no-such-page")
    expect(page.get_by_test_id("stDialog")).to_contain_text("Page not found")


def test_a_page_opens_from_the_menu(page, assert_no_error):
    page.goto("/")
    page.get_by_test_id("stTopNavLink").get_by_text(ENTRIES[-1].title).click()
    expect(page).to_have_url(re.compile(f"{ENTRIES[-1].path}$"))
    assert_no_error()


def test_a_phone_is_told_where_the_menu_is(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(ENTRIES[1].path)
    button = page.get_by_test_id("stExpandSidebarButton")
    expect(button).to_be_visible()
    page.wait_for_function(
        "node => getComputedStyle(node, '::after').content == '\"Menu\"'", arg=button.element_handle()
    )


def test_the_tab_key_shows_which_page_of_the_menu_it_is_at(page):
    page.goto(ENTRIES[1].path)
    link = page.get_by_test_id("stTopNavLink").first
    expect(page.get_by_test_id("stHeading").first).to_be_visible()
    page.keyboard.press("Tab")  # so that the browser takes it for focus by the keyboard
    link.focus()
    expect(link).to_have_css("outline-style", "solid")
