"""The page "Optimizer paths" in Chromium: playing, scrubbing and a click on the map, without flicker."""

import re

from playwright.sync_api import expect

from playground.link import encode_place

INK = """canvas => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
    return seen.size;
}"""
# How often the canvas was seen empty, or another one in its place, since this was called.
WATCH = """canvas => {
    window.blanks = 0;
    const look = () => {
        const { data } = canvas.getContext("2d").getImageData(60, 40, 40, 40);
        if (!canvas.isConnected || data.every(value => value === 0)) window.blanks += 1;
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


def test_paths_play_are_scrubbed_and_start_where_one_clicks(page, assert_no_error):
    page.goto("/optimizer_paths")
    canvas = page.get_by_role("img", name="Contours of Quadratic ravine")
    expect(canvas).to_be_visible()
    assert canvas.evaluate(INK) > 200
    canvas.evaluate(WATCH)

    step, slider = page.locator(".paths output"), page.get_by_role("slider", name="Step")
    expect(step).to_have_text("step 100 of 100")
    page.get_by_label("Speed").select_option("slow")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(step).not_to_have_text("step 100 of 100")
    page.get_by_label("Speed").select_option("fast")
    expect(step).to_have_text("step 100 of 100")  # it comes to the end by itself
    expect(page.get_by_role("button", name="Play")).to_be_visible()

    slider.fill("7")
    expect(step).to_have_text("step 7 of 100")
    slider.press("ArrowRight")
    expect(step).to_have_text("step 8 of 100")
    page.locator(".paths .legend").get_by_role("radio", name="Adam").click()
    rule = page.locator(".rule")
    expect(rule).to_contain_text("Adam, step 8")
    expect(rule.locator("dt")).to_have_count(6)
    expect(rule).not_to_contain_text("?")

    start = page.get_by_role("textbox", name="Start (x, y)")
    before = canvas.get_attribute("aria-label")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * 0.3, "y": box["height"] * 0.3})
    expect(canvas).not_to_have_attribute("aria-label", before)
    expect(start).not_to_have_value("1, 1")
    expect(step).to_have_text("step 8 of 100")
    expect(rule).to_contain_text("Adam, step 8")  # what was looked at stays

    canvas.press("ArrowUp")
    moved = start.input_value()
    expect(start).not_to_have_value(moved)
    assert page.evaluate("window.blanks") == 0
    assert_no_error()


def test_the_rule_of_a_path_that_overflows_says_so_and_shows_finite_numbers(page, assert_no_error):
    place = {"surface": "rosenbrock", "rosenbrock_learning_rate": "0.09", "optimizers": ["sgd"]}
    code = encode_place({f"optimizer_paths_{name}": value for name, value in place.items()})
    page.goto(f"/optimizer_paths?p={code}")
    rule = page.locator(".rule")
    expect(rule).to_contain_text(re.compile(r"SGD: overflow at step \d; below, step \d"))
    expect(rule).not_to_contain_text("∞")
    page.get_by_role("slider", name="Step").fill("2")
    expect(rule.locator("h4")).to_have_text("SGD, step 2")
    assert_no_error()


def test_nothing_is_wider_than_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/optimizer_paths")
    expect(page.get_by_role("img", name="Contours of Quadratic ravine")).to_be_visible()
    expect(page.locator("[data-testid=stMain] table")).to_be_visible()
    wide = page.locator("[data-testid=stMain] :is(canvas, button, p, h1, h3, dd)").evaluate_all(
        "nodes => nodes.filter(node => node.getBoundingClientRect().right > innerWidth + 1).map(node => node.outerHTML)"
    )
    assert wide == []
