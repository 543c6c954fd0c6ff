"""What array functions do to shapes, under whatever name a library offers them: numpy, TensorFlow, keras.ops, keras.backend."""
