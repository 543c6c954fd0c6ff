"""The algebra: sizes, shapes, values, the state they live in, and the seam to the libraries. No syntax, no library."""
