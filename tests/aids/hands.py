"""The browser's side of hands, as `playground/ui/fields/hands.js` keeps it, for visitors without a browser."""

import json
import secrets
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

COMPONENT = "playground_fields"


class Hands:
    """Those of one component that the server has not answered yet."""

    def __init__(self, page: str = ""):
        self.page, self.session = page or secrets.token_hex(6), ""
        self.waiting: list[list[Any]] = []
        self.fields: dict[str, dict[str, Any]] = {}
        self._count = 0

    def hear(self, text: str) -> None:
        """Take what the server sent to the component."""
        data = json.loads(text)
        self.session = data["session"]
        self.waiting = [hand for hand in self.waiting if hand[0] > data["taken"].get(self.page, 0)]
        self.fields = {field["name"]: field for field in data["fields"]}

    def add(self, field: str, value: Any) -> None:
        self._count += 1
        self.waiting.append([self._count, field, value])

    @property
    def text(self) -> str:
        """What the component's state is."""
        return json.dumps({"hands": {"page": self.page, "session": self.session, "list": self.waiting}})

    def state(self, widget_id: str) -> WidgetState:
        return WidgetState(id=widget_id, json_value=self.text)
