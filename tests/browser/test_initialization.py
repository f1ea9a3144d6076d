"""The page "Initialization" in Chromium: a changed control changes the picture in place."""

from playwright.sync_api import expect


def test_another_initializer_cures_the_signal(page, assert_no_error):
    page.goto("/initialization")
    expect(page.get_by_text("Shrinks: the standard deviation")).to_be_visible()
    charts = page.locator("[data-testid=stVegaLiteChart] svg")
    expect(charts).to_have_count(6)
    page.get_by_role("combobox", name="Initializer").click()
    page.get_by_role("option", name="Kaiming normal").click()
    expect(page.get_by_text("Holds: the standard deviation")).to_be_visible()
    expect(charts).to_have_count(6)
    expect(page.locator(".katex-error")).to_have_count(0)
    assert_no_error()
