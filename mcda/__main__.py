"""``python -m mcda`` is the ``mcda`` command."""

import sys

from mcda.cli import main

sys.exit(main())
