"""A visitor without a browser, for one thing at a time: it asks, waits for the answer and reads it."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

from tests.aids.hands import COMPONENT, Hands

ANSWER_SECONDS = 60.0


@contextmanager
def visiting(
    url: str, query: str = "", *, cookies: Mapping[str, str] | None = None, origin: str = "", session: str = ""
) -> Iterator["Visitor"]:
    """A visitor of a server, until the connection is cut.

    Args:
        url: address of the server.
        query: what follows the question mark of a link.
        cookies: that the browser keeps for the server.
        origin: site whose script opens the connection; "": the server's own.
        session: of an earlier connection, to be gone on with.
    """
    host = urlsplit(url).netloc
    cookie = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    with connect(
        f"ws://{host}/_stcore/stream",
        subprotocols=["streamlit", *(["none", session] if session else [])],
        origin=origin or f"http://{host}",
        additional_headers={"Cookie": cookie} if cookie else {},
        compression=None,
        max_size=None,
    ) as connection:
        yield Visitor(connection, query)


class Visitor:
    """One connection, and what its last answer said."""

    def __init__(self, connection: ClientConnection, query: str = ""):
        self.connection = connection
        self.session = ""
        self.elements: list[Element] = []
        self._query, self._page = query, ""
        self._ids: dict[str, str] = {}
        self.hands: dict[str, Hands] = {}

    @property
    def query(self) -> str:
        """What the address bar says now."""
        return self._query

    def send(self, *widgets: WidgetState, **more: object) -> None:
        """Ask for the page and wait for nothing; `more` is of `ClientState`."""
        state = ClientState(**{"query_string": self._query, "page_script_hash": self._page, **more})
        state.widget_states.widgets.extend(widgets)
        self.connection.send(BackMsg(rerun_script=state).SerializeToString())

    def open(self, *widgets: WidgetState, **more: object) -> "Visitor":
        """Ask for the page and wait until it is whole."""
        self.send(*widgets, **more)
        return self._read(lambda: True)

    def _read(self, is_enough: Callable[[], bool]) -> "Visitor":
        """Take what comes, until a page is whole that is enough."""
        deadline = time.monotonic() + ANSWER_SECONDS
        for message in self._messages():
            assert time.monotonic() < deadline, "no whole page in time"
            is_end = message.WhichOneof("type") == "script_finished"
            if is_end and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and is_enough():
                return self
        raise AssertionError("the connection was closed")

    def choose(self, key: str, **value: object) -> "Visitor":
        """Set a widget; the value names its kind as `WidgetState` does."""
        return self.open(WidgetState(id=self._ids[key], **value))

    def press(self, key: str) -> "Visitor":
        return self.choose(key, trigger_value=True)

    def do(self, key: str = "form", **fields: object) -> "Visitor":
        """Put these into fields of the component with this key."""
        for field, value in fields.items():
            self.hands[key].add(field, value)
        return self.until_taken(key)

    def until_taken(self, key: str = "form") -> "Visitor":
        """Send what the browser holds, and wait for the page that says that every hand was taken."""
        self.send(self.state_of(key))
        return self._read(lambda: not self.hands[key].waiting)

    def state_of(self, key: str) -> WidgetState:
        """What the browser keeps of a component of fields."""
        return self.hands[key].state(self._ids[key])

    def pressed(self, key: str) -> WidgetState:
        """The press of a button, to be sent with other things."""
        return WidgetState(id=self._ids[key], trigger_value=True)

    def see(self, text: str) -> "Visitor":
        """Look again until the page says this."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while text not in self.open().text:
            assert time.monotonic() < deadline, f"waited for {text!r}, but the page says:\n{self.text}"
            time.sleep(0.05)
        return self

    @property
    def text(self) -> str:
        """All that the page says in words."""
        return "\n".join(filter(None, map(_words, self.elements)))

    @property
    def ids(self) -> list[str]:
        """Of all its widgets."""
        return list(self._ids.values())

    @property
    def keys(self) -> set[str]:
        """Keys of the widgets that a person can use."""
        return {key for key, widget_id in self._ids.items() if not self._is_disabled(widget_id)}

    def value_of(self, field: str, key: str = "form") -> object:
        """What a field was given to show."""
        return self.hands[key].fields[field]["value"]

    def _widget(self, widget_id: str) -> Message | None:
        """As the last answer drew it."""
        widgets = (getattr(element, element.WhichOneof("type")) for element in self.elements)
        return next((widget for widget in widgets if getattr(widget, "id", "") == widget_id), None)

    def _is_disabled(self, widget_id: str) -> bool:
        return getattr(self._widget(widget_id), "disabled", False)

    def _messages(self) -> Iterator[ForwardMsg]:
        with suppress(TimeoutError):
            while True:
                message = ForwardMsg.FromString(self.connection.recv(timeout=ANSWER_SECONDS))
                self._take(message)
                yield message

    def _take(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self.session = message.new_session.initialize.session_id
                self._page = message.new_session.page_script_hash
                if not message.metadata.run.fragment_ids:
                    self.elements = []
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                self.elements.append(element)
                widget_id = getattr(getattr(element, element.WhichOneof("type")), "id", "")
                if isinstance(widget_id, str) and widget_id.count("-") >= 2:
                    self._ids[widget_id.split("-", 2)[-1]] = widget_id
                if element.bidi_component.component_name == COMPONENT:
                    self.hands.setdefault(widget_id.split("-", 2)[-1], Hands()).hear(element.bidi_component.json)


def _words(element: Element) -> str:
    match element.WhichOneof("type"):
        case "alert":
            return element.alert.body
        case "progress":
            return element.progress.text
        case "markdown":
            return element.markdown.body
        case "heading":
            return element.heading.body
        case "exception":
            return f"{element.exception.type}: {element.exception.message} {list(element.exception.stack_trace)}"
    return ""
