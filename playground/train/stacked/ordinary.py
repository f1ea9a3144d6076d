"""From a stacked run back to an ordinary network."""

import torch

from playground.catalog.activations import activation_of
from playground.data.prepared import Data
from playground.nn.build import build_network
from playground.nn.network import Network
from playground.train.layer_probe import LayerProbe
from playground.train.probes import UpdateProbe, probe_layers
from playground.train.stacked.run import Parameters, StackedRun


def ordinary_network(run: StackedRun, data: Data) -> Network:
    """The network of a run that has ended, in evaluation mode.

    Args:
        data: of the run, for the numbers of inputs and outputs.
    """
    network = build_network(run.config, data.num_inputs, data.num_outputs)
    load(network, run.ending.state)
    network.to(data.train.X.device).eval()
    return network


def layers_of(run: StackedRun, data: Data) -> list[LayerProbe]:
    """What flows through each layer at the end, and what the last update of its weights did."""
    network = ordinary_network(run, data)
    ratios = []
    if run.step and run.kept_row != 0:  # the start, of which there was no update
        probe = UpdateProbe(network)
        load(network, run.ending.before)
        probe.start()
        load(network, run.ending.after)
        ratios, _ = probe.finish()
        load(network, run.ending.state)
    for name, parameter in network.named_parameters():
        parameter.grad = run.ending.gradient[name]
    with torch.no_grad(), network.tapped() as taps:
        network(data.train.X)
    return probe_layers(network, taps, activation_of(run.config), ratios)


@torch.no_grad()
def load(network: Network, values: Parameters) -> None:
    """Give an ordinary network these numbers, by its own names for them; what is not named stays."""
    own = network.state_dict()
    for name, value in values.items():
        own[name].copy_(value)
