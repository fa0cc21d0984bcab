"""`python -m aligner`."""

import sys

# Python puts the current folder first, where documents lie; no module is to come from there.
if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]

from aligner.cli import main

sys.exit(main())
