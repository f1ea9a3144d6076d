"""Learn to train neural networks by doing it."""

from playground.arithmetic import be_strict

be_strict()  # here, because whatever computes imports this first: pages, workers, command line, Ray's actors, tests
