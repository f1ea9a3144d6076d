"""SignalJob: what flows through the layers of a network that has not been trained."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from playground.catalog import ARCHITECTURES, NORMALIZATIONS
from playground.config import Config
from playground.fields import SPECS
from playground.jobs.job import Turn
from playground.jobs.signal.snapshot import Backward, LayerTheory, SignalSnapshot, signal_rows
from playground.jobs.signal.theory import why_no_theory
from playground.jobs.steps import frames_of_steps
from playground.jobs.training.snapshot import Layer
from playground.parsing import ConfigError, checked_value
from playground.spec import DATA, NETWORK, TRAINING, Spec

if TYPE_CHECKING:
    from playground.train.signal.probe import SignalProbe

NORMAL, DATA_SET = INPUTS = ("normal", "data")
MAX_AT_ONCE = 20_000_000  # activations held for one pass back: 80 MB, and about as much again
PRODUCTS_A_TURN = 2_000_000_000  # multiplications: some 50 ms
SMALLEST_CHUNK = 32  # samples; below it, more time goes into reading the weights than into using them

SIGNAL_SPECS = {
    "samples": Spec(
        group=DATA, low=2, high=20_000, unit="samples", label="Samples",
        help="How many samples pass through; 1000 gives steady figures.",
    ),
    "width": Spec(
        group=NETWORK, low=1, high=1000, unit="units", label="Width",
        help="Units of every hidden layer; 100 to 500 is usual.",
    ),
    "depth": Spec(
        group=NETWORK, low=1, high=50, unit="layers", label="Depth",
        help="Hidden layers; 10 shows most effects.",
    ),
    "input": Spec(
        group=DATA, choices=INPUTS, label="Input",
        help="Standard normal numbers, as many as the width, with random targets; or the training data.",
    ),
}  # fmt: skip

_USED_IN_TRAINING_GROUP = {"loss", "seed", "device"}
_UNUSED_ELSEWHERE = {"mixup_alpha", "augmentation", "augmentation_strength", "weight_decay", "l1", "test_shift"}


@dataclass(frozen=True)
class SignalJob:
    """One pass forward and back at initialization, through `depth` hidden layers of `width` units.

    Args:
        config: its hidden_sizes are replaced.
        samples, width, depth, input: as SIGNAL_SPECS says.
        has_backward: whether there is a pass back; without one, gradients are NaN or None.

    Raises:
        ConfigError: naming the field that is wrong.
    """

    config: Config
    samples: int = 1000
    width: int = 500
    depth: int = 10
    input: str = NORMAL
    has_backward: bool = True

    def __post_init__(self):
        for name in SIGNAL_SPECS:
            object.__setattr__(self, name, _checked(name, getattr(self, name)))
        object.__setattr__(self, "config", self.config.replace(hidden_sizes=(self.width,) * self.depth))
        problems = dict(self._impossible())
        if problems:
            raise ConfigError(problems)

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> "SignalJob":
        """A job from Config fields and those of SIGNAL_SPECS, text allowed.

        Raises:
            ConfigError: one sentence for each field that is wrong.
        """
        own = {name: _checked(name, values.get(name, getattr(cls, name))) for name in SIGNAL_SPECS}
        fields = {name: value for name, value in values.items() if name not in own}
        if "hidden_sizes" in fields:
            _checked("hidden_sizes", fields["hidden_sizes"])
        try:
            config = Config.parse({**fields, "hidden_sizes": (own["width"],) * own["depth"]})
        except ConfigError as error:
            names = {"hidden_sizes": "width"}
            raise ConfigError({names.get(name, name): problem for name, problem in error.problems.items()}) from None
        return cls(config, **own)

    def _impossible(self) -> Iterator[tuple[str, str]]:
        config = self.config
        if ARCHITECTURES[config.architecture].needs_images:
            yield "architecture", f"signals are followed through dense layers only, but {config.architecture} came."
        if NORMALIZATIONS[config.normalization].mixes_samples and self.samples > self._most_at_once():
            yield (
                "samples",
                f"must be at most {self._most_at_once()} for {config.normalization} normalization, which takes all"
                f" samples at once, of {self.depth} layers of {self.width} units, but {self.samples} came.",
            )

    def _most_at_once(self) -> int:
        """Samples whose activations are held in memory together."""
        return max(MAX_AT_ONCE // (self.width * self.depth), 1)

    def _chunk_size(self) -> int:
        """Samples that pass between two looks at the clock; all at once where they share statistics."""
        if NORMALIZATIONS[self.config.normalization].mixes_samples:
            return self._most_at_once()
        per_turn = PRODUCTS_A_TURN // (3 * self.width**2 * self.depth)  # forward, back, and for the weights
        return min(max(per_turn, SMALLEST_CHUNK), self._most_at_once())

    def unused_fields(self) -> dict[str, str]:
        """Config fields without effect here, each with the reason."""
        reasons = {
            name: "Nothing is trained here."
            for name, spec in SPECS.items()
            if (spec.group == TRAINING and name not in _USED_IN_TRAINING_GROUP) or name in _UNUSED_ELSEWHERE
        }
        if self.input == NORMAL:
            kept = {"dataset"}  # whose classes the random targets have
            reasons |= {
                name: "Only input=data reads it."
                for name, spec in SPECS.items()
                if spec.group == DATA and name not in kept
            }
        return reasons | {"hidden_sizes": "Width and depth replace it."}

    def frames(self) -> Generator[SignalSnapshot | None, Turn, None]:
        from playground.train.signal.probe import SignalProbe  # torch, in the worker only

        turn = yield SignalSnapshot()
        probe = SignalProbe(
            self.config,
            num_samples=self.samples,
            num_inputs=self.width if self.input == NORMAL else None,
            chunk_size=self._chunk_size(),
            has_backward=self.has_backward,
        )
        yield from frames_of_steps(probe, turn, partial(self._snapshot, probe))

    def _snapshot(self, probe: "SignalProbe", status: str) -> SignalSnapshot:
        snapshot = SignalSnapshot(
            status=status,
            fraction=probe.num_seen / probe.num_samples,
            samples=probe.num_seen,
            **(self._measured(probe) if probe.num_seen else {}),
        )
        return snapshot if status == "running" else replace(snapshot, result=self._result(snapshot))

    def _measured(self, probe: "SignalProbe") -> dict[str, tuple]:
        from playground.jobs.training.pictures import histogram

        layers = tuple(
            Layer(**vars(values), activations=histogram(outputs), gradients=histogram(gradients))
            for values, outputs, gradients in probe.layers()
        )
        backward = tuple(
            Backward(layer.name, mean, std, histogram(kept))
            for layer, (mean, std, kept) in zip(layers, probe.gradients(), strict=True)
        )
        theory = () if why_no_theory(self.config) else probe.expected
        scaled = (LayerTheory(layer.name, layer.mean, layer.std, layer.gradient * backward[-1].std) for layer in theory)
        return {"layers": layers, "backward": backward, "theory": tuple(scaled)}

    def _result(self, snapshot: SignalSnapshot) -> dict[str, object]:
        return {
            "config": self.config.model_dump(mode="json"),
            "samples": snapshot.samples,
            "input": self.input,
            **signal_rows(snapshot),
        }


def _checked(name: str, value: Any) -> Any:
    """The value of a field of SIGNAL_SPECS, or of a Config field, taken alone."""
    spec = SIGNAL_SPECS.get(name) or SPECS[name]
    return checked_value(name, spec, 0, value)
