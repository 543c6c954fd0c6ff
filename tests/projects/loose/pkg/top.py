from keras.layers import LSTM
