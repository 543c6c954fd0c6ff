"""Integers of numpy's, which Keras tells from Python's where it asks for an int."""

from lstm_lint.trace import Called, Operated
from lstm_lint.values.value import Const, Method, Tensor, Value, Whole

NUMBER, ARRAY = "numpy.number", "numpy.ndarray"


def of_numpy(value: Value | None, depth: int = 0) -> bool:
    """Did numpy surely compute it? What it draws, and what pandas tells, are other numbers."""
    if isinstance(value, Const):
        return isinstance(value.value, Whole)
    if not isinstance(value, Tensor) or value.type != NUMBER or value.origin is None or depth > 4:
        return False
    operation = value.origin.operation
    if isinstance(operation, Operated):
        return of_numpy(operation.left, depth + 1) or of_numpy(operation.right, depth + 1)
    if not isinstance(operation, Called) or operation.callee in ("item", "tolist"):
        return False
    if operation.receiver is not None:
        owner = operation.receiver.owner if isinstance(operation.receiver, Method) else operation.receiver
        return isinstance(owner, Tensor) and owner.type == ARRAY
    return operation.callee.startswith("numpy.") and not operation.callee.startswith("numpy.random.")
