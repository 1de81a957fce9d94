"""Models of other programs, told by the endings of their names: none of them is opened."""

from __future__ import annotations

import os

from cnncalc.language import _, mark

_KINDS = {
    ".py": mark("this is a Python file; write the network as a spec (`cnncalc specs show lenet5` prints one)"),
    ".onnx": mark("this is an ONNX model, which cannot be read yet; write the network as a spec"),
    ".keras": mark("this is a Keras model, which cannot be read yet; write the network as a spec"),
    ".h5": mark("this is a Keras model with its weights, which cannot be read; write the network as a spec"),
    ".pt": mark("this is a pickled PyTorch model, which is never opened: it can run code; write the network as a spec"),
    ".ckpt": mark("this is a checkpoint, which is never opened: it can run code; write the network as a spec"),
    ".pkl": mark("this is a pickle, which is never opened: it can run code; write the network as a spec"),
    ".bin": mark("this is a file of weights, which is never opened: it can run code; write the network as a spec"),
    ".safetensors": mark("this holds weights and no layers; write the network as a spec"),
    ".prototxt": mark("this is a Caffe model, which cannot be read yet; write the network as a spec"),
}
_OTHER_ENDINGS = {".pth": ".pt", ".pickle": ".pkl", ".hdf5": ".h5"}


def reason(file: str) -> str:
    """What a file is instead of a spec, and what to do; empty where its name says nothing of the kind."""
    ending = os.path.splitext(file)[1].lower()
    kind = _KINDS.get(_OTHER_ENDINGS.get(ending, ending))
    return "" if kind is None else _(kind)
