"""Results built by hand, as the engine would build them: the networks that the expected outputs show."""

from math import prod

from cnncalc.result import COUNTS, Connections, Forms, Geometry, Judgement, LayerResult, Quantity, Result

NONLINEAR = frozenset({"nonlinearity"})


class Net:
    """Layers in the order in which they are added; each takes the output of the one before unless told otherwise."""

    def __init__(self, name, shape, batch=1):
        self.name, self.batch, self.shape = name, batch, shape
        self.layers, self.numbers, self.shapes = [], {}, {"input": shape}

    def add(self, kind, output, *, inputs=None, roles=(), name=None, **known):
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        inputs = inputs or (self.layers[-1].name if self.layers else "input",)
        name = name or f"{kind}_{self.numbers[kind]}"
        counts = dict.fromkeys(COUNTS, 0 if output is not None else None) | {
            key: known.pop(key) for key in COUNTS if key in known
        }
        if output is not None:
            counts["parameters"] = counts["trainable"] = counts["weights"] + counts["biases"]
        self.layers.append(
            LayerResult(
                name=name,
                kind=kind,
                inputs=inputs,
                input_shapes=tuple(self.shapes[source] for source in inputs),
                output_shapes=(output,),
                status="complete" if output is not None else "unknown",
                roles=frozenset(roles),
                **counts,
                **known,
            )
        )
        self.shapes[name] = output
        return name

    @property
    def last(self):
        return self.shapes[self.layers[-1].name] if self.layers else self.shape

    def conv(self, maps, k, s=1, p=0, inputs=None, bias=True, field=None, groups=1, dilation=1):
        channels, n, _ = self.shapes[inputs[0]] if inputs else self.last
        m = (n + 2 * p - dilation * (k - 1) - 1) // s + 1
        weights = channels // groups * maps * k * k
        forms = (channels * n * n * maps * m * m, channels // groups * k * k * maps * m * m)
        return self.add(
            "conv2d",
            (maps, m, m),
            inputs=inputs,
            roles=["convolution"],
            weights=weights,
            biases=maps if bias else 0,
            multiplications=weights * m * m,
            macs=weights * m * m,
            receptive_field=field and (field, field),
            geometry=Geometry((k, k), (s, s), ((p, p), (p, p)), (dilation, dilation), groups),
            connect=lambda: Connections(
                Forms(forms[0], forms[0]), Forms(forms[1], forms[1]), Forms(weights, weights * m * m)
            ),
        )

    def pool(self, kind, k, s=None, p=0, field=None):
        channels, n, _ = self.last
        m = (n + 2 * p - k) // (s or k) + 1
        geometry = Geometry((k, k), (s or k,) * 2, ((p, p), (p, p)), (1, 1), 1)
        seen = field and (field, field)
        return self.add(kind, (channels, m, m), roles=["pooling"], receptive_field=seen, geometry=geometry)

    def norm(self):
        channels = self.last[0]
        size = prod(self.last)
        return self.add(
            "batch_norm2d",
            self.last,
            roles=["normalisation"],
            elementwise=True,
            weights=channels,
            biases=channels,
            buffers=2 * channels + 1,
            multiplications=size,
        )

    def act(self, kind, roles=NONLINEAR):
        return self.add(kind, self.last, roles=roles, elementwise=True)

    def flatten(self):
        return self.add("flatten", None if self.last is None else (prod(self.last),), roles=["shape"])

    def linear(self, features):
        (values,) = self.last
        forms = Forms(values * features, values * features)
        return self.add(
            "linear",
            (features,),
            roles=["linear"],
            weights=values * features,
            biases=features,
            multiplications=values * features,
            macs=values * features,
            sees_all=True,
            connect=lambda: Connections(forms, forms, forms),
        )

    def result(self, **more):
        totals = {}
        for count in COUNTS:
            values = [getattr(layer, count) for layer in self.layers]
            known = [value for value in values if value is not None]
            totals[count] = Quantity(sum(known), "complete" if len(known) == len(values) else "lower_bound")
        complete = all(layer.status == "complete" for layer in self.layers)
        return Result(
            name=self.name,
            batch=self.batch,
            inputs=(("input", self.shape),),
            outputs=((self.layers[-1].name, self.last),) if self.layers else (),
            layers=tuple(self.layers),
            totals=totals,
            status="complete" if complete else "lower_bound",
            **more,
        )


def lenet(name="LeNet-5", batch=1):
    net = Net(name, (1, 28, 28), batch)
    net.conv(6, 5, p=2, field=5)
    net.act("tanh")
    net.pool("avg_pool2d", 2, field=6)
    net.conv(16, 5, field=14)
    net.act("tanh")
    net.pool("avg_pool2d", 2, field=16)
    net.flatten()
    for features in (120, 84):
        net.linear(features)
        net.act("tanh")
    net.linear(10)
    return net.result(
        expectations=(
            Judgement("output", "10", [10], True, ""),
            Judgement("parameters", "61,706", 61706, True, ""),
            Judgement("macs", "416,520", 416520, True, ""),
        )
    )


def vgg16():
    net = Net("VGG-16", (3, 224, 224))
    for maps in ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512)):
        for channels in maps:
            net.conv(channels, 3, p=1)
            net.act("relu")
        net.pool("max_pool2d", 2)
    net.add("adaptive_avg_pool2d", net.last, roles=["pooling"])
    net.flatten()
    for _ in range(2):
        net.linear(4096)
        net.act("relu")
        net.act("dropout", ["regularisation"])
    net.linear(1000)
    return net.result()


def residual():
    """The head of a ResNet: a stem and one block, whose sum takes what the stem gives."""
    net = Net("ResNet-18", (3, 224, 224))
    net.conv(64, 7, 2, 3, bias=False)
    net.norm()
    net.act("relu")
    stem = net.pool("max_pool2d", 3, 2, 1)
    net.conv(64, 3, p=1, bias=False)
    net.norm()
    net.act("relu")
    net.conv(64, 3, p=1, bias=False)
    branch = net.norm()
    net.add("add", net.last, inputs=(branch, stem), roles=["merge"])
    net.act("relu")
    return net.result()


def broken(problems=()):
    """A network whose first linear layer was given a wrong number of inputs."""
    net = Net("MNIST net", (1, 28, 28))
    for maps in (6, 16):
        net.conv(maps, 5)
        net.act("relu")
        net.pool("max_pool2d", 2)
    net.flatten()
    net.add("linear", None, roles=["linear"])
    net.add("relu", None, roles=NONLINEAR, elementwise=True)
    net.add("linear", None, roles=["linear"])
    return net.result(problems=problems)
