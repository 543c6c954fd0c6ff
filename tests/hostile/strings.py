"""Text that would be code, a path or an object if somebody let it."""
import keras
from keras import layers

x = keras.Input((5, 3), name="x\nimport os; os.system('touch CANARY')")
layers.LSTM(4, name="'); open('CANARY', 'w'); ('")(layers.LSTM(4, name='"""; open("CANARY", "w"); """')(x))
layers.LSTM(4, activation="os.system")(layers.LSTM(4, activation="__import__('os').system('touch CANARY')")(x))
layers.LSTM(4, activation="../../CANARY")(layers.LSTM(4, activation="/etc/passwd")(x))
layers.LSTM(4, kernel_initializer={"class_name": "system", "module": "os", "config": "touch CANARY"})(x).oops
layers.LSTM(4, kernel_initializer={"module": "os", "class_name": "system", "config": {}})(layers.LSTM(4)(x))
layers.Lambda("__import__('os').system('touch CANARY')")(layers.LSTM(4)(layers.LSTM(4)(x)))
layers.deserialize({"class_name": "Lambda", "config": {"function": ["4wEA", None, None]}})
keras.models.load_model("CANARY.keras", safe_mode=False).oops
keras.utils.get_file("CANARY", "http://127.0.0.1:9/CANARY").oops
keras.callbacks.ModelCheckpoint("CANARY", save_bes_only=True)
keras.callbacks.TensorBoard("CANARY")
keras.callbacks.CSVLogger("CANARY")
m = keras.Sequential([keras.Input((5, 3)), layers.LSTM(4)])
m.compile("sgd", "mse")
m.save("CANARY.keras")
m.save_weights("CANARY.weights.h5")
m.export("CANARY")
m.load_weights("CANARY.weights.h5").oops
keras.ops.zeros((4, 5, 3)).tofile("CANARY")
m.fit(keras.ops.zeros((4, 6)), keras.ops.zeros((4, 4)), callbacks=[keras.callbacks.CSVLogger("CANARY")])
