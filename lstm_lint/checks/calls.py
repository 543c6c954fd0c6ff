"""The rules about calls that run: the only ones that a program without a clash meets."""

from lstm_lint.checks.no_fused_kernel import no_fused_kernel

CALLS = (no_fused_kernel,)
