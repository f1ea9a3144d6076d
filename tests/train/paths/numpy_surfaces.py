"""Values and gradients of surfaces written out by hand in NumPy, and optimizers walking over them."""

import math

import numpy as np

from tests.train.test_optimizer import RULES


def quadratic(point, kappa=1.0, angle=0.0):
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    hessian = np.array([[c, -s], [s, c]]) @ np.diag([1.0, kappa]) @ np.array([[c, s], [-s, c]])
    return point @ hessian @ point / 2, hessian @ point


def rosenbrock(point):
    x, y = point
    slope = np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2, slope


def plane(point, slope=1.0):
    return slope * point[0], np.array([slope, 0.0])


def saddle(point):
    x, y = point
    return x**2 - y**2, np.array([2 * x, -2 * y])


def walk(surface, start, steps, optimizer, *, learning_rate, momentum=0.9, beta2=0.999, rule=None, **numbers):
    """Points (T + 1, 2) and values (T + 1,) of a row's rule, or of another one; the rate may depend on the step."""
    rule = rule or RULES[optimizer]
    point, memory = np.array(start, dtype=float), {}
    points, values = [point], [surface(point, **numbers)[0]]
    for t in range(1, steps + 1):
        rate = learning_rate(t - 1) if callable(learning_rate) else learning_rate
        point = rule(point, surface(point, **numbers)[1], t, memory, rate, momentum, beta2)
        points.append(point)
        values.append(surface(point, **numbers)[0])
    return np.array(points), np.array(values)
