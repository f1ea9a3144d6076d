"""An example of a schedule that waits for plateaus: a made-up validation loss, and the drops that it brings."""

import numpy as np

from playground.catalog.schedules import Plateau, Shape

START, FIRST_FLOOR = 1.0, 0.5  # loss before the first update, and where it would end at the full rate
SPEED = 0.6  # share of the way down to the present floor that an epoch goes
LOWER = 0.45  # the next floor as a share of the present one
CREEP = 0.01  # share by which it rises again with each epoch since the drop, as from overfitting


def plateau_example(shape: Shape) -> tuple[np.ndarray, np.ndarray]:
    """Validation loss (epochs + 1,) at the start and after each epoch, and the factor (epochs,) during each.

    The loss falls towards a floor, as it does while the rate stays the same; each drop of the rate lowers the floor.
    """
    losses, factors = [START], []
    loss, floor, age = START, FIRST_FLOOR, 0
    plateau = Plateau(shape)
    plateau.see(START)
    for _ in range(shape.num_epochs):
        factor = plateau.factor
        factors.append(max(factor, shape.floor))
        loss += SPEED * (floor - loss)
        losses.append(loss * (1 + CREEP * age))
        age += 1
        plateau.see(losses[-1])
        if plateau.factor < factor:
            age, floor = 0, floor * LOWER
    return np.array(losses), np.array(factors)
