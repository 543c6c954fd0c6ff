"""What `pad_sequences` fills in is another value than the one that is masked."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "padding-not-masked"


def padding_not_masked(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "silent-padding-unmasked") or layer is None:
        return None
    put, masked = fact(case, "value"), fact(case, "masked")
    told = f"pad_sequences fills up with {put:g}, and {layers.name(layer)} masks {masked:g}: no padded step is skipped"
    hint = f"value={masked:g} in pad_sequences"
    hint += f", or mask_value={put:g} in Masking" if layers.name(layer) == "Masking" else ""
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=fact(case, "made").place)
