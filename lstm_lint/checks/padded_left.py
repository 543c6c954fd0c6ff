"""Padding on the left, which the fused kernel of cuDNN cannot skip."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "padded-left"
ON_A_GPU = {
    "keras2": "the kernel of cuDNN skips steps on the right alone, so that a GPU goes step by step, several times slower",
    "keras3": "the kernel of cuDNN skips steps on the right alone, so that fit stops on a GPU, "
    '"mask that does not correspond to right-padded sequences"',
}


def padded_left(case: Case[Clashed]) -> Claim | None:
    layer, call = layer_of(case), fact(case, "made")
    if not is_kind(case, "silent-padded-left") or layer is None:
        return None
    told = f"pad_sequences pads on the left, and {layers.text(layer)} gets a mask: {ON_A_GPU[case.target]}"
    hint = "padding='post' in pad_sequences" + (", or use_cudnn=False" if case.target == "keras3" else "")
    return claim(case, RULE, told, hint=hint, place=call.place)
