"""The rooms of the library, written out by hand: importing them fills the tables."""


def open() -> None:
    """Fill the tables."""
    import lstm_lint.library.keras.core
    import lstm_lint.library.keras.merging
    import lstm_lint.library.keras.models
    import lstm_lint.library.keras.recurrent
    import lstm_lint.library.keras.reshaping
    import lstm_lint.library.keras.tensors
    import lstm_lint.library.keras.weights
    import lstm_lint.library.keras.wrappers
    import lstm_lint.library.numpy.making
    import lstm_lint.library.numpy.shaping
    import lstm_lint.library.python.containers
    import lstm_lint.library.python.functions  # noqa: F401
