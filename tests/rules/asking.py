"""One rule asked about one text."""

from cnncalc.engine.walk import analyze
from cnncalc.rules import Settings, broken
from cnncalc.spec.load import loads
from cnncalc.spec.network import SpecError


def ask(text, *codes, **settings):
    """What the rules find; all of them when none is named."""
    try:
        network = loads(text, name="net.yaml")
    except SpecError as error:
        network = error.network
    return broken(network, analyze(network), Settings(select=codes or ("all",), **settings))


def net(*layers, shape="[3, 32, 32]", more=""):
    return "\n".join([f"input: {shape}", "layers:", *(f"- {layer}" for layer in layers), more]) + "\n"


def codes(found):
    return [finding.code for finding in found]
