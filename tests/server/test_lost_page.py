"""A page that Streamlit drops on its way to the browser, as it does now and then on a busy processor."""

import asyncio
from pathlib import Path

from playground.bench.load import LINK
from playground.bench.server import running
from tests.aids.sources import ROOT
from tests.load.tab import Tab
from tests.server.conftest import ONE_WORKER

LATE_APP = Path(__file__).with_name("late_app.py")
PATIENCE_SECONDS, FRAMES = 60.0, 3


async def change_something_while_a_look_is_asked_for(tab: Tab) -> None:
    """Both in one breath; comes back once the page has, and moves again."""
    await tab.open()
    await tab.press("train")
    await tab.is_moving()
    await asyncio.gather(
        tab.do("learning_rate", "0.003"),
        tab.choose("view", string_array_value={"data": ["Layers"]}),
    )
    num_seen = len(tab.seen.frames)
    while len(tab.seen.frames) < num_seen + FRAMES:
        await asyncio.sleep(0.1)


async def visit(url: str) -> Tab:
    tab = Tab(url + LINK)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await change_something_while_a_look_is_asked_for(tab)
    finally:
        await tab.leave()
    return tab


def test_a_page_that_was_dropped_is_drawn_again_and_goes_on():
    """With the app's own setting, which a server of another folder does not read."""
    with running(LATE_APP, "--runner.fastReruns=false", environment={**ONE_WORKER, "PYTHONPATH": str(ROOT)}) as server:
        assert asyncio.run(visit(server.url)).seen.errors == []
