"""A function of TensorFlow gets a symbolic tensor of Keras 3, which holds no numbers yet."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Called, Clashed

RULE = "tensorflow-on-symbolic"


def tensorflow_on_symbolic(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "tf-on-symbolic"):
        return None
    operation = case.operation.operation
    name = str(fact(case, "callee") or (operation.callee if isinstance(operation, Called) else "")).rsplit(".", 1)[-1]
    told = f"tf.{name} gets a symbolic tensor of Keras 3" if name else "TensorFlow gets a symbolic tensor of Keras 3"
    hint = "keras.ops has the same functions for symbolic tensors; or do it in the call of a layer"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
