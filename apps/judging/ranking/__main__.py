"""`python -m apps.judging.ranking FILE.json`: the same as `tieubieu rank`, for whoever has only Python."""

import sys

from apps.judging.ranking.cli import main

sys.exit(main(sys.argv[1:]))
