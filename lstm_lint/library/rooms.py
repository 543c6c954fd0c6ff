"""The rooms of the library, written out by hand: importing them fills the tables."""


def open() -> None:
    """Fill the tables."""
    import lstm_lint.library.arrays.elements
    import lstm_lint.library.arrays.joining
    import lstm_lint.library.arrays.making
    import lstm_lint.library.arrays.products
    import lstm_lint.library.arrays.shaping
    import lstm_lint.library.keras.asking
    import lstm_lint.library.keras.attention
    import lstm_lint.library.keras.cells
    import lstm_lint.library.keras.convlstm
    import lstm_lint.library.keras.convolutional
    import lstm_lint.library.keras.core
    import lstm_lint.library.keras.custom
    import lstm_lint.library.keras.data
    import lstm_lint.library.keras.functional
    import lstm_lint.library.keras.lambdas
    import lstm_lint.library.keras.merging
    import lstm_lint.library.keras.models
    import lstm_lint.library.keras.normalizing
    import lstm_lint.library.keras.pooling
    import lstm_lint.library.keras.preprocessing
    import lstm_lint.library.keras.private
    import lstm_lint.library.keras.recurrent
    import lstm_lint.library.keras.reshaping
    import lstm_lint.library.keras.saving
    import lstm_lint.library.keras.states
    import lstm_lint.library.keras.tensors
    import lstm_lint.library.keras.training
    import lstm_lint.library.keras.weights
    import lstm_lint.library.keras.wholes
    import lstm_lint.library.keras.wrappers
    import lstm_lint.library.numpy.attributes
    import lstm_lint.library.numpy.drawing
    import lstm_lint.library.numpy.reading
    import lstm_lint.library.pandas.choosing
    import lstm_lint.library.pandas.methods
    import lstm_lint.library.pandas.tables
    import lstm_lint.library.python.classes
    import lstm_lint.library.python.commands
    import lstm_lint.library.python.containers
    import lstm_lint.library.python.functions
    import lstm_lint.library.python.iterating
    import lstm_lint.library.python.numbers
    import lstm_lint.library.python.paths
    import lstm_lint.library.python.records
    import lstm_lint.library.python.standard
    import lstm_lint.library.sklearn.datasets
    import lstm_lint.library.sklearn.preprocessing
    import lstm_lint.library.sklearn.splitting
    import lstm_lint.library.tensorflow.data
    import lstm_lint.library.tensorflow.tensors  # noqa: F401
