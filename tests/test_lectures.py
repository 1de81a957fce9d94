"""Every worked number of the lectures that shapes, weights, operations and receptive fields answer."""

from math import prod

import pytest

from cnncalc.api import analyze, load, parse
from cnncalc.formula import rules
from cnncalc.kinds import find
from cnncalc.tensor import Tensor
from tests.recorded import spec


def layer(kind, shape, batch=1, **fields):
    """One layer on one input."""
    result = analyze(parse({"input": list(shape), "layers": [{kind: fields}]}), batch=batch)
    assert result.problems == ()
    return result.layers[0]


def network(name):
    return analyze(load(spec(name)))


def matrix(rows):
    """One map, from numbers as they stand on the slide: rows between slashes."""
    numbers = [[int(number) for number in row.split()] for row in rows.split("/")]
    return Tensor((1, len(numbers), len(numbers[0])), [number for row in numbers for number in row])


def computed(kind, x, kernel=None, **fields):
    """What a layer makes of a map, as rows between slashes."""
    made = find(kind)(**fields)
    tensors = {} if kernel is None else {"weight": Tensor((1, *kernel.shape), kernel.values)}
    y = made.compute((x,), tensors)
    return written(y)


def written(y):
    rows = [y.values[start : start + y.shape[-1]] for start in range(0, len(y.values), y.shape[-1])]
    return " / ".join(" ".join(f"{value:g}" for value in row) for row in rows)


def convolved(x, kernel, **fields):
    k = kernel.shape[-1]
    return computed("conv2d", x, kernel, out_channels=1, kernel_size=k, bias=False, **fields)


class TestFullyConnectedLayersOnPictures:
    def test_a_grey_picture_of_28_by_28_needs_784_weights_for_one_neuron(self):
        neuron = layer("linear", [28 * 28], out_features=1, bias=False)
        assert (neuron.weights, neuron.multiplications) == (784, 784)

    def test_for_512_neurons_it_needs_as_many_multiplications_as_weights(self):
        first = layer("linear", [28 * 28], out_features=512)
        assert (first.weights, first.multiplications) == (784 * 512, 784 * 512)

    def test_a_weight_is_not_multiplied_by_the_inputs_once_more(self):
        assert layer("linear", [784], out_features=512).multiplications != 784 * 784 * 512

    def test_a_colour_picture_of_300_by_200_has_92_million_weights_for_512_neurons(self):
        values = 300 * 200 * 3
        first = layer("linear", [values], out_features=512)
        assert (first.weights, first.multiplications) == (180_000 * 512, 92_160_000)

    def test_the_perceptron_has_669706_parameters_in_three_layers(self):
        parameters = [one.parameters for one in network("mnist-mlp").layers if one.parameters]
        assert parameters == [784 * 512 + 512, 512 * 512 + 512, 512 * 10 + 10]
        assert sum(parameters) == 669_706

    def test_the_perceptron_multiplies_668672_times(self):
        assert network("mnist-mlp").totals["multiplications"].value == 401_408 + 262_144 + 5_120

    def test_flattening_and_dropout_learn_nothing(self):
        kinds = {one.kind for one in network("mnist-mlp").layers if not one.parameters}
        assert kinds == {"flatten", "relu", "dropout", "softmax"}


class TestAConvolutionIsAFullyConnectedLayerWithFewerWeights:
    INPUTS, OUTPUTS = 3 * 64 * 64, 10 * 62 * 62

    def connections(self):
        return layer("conv2d", [3, 64, 64], out_channels=10, kernel_size=3).connections

    def test_connected_fully(self):
        number = self.INPUTS * self.OUTPUTS
        assert self.connections().fully_connected == (number, number)

    def test_connected_locally(self):
        number = 3 * 3 * 3 * self.OUTPUTS
        assert self.connections().locally_connected == (number, number)

    def test_with_shared_weights_only_the_multiplications_stay(self):
        assert self.connections().convolution == (3 * 3 * 3 * 10, 3 * 3 * 3 * self.OUTPUTS)


SIZES = [(4, 3, 0, 1, 2), (4, 3, 1, 1, 4), (5, 3, 0, 1, 3), (5, 3, 0, 2, 2), (6, 3, 0, 1, 4), (7, 3, 1, 2, 4)]


class TestSizes:
    @pytest.mark.parametrize(("n", "k", "p", "s", "m"), SIZES)
    def test_the_worked_sizes(self, n, k, p, s, m):
        conv = layer("conv2d", [1, n, n], out_channels=1, kernel_size=k, padding=p, stride=s)
        assert conv.output_shape == (1, m, m)

    @pytest.mark.parametrize(("n", "k"), [(28, 4), (32, 5), (64, 3)])
    def test_without_padding_m_is_n_minus_k_plus_1(self, n, k):
        assert layer("conv1d", [1, n], out_channels=1, kernel_size=k).output_shape == (1, n - k + 1)
        assert rules.valid_size(n, k) == n - k + 1

    @pytest.mark.parametrize(("k", "p"), [(3, 1), (5, 2), (7, 3)])
    def test_half_the_kernel_keeps_the_size(self, k, p):
        assert rules.same_padding_each_side(k) == (k - 1) // 2 == p
        assert layer("conv1d", [1, 19], out_channels=1, kernel_size=k, padding=p).output_shape == (1, 19)

    def test_a_stride_that_does_not_divide_is_rounded_down(self):
        assert layer("conv1d", [1, 8], out_channels=1, kernel_size=3, stride=2).output_shape == (1, (8 - 3) // 2 + 1)

    def test_height_and_width_have_sizes_of_their_own(self):
        conv = layer("conv2d", [3, 8, 11], out_channels=2, kernel_size=3, padding=1, stride=2)
        assert conv.output_shape == (2, (8 + 2 * 1 - 3) // 2 + 1, (11 + 2 * 1 - 3) // 2 + 1)

    def test_a_dilated_kernel_covers_d_times_k_minus_1_plus_1_places(self):
        conv = layer("conv1d", [1, 20], out_channels=1, kernel_size=3, dilation=4)
        assert conv.receptive_field == (4 * (3 - 1) + 1,)
        assert conv.output_shape == (1, 20 - 9 + 1)


class TestWeights:
    def test_a_kernel_has_a_slice_for_every_input_channel(self):
        conv = layer("conv2d", [6, 9, 9], out_channels=16, kernel_size=5)
        assert (conv.weights, conv.biases) == (6 * 16 * 5 * 5, 16)

    def test_one_kernel_over_a_colour_picture_of_6_by_6_has_27_weights_and_gives_one_map(self):
        conv = layer("conv2d", [3, 6, 6], out_channels=1, kernel_size=3, bias=False)
        assert (conv.parameters, conv.output_shape) == (3 * 3 * 3, (1, 4, 4))

    def test_two_kernels_give_two_maps(self):
        assert layer("conv2d", [3, 6, 6], out_channels=2, kernel_size=3).output_shape == (2, 4, 4)

    def test_a_batch_changes_no_weight_and_multiplies_the_operations(self):
        conv = layer("conv2d", [3, 4, 4], batch=5, out_channels=1, kernel_size=3)
        assert (conv.output_shape, conv.weights) == ((1, 2, 2), 27)
        assert conv.multiplications == 5 * 2 * 2 * 27

    def test_a_neuron_that_sees_5_by_5_places_of_a_colour_picture_has_75_weights_and_a_bias(self):
        conv = layer("conv2d", [3, 32, 32], out_channels=1, kernel_size=5)
        assert (conv.weights, conv.biases, conv.receptive_field) == (5 * 5 * 3, 1, (5, 5))

    def test_20_filters_give_a_depth_of_20(self):
        assert layer("conv2d", [3, 32, 32], out_channels=20, kernel_size=5).output_shape[0] == 20

    def test_the_first_layer_of_tinyvgg_has_30_kernels_of_3_by_3(self):
        first = network("tinyvgg").layers[0]
        assert (first.weights, first.biases) == (3 * 10 * 9, 10)

    def test_groups_share_out_the_input_channels(self):
        conv = layer("conv2d", [8, 5, 5], out_channels=12, kernel_size=3, groups=4)
        assert conv.weights == 8 // 4 * 12 * 3 * 3

    @pytest.mark.parametrize(("channels", "kernels"), [(6, 8), (8, 6)])
    def test_groups_must_divide_both_numbers_of_channels(self, channels, kernels):
        conv = {"conv2d": {"out_channels": kernels, "kernel_size": 3, "groups": 4}}
        (problem,) = analyze(parse({"input": [channels, 5, 5], "layers": [conv]})).problems
        assert problem.code == "groups-do-not-divide"

    def test_a_bias_is_one_addition_more_for_each_value(self):
        with_bias = layer("conv2d", [3, 7, 7], out_channels=10, kernel_size=3, padding=1, stride=2)
        without = layer("conv2d", [3, 7, 7], out_channels=10, kernel_size=3, padding=1, stride=2, bias=False)
        assert (without.additions, with_bias.additions) == (10 * 4 * 4 * (27 - 1), 10 * 4 * 4 * 27)
        assert with_bias.multiplications == without.multiplications == 10 * 4 * 4 * 27


X = matrix("1 2 3 0 / 0 1 2 3 / 3 0 1 2 / 2 3 0 1")
X_IN_ONES = matrix("1 1 1 1 1 1 / 1 1 2 3 0 1 / 1 0 1 2 3 1 / 1 3 0 1 2 1 / 1 2 3 0 1 1 / 1 1 1 1 1 1")
Y = matrix("1 0 3 2 3 / 0 1 2 3 0 / 2 0 1 2 3 / 3 3 0 1 2 / 0 2 3 0 1")
K = matrix("2 0 1 / 0 1 2 / 1 0 2")


class TestByHand:
    def test_a_valid_convolution(self):
        assert convolved(X, K) == "15 16 / 6 15"

    def test_the_first_value_is_the_window_times_the_kernel(self):
        first = 1 * 2 + 2 * 0 + 3 * 1 + 0 * 0 + 1 * 1 + 2 * 2 + 3 * 1 + 0 * 0 + 1 * 2
        assert convolved(X, K).split()[0] == str(first)

    def test_padding_with_zeros(self):
        assert convolved(X, K, padding=1) == "7 12 10 2 / 4 15 16 10 / 10 6 15 6 / 8 10 4 3"

    def test_padding_with_ones(self):
        assert convolved(X_IN_ONES, K) == "11 15 13 9 / 7 15 16 15 / 13 6 15 11 / 13 13 7 9"

    def test_stride_1(self):
        assert convolved(Y, K) == "14 14 19 / 7 15 16 / 14 6 15"

    def test_stride_2(self):
        assert convolved(Y, K, stride=2) == "14 19 / 14 15"

    def test_several_channels_are_convolved_with_their_own_slices_and_added(self):
        both = Tensor((2, 4, 4), X.values + X.values[::-1])
        kernel = Tensor((1, 2, 3, 3), K.values + K.values[::-1])
        conv = find("conv2d")(out_channels=1, kernel_size=3)
        summed = conv.compute((both,), {"weight": kernel, "bias": Tensor((1,), [5])})
        # Map and kernel turned round alike give the same sums, in the opposite order.
        assert written(summed) == f"{15 + 15 + 5} {16 + 6 + 5} / {6 + 16 + 5} {15 + 15 + 5}"

    def test_a_horizontal_edge_is_found_by_the_horizontal_kernel(self):
        edge = matrix("1 1 1 / 1 1 1 / 0 0 0")
        assert convolved(edge, matrix("1 1 1 / 0 0 0 / -1 -1 -1")) == "3"
        assert convolved(edge, matrix("1 0 -1 / 1 0 -1 / 1 0 -1")) == "0"

    def test_max_pooling(self):
        assert computed("max_pool2d", X, kernel_size=2) == "2 3 / 3 2"

    def test_average_pooling(self):
        assert computed("avg_pool2d", X, kernel_size=2) == f"{4 / 4:g} {8 / 4:g} / {8 / 4:g} {4 / 4:g}"

    def test_without_a_non_linearity_two_convolutions_are_one(self):
        small, other = matrix("1 2 / 0 1"), matrix("3 0 / 1 1")
        # Each weight of one kernel times each of the other, at the places that the two of them reach together.
        both = matrix(f"{1 * 3} {2 * 3} 0 / 1 {1 + 2 + 3} 2 / 0 1 1")
        conv = find("conv2d")(out_channels=1, kernel_size=2, bias=False)
        between = conv.compute((Y,), {"weight": Tensor((1, 1, 2, 2), small.values)})
        assert convolved(between, other) == convolved(Y, both)


class TestPoolingAndTheRest:
    @pytest.mark.parametrize(("n", "s"), [(26, 2), (28, 2), (33, 3)])
    def test_a_pooling_divides_the_size_by_its_stride(self, n, s):
        assert layer("max_pool2d", [4, n, n], kernel_size=s).output_shape == (4, n // s, n // s)
        assert rules.divided_size(n, s) == n // s

    def test_in_general_the_window_rule_holds(self):
        pool = layer("max_pool1d", [4, 55], kernel_size=3, stride=2, padding=1)
        assert pool.output_shape == (4, (55 + 2 * 1 - 3) // 2 + 1)

    @pytest.mark.parametrize("kind", ["max_pool2d", "avg_pool2d"])
    def test_a_pooling_keeps_the_channels_and_learns_nothing(self, kind):
        pool = layer(kind, [7, 8, 8], kernel_size=2)
        assert (pool.output_shape[0], pool.parameters, pool.multiplications) == (7, 0, 0)

    def test_2_by_2_drops_three_values_of_four(self):
        assert prod(layer("max_pool2d", [4, 8, 8], kernel_size=2).output_shape) == 4 * 8 * 8 * (100 - 75) // 100

    def test_relu_lets_a_positive_number_through(self):
        assert find("relu")().at(2.24) == 2.24
        assert find("relu")().at(-2.24) == 0

    def test_softmax_makes_the_outputs_sum_to_1(self):
        outputs = find("softmax")().compute((Tensor((3,), [1.0, 2.0, 3.0]),), {}).values
        assert sum(outputs) == pytest.approx(1)

    def test_flattening_5_by_5_by_2_gives_50(self):
        assert layer("flatten", [2, 5, 5]).output_shape == (5 * 5 * 2,)

    @pytest.mark.parametrize("kind", ["relu", "softmax", "dropout"])
    def test_what_acts_on_values_changes_no_shape(self, kind):
        assert layer(kind, [6, 5, 5]).output_shape == (6, 5, 5)

    @pytest.mark.parametrize("kind", ["relu", "softmax", "dropout", "flatten"])
    def test_only_convolutions_and_linear_layers_learn(self, kind):
        assert layer(kind, [6, 5, 5]).parameters == 0


class TestTinyVGG:
    def of(self, kinds, what):
        return [what(one) for one in network("tinyvgg").layers if one.kind in kinds]

    def test_its_maps_shrink_from_62_to_13(self):
        sizes = self.of({"conv2d", "max_pool2d"}, lambda one: one.output_shape[1:])
        assert sizes == [(m, m) for m in (64 - 2, 62 - 2, 60 // 2, 30 - 2, 28 - 2, 26 // 2)]

    def test_its_flattened_map_has_1690_values(self):
        assert self.of({"flatten"}, lambda one: one.output_shape) == [(10 * 13 * 13,)]

    def test_its_parameters(self):
        parameters = self.of({"conv2d", "linear"}, lambda one: one.parameters)
        assert parameters == [3 * 10 * 9 + 10, *[10 * 10 * 9 + 10] * 3, 1690 * 10 + 10]
        assert sum(parameters) == 19_920

    def test_its_multiplications(self):
        multiplications = self.of({"conv2d", "linear"}, lambda one: one.multiplications)
        assert multiplications == [
            10 * 62 * 62 * 27,
            10 * 60 * 60 * 90,
            10 * 28 * 28 * 90,
            10 * 26 * 26 * 90,
            1690 * 10,
        ]
        assert sum(multiplications) == 5_608_780

    def test_its_additions_are_those_of_the_sums_and_biases_and_of_softmax(self):
        assert network("tinyvgg").totals["additions"].value == 5_608_780 + (10 - 1)

    def test_its_receptive_fields(self):
        fields = self.of({"conv2d", "max_pool2d"}, lambda one: one.receptive_field[0])
        assert fields == [3, 3 + 2, 5 + 1, 6 + 2 * 2, 10 + 2 * 2, 14 + 1 * 2]

    def test_its_linear_layer_sees_the_whole_picture(self):
        assert self.of({"linear"}, lambda one: one.receptive_field) == [(64, 64)]


class TestTheOtherNetworks:
    def test_the_filter_demo_drops_a_row_and_a_column(self):
        conv, pool = network("filter-demo").layers
        assert (conv.output_shape, pool.output_shape) == ((4, 28 - 4 + 1, 25), (4, 25 // 2, 12))
        assert conv.parameters == 4 * 4 * 4

    def test_go_keeps_its_board_through_every_convolution(self):
        maps = [one.output_shape[1:] for one in network("alphago-policy").layers if one.kind == "conv2d"]
        assert maps == [(19, 19)] * 13

    def test_go_chooses_among_361_places_and_never_pools(self):
        result = network("alphago-policy")
        assert result.outputs[0][1] == (19 * 19,)
        assert not any("pool" in one.kind for one in result.layers)

    def test_go_starts_from_48_planes_with_192_kernels(self):
        first = network("alphago-policy").layers[0]
        assert (first.input_shapes, first.weights) == (((48, 19, 19),), 48 * 192 * 5 * 5)

    def test_the_lectures_go_net_takes_one_plane(self):
        conv = layer("conv2d", [1, 19, 19], out_channels=1, kernel_size=3, padding=1)
        assert prod(conv.input_shapes[0]) == prod(conv.output_shape) == 361

    def test_the_speech_kernel_spans_all_time_and_slides_along_the_frequency(self):
        conv = network("speech").layers[0]
        assert conv.output_shape[2] == 1
        assert conv.output_shape[1] == 40 - 8 + 1

    def test_each_text_kernel_spans_the_embedding_and_slides_along_the_words(self):
        maps = [one.output_shape for one in network("textcnn").layers if one.kind == "conv2d"]
        assert maps == [(100, 56 - width + 1, 1) for width in (3, 4, 5)]

    def test_lenet_has_61706_parameters_and_416520_multiplications(self):
        totals = network("lenet5").totals
        assert totals["parameters"].value == (150 + 6) + (2400 + 16) + (48_000 + 120) + (10_080 + 84) + (840 + 10)
        assert totals["multiplications"].value == 150 * 784 + 2400 * 100 + 48_000 + 10_080 + 840
