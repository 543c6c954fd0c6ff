"""What a `with` statement catches."""

from lstm_lint.values.value import Thing, Value

EXPECTING = {"pytest.raises", "contextlib.suppress"}
METHODS = {
    "assertRaises",
    "assertRaisesRegex",
    "assertRaisesRegexp",
    "assertRaisesWithLiteralMatch",
    "assertRaisesOpError",
    "assert_raises",
    "assert_raises_regex",
}


def swallows(context: Value, called: str) -> tuple[str, ...]:
    """`pytest.raises(...)`, `self.assertRaises(...)`, `np.testing.assert_raises(...)`: what stands within is meant to fail."""
    if called in METHODS or isinstance(context, Thing) and context.type in EXPECTING:
        return ("*",)
    return ()
