"""Specs that the tests of the command line use."""

MNIST = """\
name: MNIST net
input: [1, 28, 28]
layers:
- conv2d: {out_channels: 6, kernel_size: 5}
- relu
- max_pool2d: {kernel_size: 2}
- conv2d: {out_channels: 16, kernel_size: 5}
- relu
- max_pool2d: {kernel_size: 2}
- flatten
- linear: {in_features: 400, out_features: 120}
- relu
- linear: {out_features: 10}
"""
"""A wrong in_features: 16·4·4 = 256 values arrive."""

SMALL = """\
name: small
input: [3, 8, 8]
layers:
- conv2d: {out_channels: 4, kernel_size: 3, padding: 1}
- relu
- flatten
- linear: {out_features: 10}
"""
SMALL_JSON = """{"name": "small", "input": [3, 8, 8], "layers": [
    {"conv2d": {"out_channels": 4, "kernel_size": 3, "padding": 1}}, "relu", "flatten",
    {"linear": {"out_features": 10}}]}"""
SMALL_PARAMETERS = 4 * 3 * 3 * 3 + 4 + 4 * 8 * 8 * 10 + 10
SMALL_MULTIPLICATIONS = 4 * 8 * 8 * 3 * 3 * 3 + 4 * 8 * 8 * 10

TWO_INPUTS = """\
name: two
input: {left: [1, 8, 8], right: [1, 8, 8]}
layers:
- conv2d: {from: left, out_channels: 2, kernel_size: 3}
- conv2d: {from: right, out_channels: 2, kernel_size: 3}
- add: {from: [conv2d_1, conv2d_2]}
"""
