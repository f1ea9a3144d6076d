"""The reference page in Chromium: what AppTest cannot see."""

from playwright.sync_api import expect


def test_search_narrows_the_cards(page, assert_no_error):
    page.goto("/reference")
    expect(page.get_by_text("Two arms wound around each other")).to_be_visible()
    page.get_by_label("Search", exact=True).fill("leaky")
    page.get_by_label("Search", exact=True).press("Enter")
    expect(page.get_by_text("Two arms wound around each other")).to_have_count(0)
    expect(page.locator("code", has_text="leaky_relu")).to_be_visible()
    assert_no_error()


def test_every_formula_is_typeset(page):
    page.goto("/reference")
    expect(page.locator(".katex").first).to_be_visible()
    expect(page.locator(".katex-error")).to_have_count(0)


def test_nothing_is_wider_than_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/reference")
    expect(page.locator(".katex").first).to_be_visible()
    wide = page.locator("[data-testid=stMain] :is(.katex-html .base, p, h1, h2, code)").evaluate_all(
        "nodes => nodes.filter(node => node.getBoundingClientRect().right > innerWidth).map(node => node.textContent)"
    )
    assert wide == []
