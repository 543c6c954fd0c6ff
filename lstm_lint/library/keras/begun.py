"""How the user's own layers and models begin, and TensorFlow's switch to run them line by line."""

from lstm_lint.library.keras.keys import EAGERLY
from lstm_lint.library.keras.making import ARGUMENTS, bind
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import BEGUN, NONE, Thing, Value


@op("tensorflow.config.run_functions_eagerly", "tensorflow.config.experimental_run_functions_eagerly")
def eagerly(registry: Registry, call: Call) -> Value:
    call.engine.heap.put(EAGERLY, "of", call.engine.heap)
    return NONE


@op("keras.layers.Layer.__init__", "keras.Model.__init__")
def init(registry: Registry, call: Call) -> Value:
    """`super().__init__(...)` of a user's class: the library base takes its arguments."""
    me = call.receiver
    if me is None and call.positional():  # `Model.__init__(self)`
        me, call = call.positional()[0].value, Call(call.callee, call.arguments[1:], call.engine, call.place)
    if not isinstance(me, Thing):
        return Unknown("an initialization of something unknown")
    tensors = call.find("inputs") is not None or call.positional() or call.open
    if call.open or call.find("dynamic") is not None:
        eagerly(registry, call)
    call.engine.heap.put(me, BEGUN, "functional" if tensors else True)
    base = next((kind for kind in registry.types(me) if registry.knowledge.kind(kind) in ("layer", "model")), None)
    alone = me.type != "instance" or not any(isinstance(each, Unknown) for each in me.fields["__class__"].lineage())
    name = call.find("name")
    bound = None
    if base is not None and registry.knowledge.kind(base) == "layer" and alone:
        bound = bind(registry, Call(base, call.arguments, call.engine, call.place, None, call.open))
    if bound is not None and base != "keras.layers.Layer":
        call.engine.heap.put(me, ARGUMENTS, bound)
    elif name is not None:
        call.engine.heap.put(me, ARGUMENTS, {"name": name.value})
    return NONE
