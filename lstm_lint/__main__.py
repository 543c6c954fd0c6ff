"""`python -m lstm_lint`."""

import sys

from lstm_lint.cli import main

sys.exit(main())
