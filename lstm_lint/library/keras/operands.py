"""Functions of keras.ops and keras.backend: what they refuse for a symbolic tensor."""

from collections.abc import Iterator

from lstm_lint.library.arrays.spelling import SYMBOLIC, given, in_a_layer, parts
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.value import Value

TAKES_SEVERAL = frozenset(f"keras.ops.{name}" for name in ("is_tensor", "one_hot", "size", "stack"))
JOINING = ("keras.ops.concatenate", "keras.backend.concatenate")
ASKING = ("keras.backend.mean", *JOINING)
"""Of Keras 2: the others make one tensor of several."""
FAILS = ("AttributeError", "ValueError", "TypeError", "IndexError")


def check_operands(registry: Registry, call: Call) -> None:
    """Raises Clash for several tensors where a function takes one, as of a layer that gives its states too."""
    if call.open or not call.arguments or in_a_layer(call.engine):
        return
    for value in _lone(registry, call):
        held = [each for each in parts(value) if each.type == SYMBOLIC]
        if held and listed(value) is not None:
            raise Clash("several-for-one", FAILS, (), {"tensor": held[0], "outputs": len(parts(value))})


def _lone(registry: Registry, call: Call) -> Iterator[Value]:
    """What must be one tensor each."""
    if call.callee in JOINING:
        yield from listed(given(call, 0, "xs", "tensors")) or ()
    elif registry.target == "keras2" and call.callee not in ASKING or call.callee in TAKES_SEVERAL:
        return
    elif any(p.name == "x" for p in (registry.knowledge.parameters(call.callee) or ())[:1]):
        yield given(call, 0, "x")
