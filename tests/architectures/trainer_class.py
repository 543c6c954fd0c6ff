"""A class that holds the settings, builds the model and trains it."""
from dataclasses import dataclass

import numpy as np
from tensorflow import keras


@dataclass
class Settings:
    window: int = 16
    features: int = 3
    units: tuple = (24, 12)
    horizon: int = 4


class Forecaster:
    def __init__(self, settings: Settings):
        self.settings = settings
        self.model = self._build()

    def _build(self) -> keras.Model:
        s = self.settings
        inputs = keras.layers.Input(shape=(s.window, s.features))
        x = inputs
        *firsts, last = s.units
        for units in firsts:
            x = keras.layers.GRU(units, return_sequences=True)(x)
        x = keras.layers.GRU(last)(x)
        outputs = keras.layers.Dense(s.horizon)(x)
        model = keras.Model(inputs, outputs, name="forecaster")
        model.compile(optimizer="adam", loss="mse")
        return model

    def fit(self, x, y, **more):
        return self.model.fit(x, y, verbose=0, **more)


if __name__ == "__main__":
    settings = Settings(horizon=2)
    forecaster = Forecaster(settings)
    x = np.zeros((8, settings.window, settings.features))
    y = np.zeros((8, settings.horizon))
    forecaster.fit(x, y, epochs=1)
