"""Specs that several tests read."""

CONV = {"conv2d": {"out_channels": 10, "kernel_size": 3}}
POOL = {"max_pool2d": {"kernel_size": 2}}
TINY_VGG = {
    "name": "TinyVGG",
    "input": [3, 64, 64],
    "layers": [
        *[CONV, "relu", CONV, "relu", POOL],
        *[CONV, "relu", CONV, "relu", POOL],
        *["flatten", {"linear": {"out_features": 10}}, "softmax"],
    ],
    "about": {"source": "CNN Explainer", "year": 2020},
    "expect": {"output": [10], "params": {"max": "30k"}},
}
