"""How many random cases are tried against PyTorch: `TORCH_CASES` in the environment, half layers, half graphs.

`TORCH_SEED` begins them elsewhere; with the same number the same cases come.
"""

import os

CASES = int(os.environ.get("TORCH_CASES", "300"))
SEED = int(os.environ.get("TORCH_SEED", "20260713"))
GRAPHS = CASES // 2
LAYERS = CASES - GRAPHS
