"""Every problem of a readable spec: one text, and the code, the place and the key words that must come out."""

# ruff: noqa: E501 (a case is a line)
import re

import pytest

from cnncalc.api import SpecError, analyze, loads


def findings(text):
    """Every problem of a text, those of the reading first, then those of the calculation."""
    try:
        return analyze(loads(text, name="net.yaml")).problems
    except SpecError as error:
        return analyze(error.network).problems


HEAD = "input: [3, 16, 16]\nlayers:\n"

# (the layers, or a whole spec if it starts with "input" or "name"; code; what is under the caret; message; hint)
CASES = [
    # kinds by other names
    ("- Conv2D: {}", "unknown-kind", "Conv2D", "there is no layer kind `Conv2D`", "did you mean `conv2d`?"),
    ("- Dense: {units: 3}", "unknown-kind", "Dense", "`Dense`", "`linear`"),
    ("- MaxPooling2D", "unknown-kind", "MaxPooling2D", "`MaxPooling2D`", "`max_pool2d`"),
    ("- MaxPool1d", "unknown-kind", "MaxPool1d", "`MaxPool1d`", "`max_pool1d`"),
    ("- BatchNormalization", "unknown-kind", "BatchNormalization", "`BatchNormalization`", "`batch_norm2d`"),
    ("- GlobalAveragePooling2D", "unknown-kind", "GlobalAveragePooling2D", "Global", "`global_avg_pool`"),
    ("- ReLU", "unknown-kind", "ReLU", "`ReLU`", "`relu`"),
    ("- 卷积", "unknown-kind", "卷积", "`卷积`", "`conv2d`"),
    ("- 全连接", "unknown-kind", "全连接", "`全连接`", "`linear`"),
    ("- 线性层", "unknown-kind", "线性层", "`线性层`", "`linear`"),
    ("- 批量归一化", "unknown-kind", "批量归一化", "`批量归一化`", "`batch_norm2d`"),
    ("- conv2: {}", "unknown-kind", "conv2", "`conv2`", "`conv2d`"),
    ("- maxpool2d", "unknown-kind", "maxpool2d", "`maxpool2d`", "`max_pool2d`"),
    ("- conv4d: {}", "unknown-kind", "conv4d", "`conv4d`", "conv"),
    ("- transmogrifier", "unknown-kind", "transmogrifier", "`transmogrifier`", ""),
    # fields by other names
    ("- conv2d: {filters: 8, out_channels: 8, kernel_size: 3}", "unknown-field", "filters", "conv2d has no field filters", "`out_channels`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, strides: 2}", "unknown-field", "strides", "strides", "`stride`"),
    ("- conv2d: {out_channels: 8, k: 3, kernel_size: 3}", "unknown-field", "k", "no field k", "`kernel_size`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, s: 3}", "unknown-field", "s", "no field s", "`stride`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, p: 1}", "unknown-field", "p", "no field p", "`padding`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, 步长: 1}", "unknown-field", "步长", "步长", "`stride`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, 输出通道: 8}", "unknown-field", "输出通道", "输出通道", "`out_channels`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, 膨胀率大小: 1}", "unknown-field", "膨胀率大小", "膨胀率大小", "`dilation`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, kernal: 3}", "unknown-field", "kernal", "kernal", "`kernel_size`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, 填充: 1}", "unknown-field", "填充", "填充", "`padding`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, stirde: 1}", "unknown-field", "stirde", "stirde", "`stride`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, form: input}", "unknown-field", "form", "form", "`from`"),
    ("- max_pool2d: {pool_size: 2, kernel_size: 2}", "unknown-field", "pool_size", "pool_size", "`kernel_size`"),
    ("- flatten\n- linear: {units: 3, out_features: 3}", "unknown-field", "units", "linear has no field units", "`out_features`"),
    ("- relu: {slope: 3}", "unknown-field", "slope", "relu has no field slope", "inplace"),
    ("- sigmoid: {steep: 3}", "unknown-field", "steep", "sigmoid has no field steep", "sigmoid has no fields"),
    # of a field that is there under another name only this is said
    ("- conv2d: {filters: 16, kernel_size: 3}", "unknown-field", "filters", "conv2d has no field filters", "did you mean `out_channels`?"),
    ("- conv2d: {out_channels: 16, kernel: 3}", "unknown-field", "kernel", "conv2d has no field kernel", "did you mean `kernel_size`?"),
    ("- conv2d: {out_channels=16, kernel_size: 3}", "equals-sign", "out_channels=16", "'=' stands where ':' belongs", "write `out_channels: 16`"),
    ("input: [5, 8]\nlayers:\n- lstm: {hidden: 3}", "unknown-field", "hidden", "lstm has no field hidden", "did you mean `hidden_size`?"),
    ("- parallel: {merge: add, path: [[relu], []]}", "unknown-field", "path", "no field path", "`paths`"),
    ("input: 8\nblocks: {a: {args: [size], layers: [relu]}}\nlayers:\n- a: {sise: 3}", "unknown-argument", "sise", "the block a has no argument sise", "`size`"),
    ("input_shape: [3, 8, 8]\nlayers: [relu]", "unknown-key", "input_shape", "no key `input_shape`", "`input`"),
    ("input: 8\nlayer: [relu]\noutputs: relu_1", "unknown-key", "layer", "no key `layer`", "`layers`"),
    # values of the wrong kind
    ("- conv2d: {out_channels: 8, kernel_size: true}", "wrong-value", "true", "not the word true", ""),
    ("- conv2d: {out_channels: 8, kernel_size: 3.0}", "wrong-value", "3.0", "not the decimal number 3.0", "write 3"),
    ("- conv2d: {out_channels: 8, kernel_size: 2.5}", "wrong-value", "2.5", "not the decimal number 2.5", ""),
    ("- conv2d: {out_channels: 8, kernel_size: '3'}", "wrong-value", "'3'", "the text `3`", "write 3 without quotes"),
    ("- conv2d: {out_channels: 1e3, kernel_size: 3}", "wrong-value", "1e3", "decimal number 1000.0", "write 1000"),
    ("- conv2d: {out_channels: 8, kernel_size: 3x5}", "wrong-value", "3x5", "the text `3x5`", "write [3, 5]"),
    ("- conv2d:\n    out_channels: 8\n    kernel_size: 3,5", "wrong-value", "3,5", "the text `3,5`", "write [3, 5]"),
    ("- conv2d: {out_channels: 0, kernel_size: 3}", "wrong-value", "0", "a whole number from 1 up, not 0", ""),
    ("- conv2d: {out_channels: -8, kernel_size: 3}", "wrong-value", "-8", "from 1 up, not -8", ""),
    ("- conv2d: {out_channels: null, kernel_size: 3}", "wrong-value", "null", "not nothing", ""),
    ("- conv2d: {out_channels: [8], kernel_size: 3}", "wrong-value", "[8]", "not [8]", ""),
    ("- conv2d: {out_channels: 8, kernel_size: [3, 3, 3]}", "wrong-value", "[3, 3, 3]", "one per axis, not [3, 3, 3]", ""),
    ("- conv2d: {out_channels: 8, kernel_size: [3, 2.0]}", "wrong-value", "2.0", "not [3, the decimal number 2.0]", "write 2"),
    ("- conv2d: {out_channels: 8, kernel_size: []}", "wrong-value", "[]", "not []", ""),
    ("- conv2d: {out_channels: 8, kernel_size: 3, padding: full}", "wrong-value", "full", "same, or valid, not the text `full`", ""),
    ("- conv2d: {out_channels: 8, kernel_size: 3, padding: -1}", "wrong-value", "-1", "from 0 up", ""),
    ("- conv2d: {out_channels: 8, kernel_size: 3, bias: no}", "wrong-value", "no", "true or false, not the text `no`", "write false"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, bias: 1}", "wrong-value", "1", "true or false, not 1", ""),
    ("- conv2d: {out_channels: 8, kernel_size: 3, in_channels: three}", "wrong-value", "three", "in_channels must be a whole number from 1 up", ""),
    ("- max_pool2d: {kernel_size: 2, stride: big}", "wrong-value", "big", "stride must be a whole number from 1 up", ""),
    ("- max_pool2d: {kernel_size: 2, padding: same}", "wrong-value", "same", "pair per axis, not the text `same`", ""),
    ("- dropout: {p: 1.5}", "wrong-value", "1.5", "a share from 0 to 1", ""),
    ("- leaky_relu: {negative_slope: steep}", "wrong-value", "steep", "must be a number", ""),
    ("- concat: {dim: 99}", "wrong-value", "99", "an axis", ""),
    ("input: [8, 3, 32, 32]\nlayers:\n- conv2d: {out_channels: 8, kernel_size: 3}", "wrong-rank", "conv2d", "(C×H×W), but its input is 8×3×32×32", "if 8 is the batch, leave it out: 3×32×32"),
    ("input: 8\nlayers: [relu]\nflatten:", "unknown-key", "flatten", "no key `flatten`", "below `layers`, with a dash: `- flatten`"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, device: cuda}", "unknown-field", "device", "no field device", "leave it out: it changes no number"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, activation: relu}", "unknown-field", "activation", "no field activation", "a layer of its own: `- relu`"),
    ("- zero_pad2d: {padding: [1, 2]}", "wrong-value", "[1, 2]", "a list with two for each axis", ""),
    ("- zero_pad2d: {padding: [[1, 2]]}", "wrong-value", "[[1, 2]]", "one pair for each axis", ""),
    ("- zero_pad2d: {padding: [1, 2, x, 4]}", "wrong-value", "[1, 2, x", "a list with two for each axis", ""),
    ("- slice: {dim: [2, -2], start: [1, 2]}", "repeated-axis", "[2, -2]", "2, -2 names an axis twice", ""),
    ("- pad: {dim: [1, 1], after: [1, 2]}", "repeated-axis", "[1, 1]", "1, 1 names an axis twice", ""),
    ("- squeeze: {dim: [3, -1]}", "repeated-axis", "[3, -1]", "3, -1 names an axis twice", ""),
    ("- flatten: {start_dim: 2, end_dim: 1}", "flatten-backwards", "2", "axis 2 stands behind axis 1", ""),
    ("input: {a: [2, 5, 3], b: [4, 3, 6]}\nlayers:\n- matmul: {from: [a, b]}", "matrices-do-not-fit", "matmul", "2×5×3 times 4×3×6", ""),
    # variables
    ("- conv2d: {out_channels: $width, kernel_size: 3}", "unknown-variable", "$width", "no variable width", "vars: {width: …}"),
    ("input: [3, 8, 8]\nvars: {width: 8}\nlayers:\n- conv2d: {out_channels: $(2 * widht), kernel_size: 3}", "unknown-variable", "widht", "no variable widht", "`width`"),
    ("input: 8\nvars: {a: $b, b: 3}\nlayers: [relu]", "variable-below", "$b", "variable b gets its value further down", "write b above a"),
    ("input: 8\nvars: {a: $(c + 1), b: [1, $a], c: $b}\nlayers: [relu]", "variable-below", "c", "variables a and c need each other's values", "a value that needs no other"),
    ("input: 8\nvars: {a: $a}\nlayers: [relu]", "variable-below", "$a", "variable a needs its own value", "a value that needs no other"),
    ("input: 8\nvars: {a: [1, $b], b: $(1 + 1)}\nlayers: [relu]", "variable-below", "$b", "variable b gets its value further down", "write b above a"),
    ("input: 8\nvars: {a: $(int(3.5))}\nlayers: [relu]", "unknown-name-in-expression", "int", "`int` is not known here", "did you mean `floor`?"),
    ("input: 8\nvars: {a: $(cail(3.5))}\nlayers: [relu]", "unknown-name-in-expression", "cail", "`cail` is not known here", "did you mean `ceil`?"),
    ("- conv2d: {name: a, when: false, out_channels: 8, kernel_size: 1}\n- conv2d: {weights_of: a, out_channels: 8, kernel_size: 1}", "wrong-value", "a, out", "a layer that is not left out", ""),
    ("input: 8\nvariants: {a: {w: 1}, b: {v: 1, w: 1}}\nvars: {w: 2}\nlayers: [relu]", "unknown-variable", "v: 1", "no variable v", "known here: w"),
    ("input: 8\nvars: {w: 1}\nlayers:\n- linear:\n    out_features: ${w}", "braced-variable", "${w}", "`${…}` is no variable", "write `$w`"),
    ("input: 8\nvars: {w: 1}\nlayers:\n- linear: {out_features: ${w}}", "braced-variable", "${w}", "`${…}` is no variable", "write `$w`"),
    ("input: 8\nvars: {w: 1}\nlayers:\n- linear: {out_features: $(min(w, 3))}", "unclosed-expression", "$(min(w", "is not closed", "in quotes"),
    ("input: 8\nvars: {w: 3}\nlayers:\n- linear: {out_features: $(w / 2)}", "wrong-value", "$(w / 2)", "not the decimal number 1.5", ""),
    ("input: 8\nvars: {if: 3}\nlayers: [relu]", "not-a-variable", "if: 3", "`if` cannot be the name of a variable", ""),
    ("input: 8\nvars: {w: {a: 3}}\nlayers: [relu]", "wrong-value", "{a: 3}", "w must be a number, a text", ""),
    ("input: 8\nvariants: {a: {w: 1}, b: {w: 2}}\nlayers: [relu]", "choose-variant", "variants", "choose one of its variants", "the variants are a, b"),
    ("input: 8\nvariants: {a: {w: 1}, b: {w: 2}}\nlayers:\n- linear: {out_features: $w}\n- linear: {out_features: $(w * 2)}", "choose-variant", "variants", "choose one", "a, b"),
    # repetition, conditions, blocks
    ("- relu: {repeat: -1}", "wrong-value", "-1", "repeat must be a whole number from 0 up, not -1", ""),
    ("- repeat: 3\n  relu:", "not-a-layer", "repeat", "one key with its fields", "`repeat: …` and `layers: […]`"),
    ("- relu: {when: 3}", "wrong-value", "3", "when must be true or false", ""),
    ("- layers: relu", "wrong-value", "relu", "layers must be a list of layers", ""),
    ("- relu: {repeat: 2, index: 2nd}", "not-a-variable", "2nd", "`2nd` cannot be the name", ""),
    ("- relu: {repeat: 2000000, when: $(i < 0)}", "too-many-steps", "2000000", "more than 400,000 entries", ""),
    ('vars: {a: "0123456789", b: "$a$a$a$a$a$a$a$a$a$a", c: "$b$b$b$b$b$b$b$b$b$b", d: "$c$c$c$c$c$c$c$c$c$c$a"}\ninput: 8\nlayers: [relu]', "value-too-large", '"$c$c', "at most 10,000 characters", ""),
    ("vars: {" + ", ".join(f"v{number}: 1" for number in range(1001)) + "}\ninput: 8\nlayers: [relu]", "too-many-variables", "vars", "more than 1,000 variables", ""),
    ("input: 8\nblocks: {relu: [tanh]}\nlayers: [relu]", "block-has-kinds-name", "relu", "cannot be called relu", ""),
    ("input: 8\nblocks: {a: [b], b: [{parallel: {merge: add, paths: [[a], []]}}], c: [tanh]}\nlayers: [c]", "recursive-block", "a: [b]", "a → b → a", "repeat"),
    ("input: 8\nblocks: {a: {args: [size], layers: [relu]}}\nlayers:\n- a: {size: 3, sise: 3}", "unknown-argument", "sise", "the block a has no argument sise", "`size`"),
    ("input: 8\nblocks: {a: {args: [size], layers: [relu]}}\nlayers:\n- a", "missing-argument", "a$", "the block a needs size", "- a: {size: …}"),
    ("input: 8\nblocks: {a: {args: [size], layers: [relu]}}\nlayers:\n- a: {name: x}\n- tanh: {from: x}", "missing-argument", "a: {name", "the block a needs size", "- a: {size: …}"),
    ("input: 8\nblocks: {a: {arg: [size], layers: [relu]}}\nlayers:\n- a", "unknown-field", "arg:", "a has no field arg", "`args`"),
    ("input: 8\nblocks: {a: 3}\nlayers:\n- tanh", "wrong-value", "3", "a must be a list of layers", ""),
    ("input: 8\nblocks: {head: [tanh]}\nlayers:\n- heed", "unknown-kind", "heed", "no layer kind `heed`", "`head`"),
    ("input: 8\ntrainable: {\"conv*\": false}\nlayers: [relu]", "pattern-matches-nothing", '"conv*"', "no layer is called conv*", ""),
    ("- relu: {trainable: 3}", "wrong-value", "3", "trainable must be true or false", ""),
    ("- relu: {semantics: tensorflow}", "wrong-value", "tensorflow", "torch, keras, onnx or caffe", ""),
    # missing fields, and what is no layer
    ("- conv2d: {out_channels: 8}", "missing-field", "conv2d", "needs kernel_size (side of the kernel)", "kernel_size: …"),
    ("- conv2d: {kernel_size: 3}", "missing-field", "conv2d", "needs out_channels", "out_channels: …"),
    ("- [conv2d, 3]", "not-a-layer", "[conv2d, 3]", "a name or one key", ""),
    ("- 3", "not-a-layer", "3", "this is 3", ""),
    ("- {relu: null, tanh: null}", "not-a-layer", "{relu: null, tanh: null}", "a mapping", "a dash of its own: `- relu`, `- tanh`"),
    ("- conv2d:\n  out_channels: 8\n  kernel_size: 3", "not-a-layer", "conv2d:", "a mapping", "`- conv2d: {out_channels: 8, kernel_size: 3}`"),
    ("- conv2d: 3", "not-a-layer", "3", "this is 3", "`- conv2d: {out_channels: …, kernel_size: …}`"),
    ("- input: [3, 32, 32]", "not-a-layer", "[3, 32, 32]", "this is [3, 32, 32]", "`input:` stands beside `layers:`"),
    ("- view: [-1, 512]", "unknown-kind", "view", "no layer kind `view`", "`reshape`"),
    ("- Conv2D:\n  filters: 8", "not-a-layer", "Conv2D", "a mapping", "indent the fields further"),
    ("- conv2d {out_channels: 16}", "missing-colon", "conv2d {", "a colon is missing behind conv2d", "write `conv2d: {`"),
    ("- {}", "not-a-layer", "{}", "a mapping", ""),
    ("- relu\n  - flatten\n- linear: {out_features: 3}", "joined-lines", "- flatten", "indented deeper", "in the same column"),
    # names and connections
    ("- relu: {name: a}\n- tanh: {name: a}", "duplicate-name", "a}$", "the name a is taken", ""),
    ("- relu: {name: input}", "duplicate-name", "input", "the name input is taken", ""),
    ("- relu: {name: 3}", "not-a-name", "3", "3 cannot be a name", 'a number needs quotes: "3"'),
    ("- relu: {name: 'a:1'}", "not-a-name", "'a:1'", "`a:1`", "without a colon"),
    ("- relu: {name: ''}", "not-a-name", "''", "cannot be a name", "1 to 256 characters"),
    ("- relu: {from: nobody}", "unknown-source", "nobody", "no layer or input called nobody", ""),
    ("- relu: {name: first}\n- tanh: {from: frist}", "unknown-source", "frist", "called frist", "`first`"),
    ("- relu: {from: b}\n- tanh: {name: b}", "later-source", "b}", "b stands below", "move b above"),
    ("- relu: {name: a, from: a}", "later-source", "a}", "a depends on this very layer: a → a", "take one of these"),
    ("- relu: {name: a, from: c}\n- relu: {name: b, from: a}\n- relu: {name: c, from: b}", "later-source", "c}", "a → b → c → a", "take one of"),
    ("- relu: {from: conv2d_1}\n- conv2d: {out_channels: 8, kernel_size: 3}", "later-source", "conv2d_1", "conv2d_1 stands below", "move conv2d_1 above"),
    ("- relu: {from: relu_2}\n- relu: {from: 'relu_1:0'}", "later-source", "relu_2", "relu_1 → relu_2 → relu_1", "take one of these"),
    ("- relu: {from: relu_1}", "later-source", "relu_1", "relu_1 → relu_1", "take one of these"),
    ("- relu: {from: b}\n- tanh: {name: b, from: relu_1}", "later-source", "b}", "relu_1 → b → relu_1", "take one of these"),
    ("- relu: {from: tanh_1}\n- parallel: {merge: add, paths: [[{tanh: {from: relu_1}}], []]}", "later-source", "tanh_1", "relu_1 → tanh_1 → relu_1", ""),
    ("- relu: {from: add_1}\n- parallel: {merge: add, from: relu_1, paths: [[tanh], []]}", "later-source", "add_1", "relu_1 → add_1 → relu_1", ""),
    ("- parallel: {merge: add, from: tanh_1, paths: [[relu], []]}\n- tanh", "later-source", "tanh_1", "tanh_1 stands below", ""),
    ("- relu: {from: cnv2d_1}\n- conv2d: {out_channels: 8, kernel_size: 3}", "unknown-source", "cnv2d_1", "called cnv2d_1", "`conv2d_1`"),
    ("- relu: {name: a}\n- tanh: {from: 'a:1'}", "no-such-output", "'a:1'", "a has no output 1", "`a` alone"),
    ("- relu: {from: 3}", "wrong-value", "3", "the name of a layer above", ""),
    ("- relu: {from: []}", "wrong-value", "[]", "the name of a layer above", ""),
    ("input: {a: 8, b: 8}\nlayers:\n- relu", "ambiguous-input", "relu", "2 inputs", "`from: a`"),
    ("- add", "wrong-number-of-inputs", "add", "add takes at least 2 inputs, not 1", "from: [layer, layer]"),
    ("- relu: {from: [input, input]}", "wrong-number-of-inputs", "[input, input]", "relu takes 1 input, not 2", "join them first"),
    # parallel
    ("- parallel: {merge: add}", "missing-field", "parallel", "parallel needs paths", ""),
    ("- parallel: {paths: [[relu], []]}", "missing-field", "parallel", "parallel needs merge", ""),
    ("- parallel: {merge: relu, paths: [[relu], []]}", "wrong-value", "relu", "add, mul or concat", ""),
    ("- parallel: {merge: add, paths: relu}", "wrong-value", "relu", "a list of lists", ""),
    ("- parallel: {merge: add, paths: [relu, tanh]}", "wrong-value", "[relu, tanh]", "a list of lists", ""),
    ("- parallel: {merge: add, path: [[relu], []], paths: [[relu], []]}", "unknown-field", "path", "no field path", "`paths`"),
    ("- sub: {from: [input, input, input]}", "wrong-number-of-inputs", "[input", "sub takes 2 inputs, not 3", ""),
    ("- multihead_attention: {num_heads: 1, from: [input, input, input, input]}", "wrong-number-of-inputs", "[input", "takes at most 3 inputs, not 4", ""),
    ("- parallel: {merge: add, paths: [[relu]]}", "wrong-number-of-inputs", "add", "at least 2 inputs", ""),
    ("- parallel: {merge: {concat: {dmi: 1}}, paths: [[relu], []]}", "unknown-field", "dmi", "concat has no field dmi", "`dim`"),
    # the top level
    ("input: 8\nlayers: []", "no-layers", "[]", "there are no layers", ""),
    ("input: 8\nlayers:", "no-layers", "layers", "there are no layers", ""),
    ("input: 8\nlayers: relu", "wrong-value", "relu", "a list", ""),
    ("input: 8\n名称: a\nlayers: [relu]", "unknown-key", "名称", "no key `名称`", "`name`"),
    ("input: 8\nlayers: [relu]\n输出: relu", "unknown-key", "输出", "no key `输出`", "`outputs`"),
    ("input: 8\nlayer: [relu]\nlayers: [relu]", "unknown-key", "layer", "no key `layer`", "`layers`"),
    ("input: 8\nlayers: [relu]\nname: 5", "wrong-value", "5", "a text", ""),
    ("input: 8\nlayers: [relu]\noutputs: rleu_1", "unknown-source", "rleu_1", "called rleu_1", "`relu_1`"),
    ("input: 8\nlayers: [relu]\noutputs: 5", "wrong-value", "5", "a layer's name", ""),
    ("input: 8\nlayers: [relu]\nabout: 1998", "wrong-value", "1998", "a mapping", ""),
    ("name: x\ninput: [64, 64, 3]\nlayers: [relu]", "channels-last", "[64, 64, 3]", "64 channels of 64×3; meant 3x64x64?", ""),
    ("input: {a: [3, x]}\nlayers: [relu]", "not-a-shape", "[3, x]", "a shape such as [3, 64, 64]", "channels first"),
    ("name: x\nlayers: [relu]", "missing-key", "name", "`input` is missing", "input: [3, 224, 224]"),
    ("input: 8\nlayers: [relu]\noutputs: []", "no-outputs", "[]", "`outputs` names no layer", "leave `outputs` out"),
    ("input: 8\nlayers: [relu]\noutputs: [relu_1, relu_1]", "repeated-output", "relu_1]$", "names relu_1 twice", "once"),
    ("input: 8\nlayers: [relu]\noutputs: [relu_1, 'relu_1:0']", "repeated-output", "'relu_1:0'", "names relu_1 twice", "once"),
    # expectations
    ("input: 8\nlayers: [relu]\nexpect: {params: {min: 5, max: 3}}", "empty-bounds", "{min: 5, max: 3}", "params cannot be at least 5 and at most 3", "lower bound"),
    ("input: 8\nlayers: [relu]\nexpect: {params: {min: 1M, max: 30k}}", "empty-bounds", "{min: 1M", "at least 1,000,000 and at most 30,000", "lower bound"),
    ("input: 8\nlayers: [relu]\nexpect: {parms: 5}", "unknown-expectation", "parms", "knows no parms", "`params`"),
    ("input: 8\nlayers: [relu]\nexpect: {params: many}", "wrong-value", "many", "a number (61706, 61.1M)", ""),
    ("input: 8\nlayers: [relu]\nexpect: {params: {min: 1, most: 2}}", "unknown-bound", "most", "params has no bound most", "known are min, max, value, tolerance"),
    ("input: 8\nlayers: [relu]\nexpect: {params: {value: 1, tolerance: 1e999%}}", "wrong-value", "1e999%", "params.tolerance must be a share such as 2% or 0.02", ""),
    ("input: 8\nlayers: [relu]\nexpect: {params: {value: 1, tolerance: 10}}", "wrong-value", "10", "params.tolerance must be a share", ""),
    ("input: 8\nlayers: [relu]\nexpect: {params: {min: -3}}", "wrong-value", "-3", "params.min must be a number (61706, 61.1M), not -3", ""),
    ("input: 8\nlayers: [relu]\nexpect: {params: {min: 3, value: 3}}", "wrong-value", "{min", "not {min: …, value: …}", ""),
    ("input: 8\nlayers: [relu]\nexpect: {params: {value: 3}}", "wrong-value", "{value", "not {value: …}", ""),
    ("input: 8\nlayers: [relu]\nexpect: {output: wide}", "wrong-value", "wide", "a shape such as [10]", ""),
    ("input: 8\nlayers: [relu]\nexpect: {output: {relu_2: 8}}", "unknown-output", "relu_2", "no output called relu_2", "`relu_1`"),
    ("input: 8\nlayers: [relu]\nexpect: {output: {relu_1: wide}}", "wrong-value", "wide", "a shape such as [10]", ""),
    ("input: 8\nlayers: [relu]\nexpect: {layers: {rleu_1: {params: 0}}}", "unmatched-pattern", "rleu_1", "no layer is called rleu_1", "`relu_1`"),
    ("input: 8\nlayers: [relu]\nexpect: {layers: {'conv*': {params: 0}}}", "unmatched-pattern", "'conv*'", "no layer is called conv*", ""),
    ("input: 8\nlayers: [relu]\nexpect: {output: {}}", "wrong-value", "{}", "a shape such as [10], or {name: shape, …}", ""),
    ("input: 8\nlayers: [relu]\nexpect: {layers: {'[z-a]': {params: 0}}}", "unmatched-pattern", "'[z-a]'", "no layer is called [z-a]", ""),
    ("input: 8\nlayers: [relu]\nexpect: {layers: relu_1}", "wrong-value", "relu_1", "a mapping such as {conv2d_1: {output: [6, 28, 28]}}", ""),
    ("input: 8\nlayers: [relu]\nexpect: {layers: {relu_1: 5}}", "wrong-value", "5", "a mapping such as {output: [10], params: 61706}", ""),
    ("input: 8\nlayers: [relu]\nexpect: {layers: {relu_1: {parms: 5}}}", "unknown-expectation", "parms", "knows no parms", "`params`"),
    ("input: 8\nlayers: [relu]\nexpect: {weights_memory: {max: 1 MW}}", "wrong-value", "1 MW", "weights_memory.max must be a size (241 KiB", ""),
    ("input: 8\nlayers: [relu]\nexpect: {weights_memory: {max: 1 MB, dtype: float7}}", "wrong-value", "float7", "weights_memory.dtype must be one of float64", ""),
    ("input: 8\nlayers: [relu]\nexpect: {weights_memory: {min: 2 MiB, max: 2 MB}}", "empty-bounds", "{min", "at least 2,097,152 and at most 2,000,000", ""),
    ("input: 8\nlayers: [relu]\nexpect: {downsampling: {max: wide}}", "wrong-value", "wide", "downsampling.max must be a number", ""),
    ("input: {channel: 3, H: 32, width: 32}\nlayers: [relu]", "unknown-axis", "channel", "no axis is called channel or H", "write {channels: 3, height: 32, width: 32}"),
    # what the layers refuse
    ("- conv2d: {out_channels: 8, kernel_size: 19, padding: 1}", "kernel-exceeds-input", "19", "covers 19 places of the height, but the padded input has only 16 + 1 + 1 = 18", "padding 2 on each side"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, dilation: 9}", "kernel-exceeds-input", "3", "9·(3 − 1) + 1 = 19 places", ""),
    ("- conv2d: {out_channels: 8, kernel_size: 3, groups: 2}", "groups-do-not-divide", "2", "the input channels 3: 3/2 = 1.5", "1, 3"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, groups: 3}", "groups-do-not-divide", "3}", "the output channels 8", ""),
    ("- conv2d: {out_channels: 8, kernel_size: 3, in_channels: 4}", "in-channels-mismatch", "4", "in_channels is 4, but 3 channels arrive", "leave in_channels out"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, padding: same, stride: 2}", "same-needs-stride-one", "same", "the stride is 2", "padding: 1 gives"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, padding: 16, padding_mode: reflect}", "padding-mode-needs-input", "reflect", "cannot take 16 places", "at most 15"),
    ("- conv1d: {out_channels: 8, kernel_size: 3}", "wrong-rank", "conv1d", "needs channels and 1 spatial axis (C×L), but its input is 3×16×16", "use conv2d"),
    ("- conv_transpose2d: {out_channels: 8, kernel_size: 2, padding: 9}", "output-empty", "9", "= -1; it must be at least 1", ""),
    ("- conv_transpose2d: {out_channels: 8, kernel_size: 2, output_padding: 1}", "output-padding-too-large", "1", "smaller than the stride 1", ""),
    ("- max_pool2d: {kernel_size: 2, padding: 2}", "padding-exceeds-half", "2}", "the padding is 2, more than half the kernel 2", "padding: 1 fits"),
    ("- upsample: {size: 4, mode: bicubic, antialias: true}", "antialias-not-known", "true", "only for mode bilinear", "leave antialias out"),
    ("- flatten: {start_dim: 2}\n- adaptive_avg_pool1d: {output_size: null}", "nothing-to-pool", "null", "", ""),
    ("- max_pool2d: {kernel_size: 50, stride: 2, ceil_mode: true}", "output-empty", "50", "it must be at least 1", ""),
    ("- linear: {out_features: 8}", "forgotten-flatten", "linear", "a map of 3×16×16 arrives", "3·16·16 = 768 values"),
    ("- flatten\n- linear: {out_features: 8, in_features: 700}", "in-features-mismatch", "700", "in_features is 700, but flatten_1 gives 768", "leave in_features out"),
    ("- batch_norm2d: {num_features: 4}", "num-features-mismatch", "4", "num_features is 4, but 3 channels arrive", "leave num_features out"),
    ("- prelu: {num_parameters: 4}", "slopes-mismatch", "4", "must be 1 or the 3 channels", ""),
    ("- softmax: {dim: 0}", "batch-axis", "0", "dim 0 is the batch", ""),
    ("- softmax: {dim: 4}", "axis-out-of-range", "4", "3×16×16 has the axes 1 to 3", ""),
    ("- conv2d: {name: a, out_channels: 8, kernel_size: 3}\n- add: {from: [a, input]}", "not-broadcastable", "add", "8×14×14 (a), 3×16×16 (input)", ""),
    ("- conv2d: {name: a, out_channels: 8, kernel_size: 1}\n- add: {from: [a, input]}", "not-broadcastable", "add", "8×16×16 (a), 3×16×16 (input)", "out_channels 8"),
    ("- conv2d: {name: a, out_channels: 8, kernel_size: 3}\n- concat: {from: [a, input]}", "concat-mismatch", "concat", "outside axis 1, along which they are joined: 8×14×14 (a), 3×16×16 (input)", ""),
    # what the layers refuse that change shapes
    ("- permute: {dims: [1, 2]}", "not-an-order", "[1, 2]", "dims [1, 2] do not name each axis of 3×16×16 once: 1 to 3", ""),
    ("- reshape: {shape: [5, -1]}", "sides-do-not-fill", "[5, -1]", "shape [5, -1] cannot hold the 768 values of 3×16×16", ""),
    ("- reshape: {shape: [-1, -1]}", "several-open-sides", "[-1, -1]", "shape [-1, -1] leaves 2 sides open", ""),
    ("- unflatten: {dim: 1, unflattened_size: [2, 2]}", "sides-do-not-fill", "[2, 2]", "cannot hold the 3 values of 3", ""),
    ("input: [1, 1]\nlayers: [squeeze]", "no-axis-left", "squeeze", "no axis would be left", "{dim: 2} leaves the channels"),
    ("- mean: {dim: [1, 2, 3]}", "all-axes-gone", "[1, 2, 3]", "no axis would be left", "keepdim: true"),
    ("- slice: {start: 1, end: 4}", "slice-outside", "4", "axis 1 of 3×16×16 has the places 0 to 2", ""),
    ("- slice: {start: 3}", "slice-outside", "3", "no slice from 3 up to 3", ""),
    ("- slice: {dim: [2, 3], start: [1, 2, 3]}", "unequal-lists", "[1, 2, 3]", "start has 3 numbers, but dim names 2 axes", ""),
    ("- split: {split_size: [1, 1]}", "parts-do-not-sum", "[1, 1]", "the parts sum to 2, but the side that is cut has 3", ""),
    ("input: 100000\nlayers:\n- split: {split_size: 1}", "too-many-parts", "1", "100000 parts; at most 10000", ""),
    ("- conv2d: {name: a, out_channels: 8, kernel_size: 3}\n- stack: {from: [a, input]}", "stack-mismatch", "stack", "the inputs differ: 8×14×14, 3×16×16", ""),
    ("- pixel_shuffle: {upscale_factor: 2}", "factor-does-not-divide", "2", "needs 4 channels for each output channel; 3 arrive", ""),
    ("- pixel_unshuffle: {downscale_factor: 3}", "sides-do-not-divide", "3", "does not divide the sides of 3×16×16", ""),
    ("- reflection_pad2d: {padding: 16}", "pad-takes-too-much", "16", "16 places of padding cannot be taken from an input height of 16", ""),
    ("- zero_pad2d: {padding: -8}", "output-empty", "-8", "the output height would be 16 −8 −8 = 0", ""),
    ("- roll: {shifts: [1, 2], dims: 1}", "unequal-shifts", "[1, 2]", "shifts has 2 numbers, but dims names 1 axes", ""),
    ("- flatten\n- window_partition: {window_size: 7}", "not-channels-last", "window_partition", "needs three axes", ""),
    ("- window_partition: {window_size: 4}\n- window_reverse: {window_size: 4, size: [4, 4]}", "windows-do-not-fill", "[4, 4]", "is not the windows of 4×4 of a map of 4×4", ""),
    ("- glu: {dim: 1}", "no-halves", "1", "axis 1 of 3×16×16 cannot be halved", ""),
    ("- fold: {output_size: 4, kernel_size: 2}", "columns-do-not-fold", "fold", "a multiple of 4 rows and 9 columns", ""),
    # upsampling
    ("- upsample", "size-or-factor", "upsample", "neither size nor scale_factor", "scale_factor: 2"),
    ("- upsample: {size: 4, scale_factor: 2}", "size-or-factor", "2", "both given", ""),
    ("- upsample: {scale_factor: 2, mode: linear}", "mode-needs-axes", "linear", "mode linear does not suit 3×16×16, which has 2", "bilinear"),
    ("- upsample: {scale_factor: [2, 2, 2]}", "one-per-spatial-axis", "[2", "scale_factor has 3 numbers, but there are 2", ""),
    ("- upsample: {scale_factor: 2, align_corners: true}", "corners-need-lines", "true", "no meaning for mode nearest", ""),
    # normalisations
    ("- layer_norm: {normalized_shape: 5}", "normalized-shape-mismatch", "5", "normalized_shape is 5, but the input 3×16×16 does not end so", "the last axis, 16"),
    ("- group_norm: {num_groups: 2}", "num-groups-do-not-divide", "2", "num_groups is 2, which does not divide the 3 channels", "1, 3"),
    ("- group_norm: {num_groups: 3, num_channels: 4}", "num-channels-mismatch", "4", "num_channels is 4, but 3 channels arrive", "leave num_channels out"),
    ("- adaptive_avg_pool2d: {output_size: 1}\n- instance_norm2d", "one-value-each", "instance_norm2d", "become 0", ""),
    # sequences
    ("- lstm: {hidden_size: 4}", "not-a-sequence", "lstm", "lstm needs a sequence L×E, but its input is 3×16×16", "start_dim: 2"),
    ("input: [5, 8]\nlayers:\n- lstm: {hidden_size: 4, input_size: 9}", "input-size-mismatch", "9", "input_size is 9, but 8 features arrive", "leave input_size out"),
    ("input: [5, 8]\nlayers:\n- gru: {hidden_size: 4, num_layers: 1001}", "too-many-recurrent-layers", "1001", "at most 1000", ""),
    ("input: [5, 8]\nlayers:\n- lstm: {hidden_size: 4, proj_size: 4}", "projection-too-large", "4}", "must be below hidden_size 4", ""),
    ("input: [5, 8]\nlayers:\n- multihead_attention: {num_heads: 3}", "heads-do-not-divide", "3", "does not divide the 8 features", ""),
    ("input: [5, 8]\nlayers:\n- multihead_attention: {num_heads: 2, embed_dim: 9}", "embed-dim-mismatch", "9", "embed_dim stands for 9, but 8 arrive", ""),
    ("input: {a: [5, 8], b: [4, 8], c: [3, 8]}\nlayers:\n- multihead_attention: {num_heads: 2, from: [a, b, c]}", "attention-mismatch", "multihead", "query, key and value do not fit each other: 5×8, 4×8, 3×8", ""),
    ("input: {a: [5, 8], b: [5, 8]}\nlayers:\n- matmul: {from: [a, b]}", "matrices-do-not-fit", "matmul", "5×8 times 5×8 is no matrix product", ""),
    ("input: 5\nlayers:\n- embedding: {num_embeddings: 4, embedding_dim: 2, padding_idx: 4}", "padding-row-outside", "4}", "the table has the rows 0 to 3", ""),
    # several outputs, shared weights
    ("- chunk: {chunks: 3, name: parts}\n- relu: {from: \"parts:3\"}", "no-such-output", '"parts:3"', "parts has no output 3", ""),
    ("- conv2d: {out_channels: 3, kernel_size: 3, name: a}\n- conv2d: {out_channels: 3, kernel_size: 5, weights_of: a}", "weights-do-not-fit", "a}", "the weights of a are weight 3×3×3×3, bias 3, but weight 3×3×5×5, bias 3 are needed", ""),
    ("- conv2d: {out_channels: 3, kernel_size: 3, bias: false, name: a}\n- conv2d: {out_channels: 3, kernel_size: 3, weights_of: a}", "weights-do-not-fit", "a}", "the weights of a are weight 3×3×3×3, but weight 3×3×3×3, bias 3 are needed", "a has no bias: write `bias: false` here, too"),
    ("- conv2d: {out_channels: 1, kernel_size: 3, name: a, kernel: [[1, 2], [3, 4]]}", "kernel-does-not-fit", "[[1, 2], [3, 4]]", "a takes 3×3, not 2×2", ""),
    ("- conv2d: {out_channels: 1, kernel_size: 3, name: a, kernel: [blur, sobel_x]}", "kernel-does-not-fit", "[blur", "a takes one kernel, not 2 kernels", ""),
    ("- conv2d: {out_channels: 1, kernel_size: 1, name: a, kernel: [[[[1]], [[2]]]]}", "kernel-does-not-fit", "[[[[1]]", "a takes 3×1×1, not 2×1×1", ""),
    ("- conv_transpose2d: {out_channels: 9, stride: 999999999999999, kernel_size: 3, repeat: 40}", "map-too-large", "conv_transpose2d", "the output would have more than 10^500 values", ""),
    ("- unsqueeze: {dim: 1, repeat: 62}", "map-too-large", "unsqueeze", "the output would have 65 axes, more than 64", ""),
    ("- batch_norm2d: {name: a}\n- prelu: {weights_of: a}", "weights-do-not-fit", "a}", "a is a layer of another kind", ""),
    ("- mean: {dim: [3, -1]}", "repeated-axis", "[3, -1]", "3, -1 names an axis twice", ""),
    ("- relu: {weights_of: input}", "wrong-value", "input", "the name of a layer above", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "under", "message", "hint"), CASES)
def test_a_problem_says_what_where_and_what_to_do(text, code, under, message, hint):
    text = text if text.startswith(("input", "name", "vars")) else HEAD + text
    (finding,) = [one for one in findings(text) if one.code != "channels-last" or code == "channels-last"]
    assert finding.code == code
    shown = text.splitlines()[finding.place.line - 1][finding.place.column - 1 :]
    assert re.match(under if under.endswith("$") else re.escape(under), shown)
    assert message in finding.problem.message()
    assert hint in "\n".join(finding.all_help())
    assert "\n" not in finding.problem.message()


def test_the_cases_cover_every_problem_of_a_readable_spec():
    from tests.test_codes import problems

    readable = {
        one.code()
        for one in problems()
        if not one.__module__.endswith(("reading_problems", "yaml_problems", "json_problems", "arithmetic_problems"))
        and ".teach." not in one.__module__
        and ".rules." not in one.__module__  # their own examples are their cases
        and ".validate." not in one.__module__  # tests/validate
    }
    shown = {code for _text, code, *_rest in CASES}
    assert readable - shown == {
        *("not-a-spec", "too-many-layers", "too-many-patterns", "too-many-problems"),
        *("blocks-too-deep", "unknown-variant"),
        # tests/kinds/test_custom.py
        *("not-a-list-of-sides", "not-a-count", "expression-without-value", "part-exceeds-whole", "cannot-be-computed"),
    }


@pytest.mark.parametrize("text", ["", "just words", "[1, 2]", "3", "null"])
def test_what_is_no_mapping_is_no_spec(text):
    codes = [finding.code for finding in findings(text)]
    assert codes in (["not-a-spec"], ["empty-text"], ["empty"], ["no-spec"], ["empty-file"])


def test_more_layers_than_anyone_has_are_refused():
    text = "input: 8\nlayers:\n" + "- relu\n" * 100_001
    with pytest.raises(SpecError) as refusal:
        loads(text)
    (finding,) = refusal.value.problems
    assert (finding.code, finding.place.line) == ("too-many-layers", 100_003)


def test_all_problems_of_a_file_are_said_at_once_and_in_its_order():
    text = """name: 5
input: [3, 16, 16]
layers:
- conv2d: {filters: 8, kernel_size: '3'}
- Dense: {from: nobody}
- relu: {name: a}
- relu: {name: a, from: later}
- add: {from: [a, input], nmae: b}
expect: {parms: 3}
"""
    found = [(finding.code, finding.place.line) for finding in findings(text)]
    assert found == [
        ("wrong-value", 1),
        ("unknown-field", 4),
        ("wrong-value", 4),
        ("unknown-kind", 5),
        ("unknown-source", 5),
        ("duplicate-name", 7),
        ("unknown-source", 7),
        ("unknown-field", 8),
        ("unknown-expectation", 9),
    ]


def test_hostile_words_cannot_act_in_a_message():
    text = r"""
input: 8
layers:
- "\e[31mred\nfake: line"
- relu: {"\e[2J": 1, name: "\e]0;x"}
- tanh: {from: "\e[1mb"}
- parallel: {merge: add, "\e[1m": 3, paths: [[relu], []]}
"\e[1": 3
outputs: "\e[1m"
expect: {"\e[1m": 3, params: "\e"}
"""
    assert len(findings(text)) == 8
    for finding in findings(text):
        said = [finding.problem.message(), *finding.all_help(), finding.layer or ""]
        assert not any(ord(sign) < 32 or ord(sign) == 127 for line in said for sign in line)


@pytest.mark.parametrize(
    "kind", ["conv2d: {out_channels: 3, kernel_size: 3, padding: same}", "max_pool2d: {kernel_size: 3, padding: same}"]
)
def test_padding_same_on_a_map_of_other_axes_is_refused_like_any(kind):
    (finding,) = findings(f"semantics: keras\ninput: [4, 200]\nlayers:\n- {kind}\n")
    assert finding.code == "wrong-rank"


def test_the_remedy_for_missing_fields_names_all_of_them_once():
    first, second = findings(HEAD + "- threshold")
    assert first.problem.hints() == ("write `- threshold: {threshold: …, value: …}`",)
    assert second.problem.hints() == ()
