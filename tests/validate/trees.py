"""A folder of specs, written for a test."""

import re

SMALL = """input: [3, 32, 32]
layers:
- conv2d: {out_channels: 8, kernel_size: 3, padding: 1}
- relu
- max_pool2d: {kernel_size: 2}
- flatten
- linear: {out_features: 10}
"""
"""8·3·9 + 8 = 224 and 8·16·16·10 + 10 = 20,490: 20,714 parameters."""

BIASED = """input: [3, 32, 32]
layers:
- conv2d: {out_channels: 8, kernel_size: 3, padding: 1}
- batch_norm2d
- relu
- max_pool2d: {kernel_size: 2}
- flatten
- linear: {out_features: 10}
"""
"""A bias in front of a batch norm, which can be mended."""

ODD = SMALL.replace("32, 32", "33, 33")
"""A pooling that leaves out the last row and column: 65 values."""

ERROR = SMALL.replace("flatten", "flatten: {start_dim: 9}")


def plant(folder, **files):
    """Write the files; `a__b_yaml` is `a/b.yaml`."""
    for name, text in files.items():
        path = folder / re.sub(r"_(yaml|yml|toml|json|txt)$", r".\1", name.replace("__", "/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
