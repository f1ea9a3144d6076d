"""build_network: the modules that a Config describes."""

from torch import nn

from playground.catalog import ARCHITECTURES, DATASETS, NORMALIZATIONS, POOLINGS
from playground.catalog.activations import activation_of
from playground.catalog.architectures import KERNEL
from playground.config import Config
from playground.nn.layers import DropConnectLinear, NormNoise, ResidualBlock
from playground.nn.network import LayerParts, Network
from playground.registry import resolve


def build_network(config: Config, num_inputs: int, num_outputs: int) -> Network:
    """An uninitialized network from (N, num_inputs) to (N, num_outputs)."""
    return _Builder(config).build(num_inputs, num_outputs)


class _Builder:
    def __init__(self, config: Config):
        self.config = config
        self.activation = activation_of(config)
        self.parts: list[nn.Module] = []
        self.layers: list[LayerParts] = []
        self.branch_ends: list[nn.Module] = []

    def build(self, num_inputs: int, num_outputs: int) -> Network:
        width = self._convolutions() if ARCHITECTURES[self.config.architecture].needs_images else num_inputs
        num_blocks = sum(self._is_block(index) for index in range(len(self.config.hidden_sizes)))
        block = 0
        for index, size in enumerate(self.config.hidden_sizes):
            name = f"hidden {index + 1}"
            if self._is_block(index):
                block += 1
                self._block(name, size, skip=self.config.stochastic_depth * block / num_blocks)
            else:
                self._dense(name, width, size)
            width = size
        output = nn.Linear(width, num_outputs)
        self.parts.append(output)
        self.layers.append(LayerParts("output", (output,), None, output))
        return Network(self.parts, self.layers, self.branch_ends)

    def _is_block(self, index: int) -> bool:
        sizes = self.config.hidden_sizes
        return self.config.residual and index > 0 and sizes[index] == sizes[index - 1]

    def _convolutions(self) -> int:
        """3 x 3 convolutions that keep the size, each followed by pooling; returns the width that comes out."""
        height, width = DATASETS[self.config.dataset].image_shape
        pooling, channels = POOLINGS[self.config.pooling], 1
        self.parts.append(nn.Unflatten(1, (channels, height, width)))
        for index, size in enumerate(self.config.conv_channels):
            pieces = size * self.activation.pieces
            affine = nn.Conv2d(channels, pieces, KERNEL, padding=KERNEL // 2, bias=self._has_bias)
            activation = self._activation()
            self.parts += [affine, *self._normalization(pieces, (height, width)), activation]
            self.layers.append(LayerParts(f"conv {index + 1}", (affine,), activation, activation))
            height, width = pooling.side_after(height), pooling.side_after(width)
            self.parts.append(resolve(pooling.target)((height, width)))
            channels = size
        self.parts.append(nn.Flatten())
        return channels * height * width

    def _dense(self, name: str, width: int, size: int) -> None:
        affine, chain, activation = self._affine_and_activation(width, size)
        self.parts += [*chain, self._dropout()]
        self.layers.append(LayerParts(name, (affine,), activation, activation))

    def _block(self, name: str, size: int, *, skip: float) -> None:
        affine, chain, activation = self._affine_and_activation(size, size)
        last = self._linear(size, size, bias=True)
        block = ResidualBlock(nn.Sequential(*chain, last), skip=skip)
        self.parts += [block, self._dropout()]
        self.layers.append(LayerParts(name, (affine, last), activation, block))
        self.branch_ends.append(last)

    def _affine_and_activation(self, width: int, size: int) -> tuple[nn.Module, list[nn.Module], nn.Module]:
        pieces = size * self.activation.pieces
        affine, activation = self._linear(width, pieces, bias=self._has_bias), self._activation()
        return affine, [affine, *self._normalization(pieces, None), activation], activation

    @property
    def _has_bias(self) -> bool:
        return not NORMALIZATIONS[self.config.normalization].replaces_bias

    def _linear(self, width: int, size: int, *, bias: bool) -> nn.Module:
        if self.config.dropconnect:
            return DropConnectLinear(width, size, p=self.config.dropconnect, bias=bias)
        return nn.Linear(width, size, bias=bias)

    def _normalization(self, size: int, image: tuple[int, int] | None) -> list[nn.Module]:
        row = NORMALIZATIONS[self.config.normalization]
        if not row.target:
            return []
        norm = resolve(row.target)(size, image, self.config.num_groups)
        return [norm, NormNoise(self.config.norm_noise)] if self.config.norm_noise and row.mixes_samples else [norm]

    def _activation(self) -> nn.Module:
        return resolve(self.activation.target)(**self.activation.arguments)

    def _dropout(self) -> nn.Module:
        return resolve(self.activation.dropout)(self.config.dropout)
