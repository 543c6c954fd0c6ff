"""What cannot be known, and why. It flows through every computation and never guesses."""

from lstm_lint.records import dataclass, field


@dataclass(frozen=True)
class Unknown:
    """`name` is how the source spells it (`units`, `X.shape[1]`): sizes made of it become symbols of that name.

    Two unknowns of one `key` are the same thing.
    """

    reason: str
    name: str = ""
    key: object = field(default=None, repr=False)

    def part(self, suffix: str) -> "Unknown":
        """What `.suffix` or `[suffix]` of it is: unknown too, and named after it."""
        return Unknown(self.reason, self.name + suffix, (self.key, suffix)) if self.name else Unknown(self.reason)
