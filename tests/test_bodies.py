"""Classes of the user's in witnesses: what was followed of them is written, operation by operation."""

from pathlib import Path

import pytest

from lstm_lint import interp
from lstm_lint.checks import judge
from lstm_lint.confirm.slices import survey
from lstm_lint.confirm.witness import of_claim
from lstm_lint.library import load
from lstm_lint.source.tree import parse

HEAD = "import keras\nimport numpy as np\nfrom keras.layers import GRU, LSTM, RNN, Dense, Layer\n"
ENCODER = """
class Encoder(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.rnn = LSTM(units)
    def call(self, x):
        last = self.rnn(x)
        return last * 2
"""
CELL = """
class Cell(Layer):
    state_size = 4
    def call(self, inputs, states):
        return inputs + states[0]
"""
POOL = """
class Pool(Layer):
    def __init__(self, units):
        super().__init__()
        self.kernel = self.add_weight(shape=(4, units), name="kernel")
    def call(self, x):
        return x @ self.kernel
"""
CASES = [
    (
        POOL + "model = keras.Sequential([keras.Input((5, 4)), Pool(3), LSTM(2), LSTM(2)])\n",
        (
            '        self.kernel = self.add_weight(shape=(4, 3), name="kernel")\n\n'
            "    def call(self, x):\n        value = x @ self.kernel\n        return value\n"
        ),
    ),
    (
        ENCODER
        + "encoder = Encoder(8)\nencoder.compile('sgd', 'mse')\nencoder.fit(np.zeros((9, 5, 3)), np.zeros((9, 7)))\n",
        (
            "class Encoder(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.rnn = lstm\n\n"
            "    def call(self, x):\n        x_2 = lstm(x)\n        value = x_2 * 2\n        return value\n"
        ),
    ),
    (
        CELL + "RNN(Cell())(np.zeros((3, 5, 4), 'float32'))\n",
        "    state_size = 4\n\n    def call(self, inputs, states):\n        value = inputs + states[0]\n        return value\n",
    ),
    (
        "class Net(keras.Model):\n  def __init__(self):\n    super().__init__()\n    self.layers = [GRU(3)]\nNet()\n",
        "    def __init__(self):\n        super().__init__()\n        self.layers = [gru]\n",
    ),
    (
        "class Net(keras.Model):\n  def call(self, x):\n    return self.lstm(x)\nNet()(np.zeros((3, 5, 4)))\n",
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n\n\nnet = Net()\nnet.lstm",
    ),
    (
        "class Net(keras.Model):\n  def call(self, x):\n    return GRU(2)(x)\nNet().predict(np.zeros((3, 5, 4)))\n",
        "    def call(self, inputs):\n        gru = keras.layers.GRU(2)\n        x = gru(inputs)\n        return x\n",
    ),
    (
        (
            "model = keras.Sequential([keras.Input((5, 4)), Dense(1)])\nmodel.compile('sgd', 'mse')\n"
            "stop = keras.callbacks.EarlyStopping('val_acc')\n"
            "model.fit(np.zeros((3, 5, 4)), np.zeros((3, 5, 1)), callbacks=[stop])\n"
        ),
        'callbacks=[keras.callbacks.EarlyStopping(monitor="val_acc")]',
    ),
]


@pytest.mark.parametrize(("program", "text"), CASES)
def test_what_is_written_of_a_class(program: str, text: str) -> None:
    trace = interp.run(parse(Path("own.py"), (HEAD + program).encode()), load("keras3"))
    (claim,) = (claim for claim in judge(trace, "keras3") if claim.operation is not None)
    assert claim.operation is not None
    for witness, *_ in of_claim(survey(trace, "keras3"), claim.operation, claim.clash):
        assert text in "\n".join(step.text() for step in witness.steps)


DRAWN = [
    (
        (
            "model = keras.Sequential([keras.Input((5, 4)), LSTM(3), Dense(2, 'sigmoid')])\n"
            "model.compile('sgd', 'msee')\n"
            "model.fit(np.load('x.npy'), np.load('y.npy'), epochs=9)\n"
        ),
        (
            'data = np.random.rand(12, 5, 4).astype("float32")\ndata_2 = np.random.rand(12, 2).astype("float32")\n'
            "model.fit(x=data, y=data_2, verbose=0)"
        ),
    ),
    (
        (
            "model = keras.Sequential([keras.Input((5,)), keras.layers.Embedding(9, 4), LSTM(3), Dense(1)])\n"
            "model.compile('sgd', 'msee')\n"
            "def rows():\n    while True:\n        yield from np.load('x.npy')\n"
            "model.fit(rows(), steps_per_epoch=7)\n"
        ),
        'data_2 = np.random.rand(12, 1).astype("float32")\nmodel.fit(x=data, y=data_2, steps_per_epoch=1, verbose=0)',
    ),
    (
        (
            "model = keras.Sequential([keras.Input((5, 4)), LSTM(3), Dense(2)])\nmodel.compile('sgd', 'mse')\n"
            "def rows():\n    while True:\n        yield np.ones((8, 5, 3)), np.ones((8, 2))\n"
            "model.fit(rows(), steps_per_epoch=7)\n"
        ),
        "model.fit((each for each in [(data, data_2)]), steps_per_epoch=1, verbose=0)",
    ),
]


PAIRS = (
    "model = keras.Sequential([keras.Input((5, 4)), LSTM(3), Dense(1)])\n"
    "errors = np.random.rand(8) - model.predict(np.ones((8, 5, 4)), verbose=0)\nprint(errors.mean())\n"
)


def test_a_square_of_pairs_shows_in_its_shape() -> None:
    test_what_is_written_of_a_class(PAIRS, "assert tuple(value_2.shape) == (8, 8)")


@pytest.mark.parametrize(("program", "text"), DRAWN)
def test_data_that_are_not_known_are_drawn(program: str, text: str) -> None:
    test_what_is_written_of_a_class(program, text)
