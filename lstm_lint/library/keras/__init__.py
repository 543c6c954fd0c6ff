"""Keras: what its layers do to shapes, and what its models make of them."""
