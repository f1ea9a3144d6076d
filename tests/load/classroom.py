"""A class at once: all open the page, all press Train, all watch, each changes something, all leave."""

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path

from tests.load.seen import Seen
from tests.load.tab import Tab

START_SECONDS = 60.0  # until every page tells a step
SETTLE_SECONDS = 2.0  # from then to the first frame that counts


@dataclass(frozen=True)
class Watched:
    """What was seen while all were watching.

    Args:
        began, ended: moments, in the seconds of `time.perf_counter`.
        tabs: what each tab saw, also before.
        client_cpu: seconds of computing of this process meanwhile.
        server_cpu: of the server, its workers not included.
        num_bytes: received meanwhile.
    """

    began: float
    ended: float
    tabs: list[Seen]
    client_cpu: float
    server_cpu: float
    num_bytes: int


@dataclass(frozen=True)
class Change:
    """A choice in the control with this key.

    Args:
        kind: field of `WidgetState` that holds it; "" for a field of our own, whose name the key is.
    """

    key: str
    label: str
    kind: str = ""

    @property
    def value(self) -> dict[str, object]:
        return {self.kind: {"data": [self.label]} if self.kind == "string_array_value" else self.label}


@dataclass(frozen=True)
class Classroom:
    """How the class behaves.

    Args:
        url: address of the page, with its query.
        server_pid: process whose computing time is noted.
        num_sessions: visitors.
        seconds: how long they are watched.
        press: key of the button that all press; "" for a page that moves by itself.
        changes: which the visitors make in turn, spread over the time.
        is_early: they make them before they are watched instead.
    """

    url: str
    server_pid: int
    num_sessions: int
    seconds: float
    press: str = ""
    changes: tuple[Change, ...] = ()
    is_early: bool = False

    async def watch(self) -> Watched:
        """Play the class.

        Raises:
            RuntimeError: if a page does not come, or its run does not move.
        """
        tabs = [Tab(self.url) for _ in range(self.num_sessions)]
        try:
            await self._start(tabs)
            await asyncio.sleep(SETTLE_SECONDS)
            began, client_cpu, server_cpu = time.perf_counter(), time.process_time(), cpu_seconds(self.server_pid)
            num_bytes = sum(tab.seen.num_bytes for tab in tabs)
            changes = [] if self.is_early else self._changes(tabs, self.seconds / len(tabs))
            await asyncio.gather(asyncio.sleep(self.seconds), *changes)
            return Watched(
                began,
                time.perf_counter(),
                [tab.seen for tab in tabs],
                time.process_time() - client_cpu,
                cpu_seconds(self.server_pid) - server_cpu,
                sum(tab.seen.num_bytes for tab in tabs) - num_bytes,
            )
        finally:
            await asyncio.gather(*(tab.leave() for tab in tabs))

    async def _start(self, tabs: list[Tab]) -> None:
        try:
            async with asyncio.timeout(START_SECONDS):
                await asyncio.gather(*(tab.open() for tab in tabs))
                if self.press:
                    await asyncio.gather(*(tab.press(self.press) for tab in tabs))
                    await asyncio.gather(*(tab.is_moving() for tab in tabs))
                if self.is_early:
                    await asyncio.gather(*self._changes(tabs, 0.0))
        except TimeoutError:
            late = [f"{tab.seen.state!r} {tab.seen.errors}" for tab in tabs if not tab.seen.steps]
            raise RuntimeError(f"{len(late)} pages did not start within {START_SECONDS:.0f} s: {late[:3]}") from None

    def _changes(self, tabs: list[Tab], apart: float) -> list:
        """One change by each visitor, so many seconds apart."""
        if not self.changes:
            return []
        return [
            self._change(tab, self.changes[index % len(self.changes)], apart * (index + 0.5))
            for index, tab in enumerate(tabs)
        ]

    async def _change(self, tab: Tab, change: Change, after: float) -> None:
        await asyncio.sleep(after)
        if change.kind:
            await tab.choose(change.key, **change.value)
        else:
            await tab.do(change.key, change.label)


def cpu_seconds(pid: int) -> float:
    """Computing time of a process so far, without its children (Linux)."""
    # The name, the second field, may hold blanks; behind its bracket come the state and numbers.
    numbers = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
