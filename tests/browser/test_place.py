"""A place on a page is in its address: it survives F5, is sent by link, and Back leads to the one before."""

import re

from playwright.sync_api import expect


def test_a_part_and_its_controls_survive_a_reload_and_go_back(page, assert_no_error):
    page.goto("/schedules")
    part = page.get_by_role("radiogroup", name="Part of the lesson")
    axis = page.get_by_role("switch", name="Logarithmic axis")
    expect(part.get_by_role("radio", name="All together")).to_be_checked()
    expect(page).to_have_url(re.compile(r"/schedules$"))
    page.locator(".st-key-schedules_log").get_by_text("Logarithmic axis").click()
    expect(page).to_have_url(re.compile(r"\?p="))
    link = page.url
    part.get_by_text("Pitfalls").click()
    expect(page).not_to_have_url(link)

    page.reload()
    expect(part.get_by_role("radio", name="Pitfalls")).to_be_checked()
    page.go_back()
    expect(page).to_have_url(link)
    expect(part.get_by_role("radio", name="All together")).to_be_checked()
    expect(axis).to_be_checked()
    page.go_back()
    expect(axis).not_to_be_checked()
    page.go_forward()
    expect(axis).to_be_checked()
    assert_no_error()


def test_a_damaged_place_says_so_and_shows_the_defaults(page, assert_no_error):
    page.goto("/regularization?p=eJyrVkosKMhJVbJSMjRSqgUAJ3IEng")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("The controls of this page are at their defaults.")
    expect(page.get_by_role("radio", name="L2 and L1")).to_be_checked()
    expect(page).to_have_url(re.compile(r"/regularization$"))
    assert_no_error()
