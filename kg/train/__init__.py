"""Training of the shipped weights; needs the extra `train`."""
