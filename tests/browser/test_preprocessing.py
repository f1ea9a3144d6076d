"""The page "Preprocessing" in Chromium: parts, a changed control, round ellipses, and a phone."""

from playwright.sync_api import expect

OUTLINE = "[data-testid=stVegaLiteChart] svg .mark-line path"


def test_a_whitened_cloud_is_round_on_the_screen(page, assert_no_error):
    page.goto("/preprocessing")
    expect(page.get_by_text("Condition number of the covariance")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(6)
    box = page.locator(OUTLINE).nth(1).bounding_box()
    assert abs(box["width"] / box["height"] - 1) < 0.03, "both axes have one scale"
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page.get_by_text("of the loss is left: 613 before")).to_be_visible()
    page.get_by_text("Leak alarm", exact=True).click()
    expect(page.get_by_text("a false gain")).to_be_visible()
    assert_no_error()


def test_nothing_is_wider_than_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/preprocessing")
    for part, words in (
        ("Before and after", "Condition number of the covariance"),
        ("Digits", "The first two of 64 directions"),
        ("Leak alarm", "Mean validation accuracy"),
    ):
        page.get_by_text(part, exact=True).click()
        expect(page.get_by_text(words)).to_be_visible()
        wide = page.locator("[data-testid=stMain] :is(p, h1, li, canvas, [data-testid=stVegaLiteChart])").evaluate_all(
            "nodes => nodes.filter(node => node.getBoundingClientRect().right > innerWidth).map(node => node.outerHTML)"
        )
        assert wide == []
