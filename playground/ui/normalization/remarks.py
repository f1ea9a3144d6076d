"""What lecture notes get wrong about normalization, and where each part of the lesson comes from."""

IOFFE = "Ioffe and Szegedy, Batch normalization, 2015, arXiv:1502.03167"
BA = "Ba et al., Layer normalization, 2016, arXiv:1607.06450"
WU = "Wu and He, Group normalization, 2018, arXiv:1803.08494"
ULYANOV = "Ulyanov et al., Instance normalization, 2016, arXiv:1607.08022"
SANTURKAR = "Santurkar et al., How does batch normalization help optimization?, 2018, arXiv:1805.11604"
LAARHOVEN = "van Laarhoven, L2 regularization versus batch and weight normalization, 2017, arXiv:1706.05350"
BJORCK = "Bjorck et al., Understanding batch normalization, 2018, arXiv:1806.02375"
TORCH = "PyTorch documentation, torch.nn.BatchNorm1d"
JOHNSON = 'Wu and Johnson, Rethinking "Batch" in BatchNorm, 2021, arXiv:2105.07576'
LECTURE = "CS231n lecture 7, Training neural networks II"

# part -> sentences
REMARKS = {
    "Who shares a mean": (
        "Some notes say that batch normalization always gives unit Gaussians. It sets mean and variance only: it is an "
        "affine map, so skew and kurtosis stay as they were.",
        'Some notes say that layer normalization averages "within one batch". It averages within one sample, so '
        "the batch does not matter to it.",
    ),
    "Learning rate": (
        "Some notes say that batch normalization works because it removes internal covariate shift. Santurkar et al. "
        "added shifting noise behind it and it helped as before; what changes is that the loss becomes smoother.",
    ),
    "Running statistics": (
        "The lecture's momentum of 0.9 is the share of the old value that is kept; torch's 0.1 is the share of the new "
        "one. They are the same average.",
        "Many scripts judge a network by its running averages after a few steps. They begin at mean 0 and variance 1 "
        "and lag behind the weights: on four layers with large first weights they report a loss in the thousands where "
        "it is about 9.",
    ),
}
SOURCES = {
    "Who shares a mean": (IOFFE, BA, ULYANOV, WU),
    "Running statistics": (JOHNSON, IOFFE, TORCH),
    "Batch size": (WU, LECTURE),
    "Learning rate": (IOFFE, BJORCK, SANTURKAR),
    "First weights": (IOFFE, "CS231n notes, Neural networks part 2"),
    "Weight scale": (f"{IOFFE}, section 3.3", LAARHOVEN),
}
