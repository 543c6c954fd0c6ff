"""Functions of the libraries that read, write, run or load."""
import keras
import numpy as np
import tensorflow as tf
from keras import layers

np.save("CANARY.npy", np.zeros(3))
np.zeros(3).tofile("CANARY")
np.savetxt("CANARY", np.zeros(3))
np.load("CANARY.npy", allow_pickle=True)
np.memmap("CANARY", mode="w+", shape=(3,))
np.lib.format.open_memmap("CANARY", mode="w+", shape=(3,))
np.f2py.compile("touch CANARY")
tf.io.write_file("CANARY", "x")
tf.io.gfile.GFile("CANARY", "w").write("x")
tf.py_function(lambda: open("CANARY", "w"), [], tf.int32)
tf.numpy_function(open, ["CANARY", "w"], tf.int32)
tf.load_op_library("./CANARY.so")
tf.data.Dataset.from_tensor_slices(np.zeros((4, 5, 3))).save("CANARY")
tf.data.Dataset.from_tensor_slices(np.zeros((4, 5, 3))).cache("CANARY")
tf.saved_model.load("CANARY").oops
tf.print("x", output_stream="file://CANARY")
tf.raw_ops.WriteFile(filename="CANARY", contents="x")
tf.debugging.experimental.enable_dump_debug_info("CANARY")
layers.LSTM(4)(np.load("CANARY.npy")).oops
layers.TFSMLayer("CANARY")(layers.LSTM(4)(layers.LSTM(4)(keras.Input((5, 3)))))
