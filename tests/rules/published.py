"""Published networks as mappings, written out small: what their authors do is no mistake."""


def conv(out, k=1, s=1, p=0, **more):
    return {"conv2d": {"out_channels": out, "kernel_size": k, "stride": s, "padding": p, **more}}


def pool(k, s=None, p=0, kind="max_pool2d", **more):
    return {kind: {"kernel_size": k, "stride": s or k, "padding": p, **more}}


def linear(out):
    return {"linear": {"out_features": out}}


def parallel(merge, *paths):
    return {"parallel": {"merge": merge, "paths": [list(path) for path in paths]}}


def bn(out, k=1, s=1, p=0, act="relu", **more):
    return [conv(out, k, s, p, bias=False, **more), "batch_norm2d", *([act] if act else [])]


def spec(name, shape, layers):
    return {"name": name, "input": list(shape), "layers": layers}


def resnet50():
    layers = [*bn(64, 7, 2, 3), pool(3, 2, 1)]
    for stage, (blocks, width) in enumerate(zip((3, 4, 6, 3), (64, 128, 256, 512), strict=True)):
        for block in range(blocks):
            s = 2 if stage and not block else 1
            path = [*bn(width), *bn(width, 3, s, 1), *bn(4 * width, act=None)]
            layers += [parallel("add", path, [] if block else bn(4 * width, 1, s, act=None)), "relu"]
    return spec("ResNet-50", (3, 224, 224), [*layers, "global_avg_pool", linear(1000)])


def mobilenet_v2():
    layers, channels = bn(32, 3, 2, 1, act="relu6"), 32
    for t, c, n, s in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2)):
        for block in range(n):
            wide = channels * t
            path = bn(wide, act="relu6") if t > 1 else []
            path = [*path, *bn(wide, 3, 1 if block else s, 1, act="relu6", groups=wide), *bn(c, act=None)]
            layers += [parallel("add", path, [])] if block else path
            channels = c
    tail = [*bn(1280, act="relu6"), "global_avg_pool", {"dropout": {"p": 0.2}}, linear(1000)]
    return spec("MobileNetV2", (3, 224, 224), [*layers, *tail])


def squeezenet():
    def fire(squeeze, expand):
        return [conv(squeeze), "relu", parallel("concat", [conv(expand), "relu"], [conv(expand, 3, 1, 1), "relu"])]

    ceil = pool(3, 2, ceil_mode=True)
    layers = [conv(64, 3, 2), "relu", ceil, *fire(16, 64), *fire(16, 64), ceil, *fire(32, 128), *fire(32, 128), ceil]
    for width in (48, 48, 64, 64):
        layers += fire(width, 4 * width)
    return spec("SqueezeNet", (3, 224, 224), [*layers, {"dropout": {}}, conv(1000), "relu", "global_avg_pool"])


def googlenet():
    def inception(one, three, five, proj):
        branches = [bn(one), [*bn(three[0]), *bn(three[1], 3, 1, 1)], [*bn(five[0]), *bn(five[1], 3, 1, 1)]]
        return parallel("concat", *branches, [pool(3, 1, 1), *bn(proj)])

    ceil = pool(3, 2, ceil_mode=True)
    layers = [*bn(64, 7, 2, 3), ceil, *bn(64), *bn(192, 3, 1, 1), ceil]
    layers += [inception(64, (96, 128), (16, 32), 32), inception(128, (128, 192), (32, 96), 64), ceil]
    layers += [inception(192, (96, 208), (16, 48), 64), inception(256, (160, 320), (32, 128), 128)]
    layers += [pool(2, 2, ceil_mode=True), inception(384, (192, 384), (48, 128), 128)]
    return spec("GoogLeNet", (3, 224, 224), [*layers, "global_avg_pool", {"dropout": {"p": 0.2}}, linear(1000)])


def densenet():
    def dense(n):
        step = ["batch_norm2d", "relu", conv(128, bias=False), *["batch_norm2d", "relu"], conv(32, 3, 1, 1, bias=False)]
        return [parallel("concat", [], step) for _ in range(n)]

    def half(channels):
        return ["batch_norm2d", "relu", conv(channels, bias=False), pool(2, kind="avg_pool2d")]

    layers = [*bn(64, 7, 2, 3), pool(3, 2, 1), *dense(6), *half(128), *dense(12), *half(256), *dense(24), *half(512)]
    tail = ["batch_norm2d", "relu", "global_avg_pool", linear(1000)]
    return spec("DenseNet-121", (3, 224, 224), [*layers, *dense(16), *tail])


def network_in_network():
    layers = []
    for width, k, p in ((192, 5, 2), (192, 5, 2), (192, 3, 1)):
        last = 10 if k == 3 else 192
        layers += [conv(width, k, 1, p), "relu", conv(160), "relu", conv(last), "relu"]
        if k == 5:
            layers += [pool(3, 2, ceil_mode=True), {"dropout": {}}]
    return spec("NiN", (3, 32, 32), [*layers, "global_avg_pool", "softmax"])


def u_net():
    def twice(width):
        return [conv(width, 3, 1, 1), "relu", conv(width, 3, 1, 1), "relu"]

    inner = [*twice(256)]
    for width in (128, 64):
        up = {"conv_transpose2d": {"out_channels": width, "kernel_size": 2, "stride": 2}}
        inner = [*twice(width), parallel("concat", [], [pool(2), *inner, up]), *twice(width)]
    return spec("U-Net", (1, 128, 128), [*inner, conv(2)])


def dcgan():
    layers = []
    for width, k, s, p in ((512, 4, 1, 0), (256, 4, 2, 1), (128, 4, 2, 1), (64, 4, 2, 1)):
        up = {"out_channels": width, "kernel_size": k, "stride": s, "padding": p, "bias": False}
        layers += [{"conv_transpose2d": up}, "batch_norm2d", "relu"]
    end = {"conv_transpose2d": {"out_channels": 3, "kernel_size": 4, "stride": 2, "padding": 1, "bias": False}}
    return spec("DCGAN generator", (100, 1, 1), [*layers, end, "tanh"])


def squeeze_and_excitation():
    gate = ["global_avg_pool", linear(4), "relu", linear(64), "sigmoid"]
    scaled = ["global_avg_pool", linear(10)]
    gate = [{"global_avg_pool": {"keepdim": True}}, conv(4), "relu", conv(64), "sigmoid"]
    wide = [*bn(64, 3, 1, 1, act="silu", groups=64), parallel("mul", [], gate), *bn(16, act=None)]
    block = parallel("add", [*bn(64, act="silu"), *wide], [])
    stem = [*bn(16, 3, 2, 1, act="silu"), block, block, *bn(64, 3, 2, 1), *bn(128, 3, 2, 1), *bn(256, 3, 2, 1)]
    return spec("SE", (3, 32, 32), [*stem, *scaled])


def deeplab():
    layers = []
    for width, times, s in ((64, 2, 2), (128, 2, 2), (256, 3, 2), (512, 3, 1)):
        layers += [conv(width, 3, 1, 1), "relu"] * times + [pool(3, s, 1)]
    layers += [conv(512, 3, 1, 2, dilation=2), "relu"] * 3 + [pool(3, 1, 1)]
    layers += [conv(1024, 3, 1, 12, dilation=12), "relu", {"dropout": {}}, conv(1024), "relu", {"dropout": {}}]
    return spec("DeepLab-LargeFOV", (3, 321, 321), [*layers, conv(21)])


def inception_v3():
    def factored(inner, out):
        seven = [*bn(inner), *bn(inner, [1, 7], 1, [0, 3]), *bn(out, [7, 1], 1, [3, 0])]
        return parallel("concat", bn(out), seven, [pool(3, 1, 1, kind="avg_pool2d"), *bn(out)])

    stem = [*bn(32, 3, 2), *bn(32, 3), *bn(64, 3, 1, 1), pool(3, 2), *bn(80), *bn(192, 3), pool(3, 2)]
    grid = parallel("concat", bn(384, 3, 2), [*bn(64), *bn(96, 3, 1, 1), *bn(96, 3, 2)], [pool(3, 2)])
    tail = ["global_avg_pool", {"dropout": {}}, linear(1000)]
    return spec("Inception-v3", (3, 299, 299), [*stem, grid, factored(128, 192), factored(160, 192), *tail])


def text():
    def seen(k):
        one = {"conv1d": {"out_channels": 100, "kernel_size": k}}
        return [one, "relu", "global_max_pool"]

    return spec("TextCNN 1-D", (300, 56), [parallel("concat", seen(3), seen(4)), {"dropout": {}}, linear(2), "softmax"])


def c3d():
    layers = [{"conv3d": {"out_channels": 64, "kernel_size": 3, "padding": 1}}, "relu"]
    layers += [{"max_pool3d": {"kernel_size": [1, 2, 2]}}]
    for width in (128, 256, 512):
        layers += [{"conv3d": {"out_channels": width, "kernel_size": 3, "padding": 1}}, "relu"]
        layers += [{"max_pool3d": {"kernel_size": 2}}]
    end = ["flatten", {"linear": {"out_features": 4096}}, "relu", {"dropout": {}}, linear(487)]
    return spec("C3D", (3, 16, 112, 112), [*layers, *end])


NETWORKS = {
    made["name"]: made
    for made in (
        resnet50(), mobilenet_v2(), squeezenet(), googlenet(), densenet(), network_in_network(), u_net(), dcgan(),
        squeeze_and_excitation(), deeplab(), inception_v3(), text(), c3d(),
    )
}  # fmt: skip
