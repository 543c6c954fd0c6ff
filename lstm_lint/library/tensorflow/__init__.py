"""TensorFlow: datasets, and what its tensors have beyond the functions that it shares with numpy."""
