"""What a `with` statement catches."""

from lstm_lint.values.value import Symbol, Thing, Value

EXPECTING = {"pytest.raises", "contextlib.suppress", "unittest.TestCase.assertRaises"}


def swallows(context: Value) -> tuple[str, ...]:
    """`pytest.raises(...)` and its like catch everything that stands within: it is meant to fail."""
    if isinstance(context, Thing) and context.type in EXPECTING:
        return ("*",)
    return ()


__all__ = ["Symbol", "swallows"]
