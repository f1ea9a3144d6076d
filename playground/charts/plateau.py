"""An example of a schedule that waits for plateaus: a made-up validation loss, and the drops that it brings."""

import numpy as np

from playground.catalog.schedules import Shape

THRESHOLD = 1e-4  # of the best loss: what counts as better, as in torch's ReduceLROnPlateau
SMALLEST_CHANGE = 1e-8  # of the rate: a smaller one is not made, as there
SPEED = 0.6  # share of the way down to the present floor that an epoch goes
LOWER = 0.45  # the next floor as a share of the present one
CREEP = 0.01  # share by which it rises again with each epoch since the drop, as from overfitting


def plateau_example(shape: Shape) -> tuple[np.ndarray, np.ndarray]:
    """Validation loss after each epoch, and the factor on the learning rate during each.

    The loss falls towards a floor, as it does while the rate stays the same; each drop of the rate lowers the floor.
    """
    losses, factors = [], []
    loss, floor, factor = 1.0, 0.5, 1.0
    best, waited, age = np.inf, 0, 0
    for _ in range(shape.num_epochs):
        factors.append(max(factor, shape.floor))
        loss += SPEED * (floor - loss)
        losses.append(loss * (1 + CREEP * age))
        age += 1
        if losses[-1] < best * (1 - THRESHOLD):
            best, waited = losses[-1], 0
        else:
            waited += 1
        if waited > shape.step_size:
            waited, age, floor = 0, 0, floor * LOWER
            factor = factor * shape.gamma if factor * (1 - shape.gamma) > SMALLEST_CHANGE else factor
    return np.array(losses), np.array(factors)
