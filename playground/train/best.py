"""BestWeights: the weights of the best epoch so far, to which a run goes back at its end."""

from torch import Tensor

from playground.nn.network import Network


class BestWeights:
    """Parameters and buffers as they were evaluated, and the gradients of that epoch's last update.

    Args:
        evaluated: the averaged network where there is one.
        trained: the one with the gradients.

    Source: Prechelt, Early stopping, but when?, 1998.
    """

    def __init__(self, evaluated: Network, trained: Network):
        self._evaluated, self._parameters = evaluated, list(trained.parameters())
        self._state: dict[str, Tensor] = {}
        self._grads: list[Tensor | None] = []

    def keep(self) -> None:
        """Remember how the network is now."""
        self._state = {name: value.clone() for name, value in self._evaluated.state_dict().items()}
        self._grads = [parameter.grad for parameter in self._parameters]  # the next update makes new ones

    def bring_back(self) -> None:
        """Make the network what it was."""
        self._evaluated.load_state_dict(self._state)
        for parameter, grad in zip(self._parameters, self._grads, strict=True):
            parameter.grad = grad
