"""Stages: how far work in several stages is, and how long it will still take."""


class Stages:
    """The length of each stage is a guess until it has begun, and measured from then on.

    Args:
        guesses: stage -> seconds, in the order in which they come.
    """

    def __init__(self, guesses: dict[str, float]):
        self._guesses = guesses
        self._spent = dict.fromkeys(guesses, 0.0)
        self._shares = dict.fromkeys(guesses, 0.0)
        self._highest = 0.0

    def note(self, stage: str, seconds: float, share: float) -> None:
        """Some more seconds went into a stage, of which this share is now done."""
        self._spent[stage] += seconds
        self._shares[stage] = share

    @property
    def seconds_left(self) -> float:
        return sum(max(self._whole(stage) - self._spent[stage], 0.0) for stage in self._guesses)

    @property
    def fraction(self) -> float:
        """Share of the whole that is done; it never goes back, though the guesses may."""
        whole = sum(self._whole(stage) for stage in self._guesses)
        done = (whole - self.seconds_left) / whole if whole else 0.0
        self._highest = max(self._highest, min(done, 1.0))
        return self._highest

    def _whole(self, stage: str) -> float:
        share = self._shares[stage]
        if share >= 1:
            return self._spent[stage]
        return self._spent[stage] / share if share else max(self._guesses[stage], self._spent[stage])
