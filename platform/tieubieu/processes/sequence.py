"""`python -m tieubieu.processes.sequence 'demo --if-missing' 'demo --guide'`: several commands, one start of Python.

The first that fails ends the sequence with its exit status.
"""

import shlex
import sys

from tieubieu.__main__ import main

if __name__ == "__main__":
    for line in sys.argv[1:]:
        main(shlex.split(line))
