"""One browser tab without a browser: it asks, listens, keeps its timers and notes what it sees."""

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import urlsplit

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.load.cache import MessageCache
from tests.load.seen import Seen
from tests.load.widgets import Widgets

STEP = re.compile(r"step ([\d,]+)")


class Tab:
    """One visitor's tab.

    Args:
        url: address of the app, with the query that a link carries.
    """

    def __init__(self, url: str):
        self.seen = Seen()
        self._url, self._query = url, urlsplit(url).query
        self._connection: ClientConnection | None = None
        self._widgets = Widgets()
        self._page = ""
        self._cache = MessageCache()
        self._run_began = 0.0
        self._asked: dict[str, list[float]] = {}  # fragment -> moments of requests that no finished run has answered
        self._timers: dict[str, asyncio.Task] = {}
        self._redrawn, self._moved = asyncio.Event(), asyncio.Event()
        self._listener: asyncio.Task | None = None

    async def open(self) -> None:
        """Connect and wait for the first page."""
        scheme, host = ("wss" if self._url.startswith("https") else "ws"), urlsplit(self._url).netloc
        self._connection = await connect(
            f"{scheme}://{host}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=f"{urlsplit(self._url).scheme}://{host}",
            compression=None,
            max_size=None,
        )
        self._listener = asyncio.create_task(self._listen())
        await self._redraw()

    async def leave(self) -> None:
        """Close the tab, without a word to the app."""
        self._stop_timers()
        if self._listener:
            self._listener.cancel()
        if self._connection:
            await self._connection.close()

    async def press(self, key: str) -> None:
        """Press a button outside the live part, and wait for the page that comes of it."""
        self.seen.pressed = time.perf_counter()
        await self._redraw(pressed=key)

    async def is_moving(self) -> None:
        """Wait until the page has told a step, and drawn what it had to draw with it."""
        await self._moved.wait()

    async def choose(self, key: str, **value: Any) -> None:
        """Set a control; in the live part that draws the live part alone."""
        self._widgets.choose(key, **value)
        await self._draw(self._widgets.fragment_of(key))

    async def do(self, field: str, value: Any) -> None:
        """Put a value into a field of our own."""
        await self._draw(self._widgets.do(field, value))

    async def _draw(self, fragment: str) -> None:
        if fragment:
            await self._ask(fragment)
        else:
            await self._redraw()

    async def _redraw(self, pressed: str = "") -> None:
        self._redrawn.clear()
        await self._ask(pressed=pressed)
        await self._redrawn.wait()

    async def _ask(self, fragment: str = "", *, is_timer: bool = False, pressed: str = "") -> None:
        state = ClientState(
            query_string=self._query,
            widget_states=self._widgets.states(pressed),
            page_script_hash=self._page,
            fragment_id=fragment,
            is_auto_rerun=is_timer,
            cached_message_hashes=self._cache.hashes,
            context_info={"timezone": "UTC", "timezone_offset": 0, "locale": "en-US", "url": self._url},
        )
        self._asked.setdefault(fragment, []).append(time.perf_counter())
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())

    async def _keep_asking(self, fragment: str, interval: float) -> None:
        """Ask at each tick, whether or not the last answer has come, as a browser's timer does."""
        due = time.perf_counter()
        while True:
            due += interval
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await self._ask(fragment, is_timer=True)

    def _stop_timers(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    async def _listen(self) -> None:
        """Take what comes until the tab is left; what ends it before is an error, and nobody waits for more."""
        try:
            async for data in self._connection:
                self.seen.num_bytes += len(data)
                message = self._cache.resolve(ForwardMsg.FromString(data))
                if take := self._TAKE.get(message.WhichOneof("type")):
                    take(self, message)
        except (ConnectionClosed, LookupError) as error:
            self.seen.errors.append(f"the tab ended: {error!r}")
            self._stop_timers()
            self._redrawn.set()
            self._moved.set()

    def _take_new_session(self, message: ForwardMsg) -> None:
        self._page = message.new_session.page_script_hash
        self._run_began = time.perf_counter()
        self._widgets.start_run()
        if not message.metadata.run.fragment_ids:
            self._stop_timers()

    def _take_delta(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            self._widgets.see(element, message.delta.fragment_id)
            self._look_at(element)

    def _look_at(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.seen.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            self.seen.errors.append(element.alert.body)
        elif kind == "progress":
            self.seen.state = element.progress.text
            if found := STEP.search(element.progress.text):
                self.seen.steps.append((time.perf_counter(), int(found[1].replace(",", ""))))

    def _take_auto_rerun(self, message: ForwardMsg) -> None:
        fragment, interval = message.auto_rerun.fragment_id, message.auto_rerun.interval
        if fragment not in self._timers:
            self._timers[fragment] = asyncio.create_task(self._keep_asking(fragment, interval))

    def _take_page_info(self, message: ForwardMsg) -> None:
        self._query = message.page_info_changed.query_string

    def _take_page_not_found(self, message: ForwardMsg) -> None:
        self.seen.errors.append(f"page not found: {message.page_not_found.page_name}")

    def _take_script_finished(self, message: ForwardMsg) -> None:
        """Note a frame or a page; what was cut short for the next request is none, and its request stays open."""
        if message.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
            for fragment in message.metadata.run.fragment_ids:
                self._note(self.seen.frames, fragment)
                self._widgets.finish_run(fragment)
        elif message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            self._note(self.seen.answers, "")
            self._widgets.finish_run("")
            self._redrawn.set()
        self._cache.finish_run(message.metadata.run.fragment_ids)
        if self.seen.steps:
            self._moved.set()

    def _note(self, where: list[tuple[float, float]], fragment: str) -> None:
        """The run that ends answers every request that was made before it began, the oldest of them counts."""
        asked = self._asked.get(fragment, [])
        if asked:
            now = time.perf_counter()
            where.append((now, now - asked[0]))
        self._asked[fragment] = [moment for moment in asked if moment > self._run_began]

    _TAKE: ClassVar[dict[str, Callable[["Tab", ForwardMsg], None]]] = {
        "new_session": _take_new_session,
        "delta": _take_delta,
        "auto_rerun": _take_auto_rerun,
        "page_info_changed": _take_page_info,
        "page_not_found": _take_page_not_found,
        "script_finished": _take_script_finished,
    }
