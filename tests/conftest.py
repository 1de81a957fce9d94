"""Random examples are the same in each run, so that no change fails for what it has not done.

With FUZZ_FRESH=1 they are others each time.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize="FUZZ_FRESH" not in os.environ, print_blob=True)
settings.load_profile("same")
