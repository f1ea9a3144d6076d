"""NormalizedTensorJob: a small tensor under every normalization, and the numbers of one of its cells."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.catalog import NORMALIZATIONS
from playground.fields import SPECS
from playground.jobs.job import Turn
from playground.jobs.normalization.normalized_tensor_snapshot import (
    Identities,
    Moments,
    NormalizedTensorSnapshot,
    TensorUnder,
)
from playground.parsing import ConfigError, checked_value
from playground.spec import DATA, NETWORK, Spec

if TYPE_CHECKING:
    from torch import Tensor

    from playground.nn.normalized_tensor import Normalization

KINDS = tuple(name for name, row in NORMALIZATIONS.items() if row.target)
TENSOR_SPECS = {
    "num_samples": Spec(group=DATA, low=1, high=8, label="Samples N", help="Samples in the batch; 4 is easy to see."),
    "num_channels": Spec(group=DATA, low=1, high=12, label="Channels C", help="Channels of each sample; 6 show it."),
    "side": Spec(group=DATA, low=2, high=6, label="Side H = W", help="Rows and columns of each channel; 3 shows it."),
    "num_groups": SPECS["num_groups"],
    "sample": Spec(group=DATA, low=1, high=8, label="Sample", help="Of the cell looked at; or click on a cell."),
    "channel": Spec(group=DATA, low=1, high=12, label="Channel", help="Of the cell that is looked at."),
    "position": Spec(group=DATA, low=1, high=36, label="Position", help="Of the cell, row by row."),
    "gain": Spec(group=NETWORK, low=0, high=3, step=0.1, label="Gain γ", help="Learned factor; it starts at 1."),
    "shift": Spec(group=NETWORK, low=-3, high=3, step=0.1, label="Shift β", help="Learned summand; it starts at 0."),
    "seed": SPECS["seed"],
}  # fmt: skip


@dataclass(frozen=True)
class NormalizedTensorJob:
    """Args:
    sample, channel, position: of the chosen cell, counted from 1.
    undoes: whether gain and shift are those that give the tensor back; `gain` and `shift` are not read then.

    Raises:
        ConfigError: naming the field that is wrong.
    """

    num_samples: int
    num_channels: int
    side: int
    num_groups: int
    sample: int = 1
    channel: int = 1
    position: int = 1
    gain: float = 1.0
    shift: float = 0.0
    seed: int = 0
    undoes: bool = False

    def __post_init__(self):
        for name, spec in TENSOR_SPECS.items():
            object.__setattr__(self, name, checked_value(name, spec, getattr(type(self), name, 0), getattr(self, name)))
        if self.num_channels % self.num_groups:
            raise ConfigError({"num_groups": f"must divide {self.num_channels} channels, but {self.num_groups} came."})
        limits = {"sample": self.num_samples, "channel": self.num_channels, "position": self.side**2}
        for name, most in limits.items():
            if getattr(self, name) > most:
                raise ConfigError({name: f"must be at most {most}, but {getattr(self, name)} came."})

    @property
    def shape(self) -> tuple[int, int, int, int]:
        return self.num_samples, self.num_channels, self.side, self.side

    @property
    def num_cells(self) -> int:
        return self.num_samples * self.num_channels * self.side**2

    @property
    def cell(self) -> tuple[int, int, int, int]:
        """Indices of the chosen cell, counted from 0."""
        return self.sample - 1, self.channel - 1, *divmod(self.position - 1, self.side)

    def frames(self) -> Generator[NormalizedTensorSnapshot | None, Turn, None]:
        from playground.nn.normalized_tensor import Normalization, example_tensor, identities

        yield NormalizedTensorSnapshot()
        x = example_tensor(self.shape, self.seed)
        modules = {name: Normalization(name, self.shape, self.num_groups) for name in KINDS}
        yield NormalizedTensorSnapshot(
            status="finished",
            fraction=1.0,
            values=x.numpy(),
            kinds=tuple(self._under(name, module, x) for name, module in modules.items()),
            identities=Identities(**vars(identities(x))),
        )

    def _under(self, name: str, module: "Normalization", x: "Tensor") -> TensorUnder:
        from playground.nn.normalized_tensor import moments

        sample = self.cell[0]
        if self.undoes:
            module.undo(x, sample)
        else:
            module.scale_by(self.gain, self.shift)
        after, cells = module(x), module.cells_with(self.cell)
        difference = (after - x).abs()
        gain, shift = module.affine_at(self.cell)
        return TensorUnder(
            name=name,
            after=after.numpy(),
            shares=cells[:, :, 0, 0].numpy(),
            num_cells=int(cells.sum()),
            epsilon=module.epsilon,
            cells_before=x[cells].numpy(),
            cells_after=after[cells].numpy(),
            moments_before=Moments(**vars(moments(x[cells]))),
            moments_after=Moments(**vars(moments(after[cells]))),
            gain=gain,
            shift=shift,
            chosen_before=x[self.cell].item(),
            chosen_after=after[self.cell].item(),
            error=difference.max().item(),
            error_of_sample=difference[sample].max().item(),
        )
