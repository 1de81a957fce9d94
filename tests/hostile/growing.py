"""Specs that are the same thing many times, and how many steps the program takes over them."""

# ruff: noqa: E501  (a table)

import sys

HEAD = "input: [3, 8, 8]\nlayers:\n"
OK = HEAD + "- relu\n"
DECOMPOSED = "e\u0301"


def many(line, count, end="\n"):
    """The line that often, `@` being its number and `<` the one before it."""
    return "".join(line.replace("@", str(n)).replace("<", str(max(n - 1, 0))) + end for n in range(count))


def listed(item, count):
    return many(item, count, ", ").removesuffix(", ")


FEW = HEAD + many("- relu: {name: a@}", 20)

GROWING = {
    "wide-list": lambda n: f"about: {{a: [{'1, ' * n}1]}}\n{OK}",
    "wide-mapping": lambda n: f"about:\n{many('  k@: x', n)}{OK}",
    "layers": lambda n: HEAD + many("- relu", n),
    "layers-with-fields": lambda n: HEAD + many("- conv2d: {out_channels: 3, kernel_size: 3, padding: 1}", n),
    "layers-all-different": lambda n: HEAD + many("- linear: {in_features: 8, out_features: 1@}", n),
    "named": lambda n: HEAD + many("- relu: {name: a@}", n),
    "chained-by-name": lambda n: HEAD + "- relu: {name: a0}\n" + many("- relu: {name: b@, from: a0}", n),
    "long-name": lambda n: HEAD + f"- relu: {{name: {'a' * n}}}\n",
    "long-key": lambda n: f"{'k' * n}: 1\n{OK}",
    "long-text": lambda n: f"name: {'a ' * n}b\n{OK}",
    "long-kind": lambda n: HEAD + f"- {'a' * n}\n",
    "long-number": lambda n: f"about: {{a: {'9' * n}}}\n{OK}",
    "long-number-to-expect": lambda n: f"{OK}expect: {{params: '{'9' * n}'}}\n",
    "quoted": lambda n: "name: \"" + "\\x41" * n + f"\"\n{OK}",
    "folded": lambda n: f"name: >\n{many('  a@', n)}{OK}",
    "comments": lambda n: HEAD + many("# a comment\n- relu # one more", n),
    "blank-lines": lambda n: HEAD + "- relu\n" + "\n" * n,
    "anchors": lambda n: HEAD + many("- conv2d: &a@ {out_channels: 3, kernel_size: 1}\n- conv2d: *a@", n),
    "one-anchor": lambda n: HEAD + "- conv2d: &a {out_channels: 3, kernel_size: 1}\n" + "- conv2d: *a\n" * n,
    "unknown-aliases": lambda n: f"about:\n{many('  k@: *a@', n)}{OK}",
    "wrong-values": lambda n: HEAD + many("- conv2d: {out_channels: -@, kernel_size: no}", n),
    "unknown-kinds": lambda n: HEAD + many("- zonk@", n),
    "unknown-fields": lambda n: HEAD + many("- relu: {field@: 1}", n),
    "unknown-fields-of-one": lambda n: HEAD + f"- relu: {{{listed('f@: 1', n)}}}\n",
    "unknown-keys": lambda n: OK + many("key@: 1", n),
    "unknown-sources": lambda n: HEAD + many("- relu: {from: nobody@}", n),
    "numbers-in-braces": lambda n: f"{HEAD}- relu: {{a: {listed('1@', n)}}}\n",
    "tuples": lambda n: HEAD + many("- conv2d: {out_channels: 3, kernel_size: (3, 3)}", n),
    "pairs-without-a-blank": lambda n: f"{HEAD}- relu: {{{listed('a@:8', n)}}}\n",
    "pairs-with-an-equals-sign": lambda n: f"{HEAD}- relu: {{{listed('a@=8', n)}}}\n",
    "items-without-a-dash": lambda n: HEAD + "- relu\n" + many("  - relu@", n),
    "products": lambda n: HEAD + many("- linear: {in_features: 6*@*12, out_features: 3}", n),
    "variables-below": lambda n: f"vars:\n{many('  v@: $v@9', n)}{HEAD}- relu\n",
    "unknown-variables": lambda n: HEAD + many("- relu: {name: $a@}", n),
    "unknown-in-variants": lambda n: f"vars: {{a: 1}}\nvariants:\n{many('  v@: {zonk@: 1}', n)}{OK}",
    "unknown-to-expect": lambda n: f"{OK}expect: {{layers: {{{listed('l@: {params: 0}', n)}}}}}\n",
    "unknown-outputs": lambda n: f"outputs: [{listed('o@', n)}]\n{OK}",
    "equal-keys": lambda n: f"about:\n{many('  k: @', n)}{OK}",
    "equal-names": lambda n: HEAD + many("- relu: {name: a}", n),
    "later-sources": lambda n: HEAD + many("- add: {from: [input, last]}", n) + "- relu: {name: last}\n",
    "cycle": lambda n: HEAD + "- relu: {name: a0, from: a@}\n".replace("@", str(n - 1)) + many("- relu: {name: b@, from: a<}", n),
    "refused-layers": lambda n: HEAD + many("- conv2d: {out_channels: 3, kernel_size: 99}", n),
    "tabs": lambda n: "about:\n" + many("  a@:\tb", n) + OK,
    "full-width": lambda n: f"about:\n{many('  a@: b：c', n)}{OK}",
    "look-alike-keys": lambda n: f"about: {{{listed('é@: 1', n)}, {listed('é@: 1'.replace('é', DECOMPOSED), n)}}}\n{OK}",
    "invisible": lambda n: HEAD + many("- relu: {name: a\u200b@}", n),
    "blocks": lambda n: f"blocks:\n{many('  b@: [relu]', n)}{HEAD}{many('- b@', n)}",
    "blocks-in-blocks": lambda n: f"blocks:\n  b0: [relu]\n{many('  c@: [b0, b0]', n)}{HEAD}{many('- c@', n)}",
    "blocks-in-a-circle": lambda n: f"blocks:\n  b0: [b{n - 1}]\n" + "".join(f"  b{k}: [b{k - 1}]\n" for k in range(1, n)) + OK,
    "arguments": lambda n: f"blocks: {{b: {{args: [{listed('a@: 1', n)}], layers: [relu]}}}}\n{HEAD}- b\n",
    "uses-of-a-block": lambda n: "blocks: {b: {args: [c: 3], layers: [conv2d: {out_channels: $c, kernel_size: 1}]}}\n" + HEAD + many("- b: {c: 3}", n),
    "unknown-arguments": lambda n: f"blocks: {{b: [relu]}}\n{HEAD}{many('- b: {zonk@: 1}', n)}",
    "repeats": lambda n: HEAD + f"- relu: {{repeat: {n}}}\n",
    "repeats-of-blocks": lambda n: f"blocks: {{b: [relu, relu]}}\n{HEAD}- b: {{repeat: {n}, name: l}}\n",
    "many-repeats": lambda n: HEAD + many("- relu: {repeat: 3}", n),
    "variables": lambda n: f"vars:\n{many('  v@: @', n)}{HEAD}- relu\n",
    "variables-of-variables": lambda n: "vars:\n  w: 1\n  v0: 1\n" + "".join(f"  v{k}: $v{k - 1}\n" for k in range(1, n)) + OK,
    "variants": lambda n: f"vars: {{w: 1}}\nvariants:\n{many('  v@: {w: @}', n)}{OK}",
    "expressions": lambda n: HEAD + many("- linear: {out_features: $(1 + @)}", n),
    "paths": lambda n: HEAD + f"- parallel: {{merge: add, paths: [{listed('[relu]', n)}]}}\n",
    "inputs-of-one": lambda n: HEAD + many("- relu: {name: a@, from: input}", n) + f"- concat: {{from: [{listed('a@', n)}]}}\n",
    "split": lambda n: f"input: [{n}, 8, 8]\nlayers:\n- split: {{split_size: 1}}\n",
    "expect-names": lambda n: HEAD + many("- relu: {name: a@}", n) + f"expect: {{layers: {{{listed('a@: {params: 0}', n)}}}}}\n",
    "expect-pattern": lambda n: HEAD + many("- relu: {name: a@}", n) + "expect: {layers: {'a*': {params: 0}}}\n",
    "expect-broken": lambda n: HEAD + many("- relu: {name: a@}", n) + "expect: {layers: {'a*': {params: 1}}}\n",
    "expect-few-patterns": lambda n: FEW + "expect: {layers: {" + listed("'a*@': {params: 0}", n) + "}}\n",
    "trainable-patterns": lambda n: FEW + "trainable: {" + listed("'a*@': false", n) + "}\n",
    "outputs": lambda n: f"outputs: [{listed('a@', n)}]\n{HEAD}" + many("- relu: {name: a@, from: input}", n),
    "inputs": lambda n: f"input: {{{listed('a@: [3, 8, 8]', n)}}}\nlayers:\n{many('- relu: {from: a@}', n)}",
    "shared-weights": lambda n: HEAD + "- conv2d: {name: a, out_channels: 3, kernel_size: 1}\n" + many("- conv2d: {weights_of: a, out_channels: 3, kernel_size: 1}", n),
    "residuals": lambda n: HEAD + "- relu: {name: a0}\n" + "".join(f"- relu: {{name: b{k}}}\n- add: {{name: a{k}, from: [a{k - 1}, b{k}]}}\n" for k in range(1, n)),
    "dense": lambda n: HEAD + "- relu: {name: a0}\n" + "".join(f"- concat: {{name: a{k}, from: [a{k - 1}, input]}}\n" for k in range(1, n)),
}  # fmt: skip


def steps(call):
    """How many calls of functions, of Python's and of C's, it takes."""
    count = 0

    def called(frame, event, _argument):
        nonlocal count
        if event == "c_call" or event == "call":
            count += 1

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        call()
    finally:
        sys.setprofile(before)
    return count
