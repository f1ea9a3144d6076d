"""What theory says of random trials against a grid when one axis alone matters.

Source: Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, 2012,
https://jmlr.org/papers/v13/bergstra12a.html
"""


def chance_of_best(share: float, trials: int) -> float:
    """Chance that one of the random trials is in the best `share` of the space.

    Formula: 1 - (1 - q)^n.
    """
    return 1 - (1 - share) ** trials


def grid_distance(levels: int) -> float:
    """Mean distance from an optimum, uniform in [0, 1], to the nearest of the centres of that many cells.

    Formula: 1 / (4 k); a grid of k x k points has only k values of an axis.
    """
    return 1 / (4 * levels)


def random_distance(trials: int) -> float:
    """The same to the nearest of uniform points.

    Formula: (n + 3) / (2 (n + 1) (n + 2)), the mean of (1 - length of [x - t, x + t] within [0, 1])^n over x and t.
    """
    return (trials + 3) / (2 * (trials + 1) * (trials + 2))
