"""The loss of an actual network around the paths of its optimizers: the plane, the surface over it, its curvature."""
