"""A browser's cache of large messages, which the server then need not send again."""

from collections.abc import Collection
from dataclasses import dataclass

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

MAX_RUNS = 2  # of the page, or of its own fragment, that a message stays without being used


@dataclass
class _Cached:
    message: ForwardMsg
    used: int  # number of the run that used it last


class MessageCache:
    """Messages by their hash."""

    def __init__(self) -> None:
        self._cached: dict[str, _Cached] = {}
        self._num_runs = 0

    @property
    def hashes(self) -> list[str]:
        return list(self._cached)

    def resolve(self, message: ForwardMsg) -> ForwardMsg:
        """The message, or the one that it refers to.

        Raises:
            LookupError: if that is gone, which breaks a browser's page too.
        """
        if message.WhichOneof("type") == "ref_hash":
            cached = self._cached[message.ref_hash]
            cached.used = self._num_runs
            return cached.message
        if message.metadata.cacheable:
            self._cached[message.hash] = _Cached(message, self._num_runs)
        return message

    def finish_run(self, fragments: Collection[str]) -> None:
        """Drop what has not been used for long; none is the whole page."""
        self._num_runs += 1
        for name, cached in list(self._cached.items()):
            is_touched = not fragments or cached.message.delta.fragment_id in fragments
            if is_touched and self._num_runs - cached.used > MAX_RUNS:
                del self._cached[name]
