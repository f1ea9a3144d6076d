"""A class of visitors without browsers, against a running server on the same machine; prints what they saw as JSON.

    python -m tests.load http://127.0.0.1:8501/ PID --sessions 30 --seconds 60 --press train --switch view=Layers

Each visitor is one websocket that speaks Streamlit's protocol as its web page does: it asks for the page, presses the
button with the given key, sends all widgets along with every request, obeys the timers of live parts whether or not
the last answer has come, keeps the cache of large messages, changes one control, and leaves without a word. It draws
nothing, so thirty of them take a few percent of a core; `client_cpu` says how much. Only logins need the XSRF token.

`tab.py` is one visitor, `widgets.py` what it holds of the page, `classroom.py` all of them, `report.py` the figures.
`defaults.py` is an app with Streamlit's default settings, to compare with; `python -m playground bench load` does that.
"""

import argparse
import asyncio
import json

from tests.load.classroom import Change, Classroom
from tests.load.report import report


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__.splitlines()[0])
    found.add_argument("url", help="the page, with what a link carries behind a question mark")
    found.add_argument("server_pid", type=int, help="process whose computing time is noted")
    found.add_argument("--sessions", type=int, default=30)
    found.add_argument("--seconds", type=float, default=60.0, help="how long they are watched")
    found.add_argument("--press", default="", metavar="KEY", help="button that all press first")
    found.add_argument("--field", action="append", default=[], metavar="NAME=VALUE", help="change in a field of ours")
    found.add_argument("--select", action="append", default=[], metavar="KEY=LABEL", help="choice in a select box")
    found.add_argument("--switch", action="append", default=[], metavar="KEY=LABEL", help="of a segmented control")
    found.add_argument("--early", action="store_true", help="change controls before they are watched, not meanwhile")
    return found


def main() -> None:
    given = parser().parse_args()
    changes = [Change(*one.split("=", 1), kind="string_value") for one in given.select]
    changes += [Change(*one.split("=", 1), kind="string_array_value") for one in given.switch]
    changes += [Change(*one.split("=", 1)) for one in given.field]
    classroom = Classroom(
        given.url,
        given.server_pid,
        given.sessions,
        given.seconds,
        press=given.press,
        changes=tuple(changes),
        is_early=given.early,
    )
    print(json.dumps(report(asyncio.run(classroom.watch()))))


if __name__ == "__main__":
    main()
