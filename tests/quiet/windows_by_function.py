"""The tutorials' create_dataset, and its reshape."""
import keras
import numpy as np


def create_dataset(dataset, look_back=1):
    xs, ys = [], []
    for i in range(len(dataset) - look_back - 1):
        xs.append(dataset[i:(i + look_back), 0])
        ys.append(dataset[i + look_back, 0])
    return np.array(xs), np.array(ys)


data = np.random.rand(80, 1).astype("float32")
size = int(len(data) * 0.67)
train, test = data[0:size, :], data[size:len(data), :]
look_back = 3
trainX, trainY = create_dataset(train, look_back)
testX, testY = create_dataset(test, look_back)
trainX = np.reshape(trainX, (trainX.shape[0], 1, trainX.shape[1]))
testX = np.reshape(testX, (testX.shape[0], 1, testX.shape[1]))
model = keras.models.Sequential()
model.add(keras.layers.LSTM(4, input_shape=(1, look_back)))
model.add(keras.layers.Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
model.fit(trainX, trainY, epochs=1, batch_size=8, verbose=0)
print(model.predict(testX, verbose=0).shape)
