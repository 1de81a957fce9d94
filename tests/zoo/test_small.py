"""The small networks: totals of papers and of sources, by hand."""

from itertools import pairwise

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec


def result(name, **variables):
    return analyze(load(spec(name), variables=variables or None))


def totals(name, **variables):
    return {count: one.value for count, one in result(name, **variables).totals.items()}


def maps(name, kind):
    return [one.output_shape for one in result(name).layers if one.kind == kind]


@pytest.mark.parametrize("width", [64, 128])
def test_dcgans_generator(width):
    chain = [100, 8 * width, 4 * width, 2 * width, width, 3]
    pairs = [a * b * 16 for a, b in pairwise(chain)]
    found = totals("dcgan_generator", width=width)
    assert found["parameters"] == sum(pairs) + 2 * sum(chain[1:-1])
    assert found["macs"] == sum(n * places for n, places in zip(pairs, [1, 16, 64, 256, 1024], strict=True))


def test_dcgans_discriminator():
    chain = [3, 64, 128, 256, 512, 1]
    pairs = [a * b * 16 for a, b in pairwise(chain)]
    found = totals("dcgan_discriminator")
    assert found["parameters"] == sum(pairs) + 2 * (128 + 256 + 512)
    assert found["macs"] == sum(n * places for n, places in zip(pairs, [1024, 256, 64, 16, 1], strict=True))


def test_dcgans_maps_mirror_each_other():
    grown, shrunk = maps("dcgan_generator", "conv_transpose2d"), maps("dcgan_discriminator", "conv2d")
    assert grown[:-1] == shrunk[-2::-1] == [(512, 4, 4), (256, 8, 8), (128, 16, 16), (64, 32, 32)]


def test_the_autoencoders_waist_and_what_comes_out():
    assert maps("conv_autoencoder", "max_pool2d") == [(16, 14, 14), (8, 7, 7), (8, 4, 4)]
    assert maps("conv_autoencoder", "upsample") == [(8, 8, 8), (8, 16, 16), (16, 28, 28)]
    assert result("conv_autoencoder").outputs[0][1] == (1, 28, 28)


def test_the_autoencoder_learns_4385_numbers():
    channels = [1, 16, 8, 8, 8, 8, 16, 1]
    learned = sum(9 * a * b + b for a, b in pairwise(channels))
    assert totals("conv_autoencoder")["parameters"] == learned == 4385


def test_pilotnets_maps_are_those_of_the_papers_figure():
    assert maps("pilotnet", "conv2d") == [(24, 31, 98), (36, 14, 47), (48, 5, 22), (64, 3, 20), (64, 1, 18)]


def test_pilotnet_has_the_papers_connections_and_parameters():
    found = totals("pilotnet")
    assert round(found["macs"] / 1e6) == 27
    assert round(found["parameters"] / 1e4) == 25
    linear = 1152 * 100 + 100 * 50 + 50 * 10 + 10
    assert found["parameters"] == (75 + 1) * 24 + 601 * 36 + 901 * 48 + 433 * 64 + 577 * 64 + linear + 161


def test_the_embedding_of_textcnn_is_nearly_all_that_it_learns():
    apart, whole = totals("textcnn"), totals("textcnn_rand")
    assert whole["parameters"] - apart["parameters"] == 18_765 * 300
    assert whole["multiplications"] == apart["multiplications"] == 19_020_600
    assert result("textcnn_rand").inputs[0][1] == (56,)
