"""What a tab notes of what comes to it."""

from dataclasses import dataclass, field


@dataclass
class Seen:
    """What a tab saw, with the moment of each thing in the seconds of `time.perf_counter`.

    Args:
        frames: (moment, latency) of each live frame: from the request to the end of what it brought.
        answers: (moment, latency) of each redrawn page.
        steps: (moment, step) as the page told them.
        state: what the page said last about where its run is.
        pressed: when the button was.
        errors: sentences; a page that works shows none.
        num_bytes: received so far.
    """

    frames: list[tuple[float, float]] = field(default_factory=list)
    answers: list[tuple[float, float]] = field(default_factory=list)
    steps: list[tuple[float, int]] = field(default_factory=list)
    state: str = ""
    pressed: float = 0.0
    errors: list[str] = field(default_factory=list)
    num_bytes: int = 0
