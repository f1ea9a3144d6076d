"""A place on a page is in its address: it survives F5, is sent by link, and Back leads to the one before."""

import re

from playwright.sync_api import expect

from playground.link import encode_place


def test_a_part_opens_by_its_link_and_survives_a_reload(page, assert_no_error):
    link = f"/schedules?p={encode_place({'schedules_part': 'pitfalls'})}"
    page.goto(link)
    for _ in range(2):
        expect(page.get_by_role("radio", name="Pitfalls")).to_be_checked()
        expect(page.get_by_text("Five ways to train at another rate")).to_be_visible()
        expect(page).to_have_url(re.compile(re.escape(link)))
        page.reload()
    assert_no_error()


def test_back_and_forward_move_a_control(page, assert_no_error):
    page.goto("/reference")
    search = page.get_by_role("textbox", name="Search").first  # for a moment the old control stands behind the new one
    links = [page.url]
    for word in ("momentum", "sigmoid"):
        search.fill(word)
        search.press("Enter")
        expect(page).not_to_have_url(links[-1])
        links.append(page.url)
    page.go_back()
    expect(search).to_have_value("momentum")
    page.go_back()
    expect(search).to_have_value("")
    page.go_forward()
    expect(search).to_have_value("momentum")
    expect(page).to_have_url(links[1])
    assert_no_error()


def test_a_damaged_place_says_so_and_shows_the_defaults(page, assert_no_error):
    page.goto("/regularization?p=eJyrVkosKMhJVbJSMjRSqgUAJ3IEng")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("The controls of this page are at their defaults.")
    expect(page.get_by_role("radio", name="L2 and L1")).to_be_checked()
    expect(page).to_have_url(re.compile(r"/regularization$"))
    assert_no_error()
