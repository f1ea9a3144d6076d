"""The page "Real loss" in Chromium: surface and paths are on the canvas."""

from playwright.sync_api import expect

HAS_COLOURS = """canvas => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 4).join());
    return seen.size;
}"""


def test_surface_and_paths_are_drawn_and_the_pointer_reads_them(page, assert_no_error):
    page.goto("/real_loss")
    for name, value in (("Steps", "20"), ("Resolution", "11")):
        page.get_by_role("spinbutton", name=name).fill(value)
    page.get_by_role("button", name="Draw the surface").click()
    expect(page.get_by_text("What the numbers say")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    canvas = page.get_by_role("img", name="Contour map of the training loss")
    assert canvas.evaluate(HAS_COLOURS) > 500, "shading, lines and paths"
    expect(page.locator(".legend span")).to_have_count(6)
    box = canvas.bounding_box()
    canvas.hover(position={"x": box["width"] * 0.75, "y": box["height"] * 0.25})
    expect(page.locator(".tip")).to_contain_text("loss")
    assert_no_error()
