"""Inputs that break other readers, by number: what is written, and the code and the place of the first problem.

The numbers are those of the list of bad inputs that the project was started with; 0 stands for what its language adds
(variables, blocks, repetition). A code of "" is an input that is accepted.
"""

HEAD = "input: [3, 8, 8]\nlayers:\n"


def conv(fields):
    return f"{HEAD}- conv2d: {{{fields}}}\n"


def kernel(value):
    return conv(f"out_channels: 2, kernel_size: {value}")


def ladder(first, line, steps):
    """Variables of which each uses the one above it, written @."""
    lines = [f"  a{number}: " + line.replace("@", f"a{number - 1}") for number in range(1, steps)]
    return "\n".join(["vars:", f"  a0: {first}", *lines, "input: [3, 8, 8]\n"])


OK = HEAD + "- relu\n"
LAUGHS = "\n".join(
    ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    + [f"{b}: &{b} [{', '.join(['*' + a] * 10)}]" for a, b in zip("abcdefg", "bcdefgh", strict=True)]
)
BLOCK_LAUGHS = "\n".join([f"  b{n}: [{', '.join([f'b{n - 1}'] * 10)}]" for n in range(1, 12)])

BYTES = [
    ("1-empty", b"", "no-spec", (1, 1)),
    ("2-only-comments", b"# nothing\n", "no-spec", (1, 1)),
    ("2-only-a-start", b"---\n", "no-spec", (1, 1)),
    ("3-byte-order-mark", b"\xef\xbb\xbf" + kernel(0).encode(), "wrong-value", (3, 42)),
    ("3-byte-order-mark-accepted", b"\xef\xbb\xbf" + OK.encode(), "", None),
    ("4-utf-16", OK.encode("utf-16"), "not-utf8", (1, 1)),
    ("4-utf-16-le", OK.encode("utf-16-le"), "not-utf8", (1, 1)),
    ("4-utf-16-be", OK.encode("utf-16-be"), "not-utf8", (1, 1)),
    ("5-gbk", ("name: 卷积网络\n" + OK).encode("gbk"), "not-utf8", (1, 7)),
    ("6-latin-1", ("name: Müller\n" + OK).encode("latin-1"), "not-utf8", (1, 8)),
    ("7-nul", OK.encode() + b"\x00", "control-character", (4, 1)),
    ("8-escape", b"name: a\x1b[31m\n" + OK.encode(), "control-character", (1, 8)),
    ("8-bell", b"name: a\x07\n" + OK.encode(), "control-character", (1, 8)),
    ("8-backspace", b"name: a\x08\n" + OK.encode(), "control-character", (1, 8)),
    ("8-delete", b"name: a\x7f\n" + OK.encode(), "control-character", (1, 8)),
    ("8-c1", ("name: a\u009b\n" + OK).encode(), "control-character", (1, 8)),
    ("9-next-line", ("name: a\u0085b\n" + OK).encode(), "control-character", (1, 8)),
    ("9-line-separator", ("name: a\u2028b\n" + OK).encode(), "control-character", (1, 8)),
    ("9-paragraph-separator", ("name: a\u2029b\n" + OK).encode(), "control-character", (1, 8)),
    ("10-half-a-character", b'name: "\\ud800"\n' + OK.encode(), "lone-surrogate", (1, 8)),
    ("11-carriage-returns", kernel(0).replace("\n", "\r").encode(), "wrong-value", (3, 42)),
    ("11-carriage-returns-and-line-feeds", kernel(0).replace("\n", "\r\n").encode(), "wrong-value", (3, 42)),
    ("12-bidi", ("name: a\u202eb\n" + OK).encode(), "invisible-character", (1, 8)),
    ("12-zero-width", (HEAD + "- relu: {name: a\u200bb}\n").encode(), "invisible-character", (3, 17)),
    ("13-full-width-colon", "name：a\n".encode() + OK.encode(), "full-width-punctuation", (1, 5)),
    ("13-full-width-comma", "input: [3，8，8]\nlayers: [relu]\n".encode(), "full-width-punctuation", (1, 10)),
    ("13-full-width-digit", kernel("３").encode(), "full-width-punctuation", (3, 42)),
    ("13-ideographic-space", (HEAD + "- conv2d:\u3000{out_channels: 2}\n").encode(), None, None),
    ("14-no-break-space", ("input: [3, 8, 8]\nlayers: [relu]\nabout:\n\u00a0\u00a0b: 1\n").encode(), "odd-space", (4, 1)),
    ("15-composed-and-not", ("about: {é: 1, e\u0301: 2}\n" + OK).encode(), "look-alike-keys", (1, 15)),
    ("16-too-long", b" " * (8 * 1024 * 1024 + 1), "too-large", None),
]  # fmt: skip

YAML = [
    ("19-tab-indentation", "input: [3, 8, 8]\nlayers:\n\t- relu\n", "tab-indentation", (3, 1)),
    ("19-tab-behind-a-colon", "input:\t[3, 8, 8]\nlayers:\t[relu]\n", "", None),
    ("20-duplicate-key", OK + "input: [4, 8, 8]\n", "duplicate-key", (4, 1)),
    ("20-duplicate-key-in-braces", conv("out_channels: 2, out_channels: 3, kernel_size: 1"), "duplicate-key", (3, 29)),
    ("20-duplicate-key-in-quotes", OK + '"input": [4, 8, 8]\n', "duplicate-key", (4, 1)),
    ("21-number-as-a-key", "about: {1: a}\n" + OK, "key-not-text", (1, 9)),
    ("22-no-is-a-text", conv("out_channels: 2, kernel_size: 3, bias: no"), "wrong-value", (3, 51)),
    ("22-on-is-a-text", "about: {on: yes}\n" + OK, "", None),
    ("23-a-time-is-a-text", kernel("12:30"), "wrong-value", (3, 42)),
    ("23-a-long-time-is-a-text", kernel("190:20:30"), "wrong-value", (3, 42)),
    ("24-leading-zero", conv("out_channels: 010, kernel_size: 3"), "leading-zero", (3, 26)),
    ("24-octal-and-hexadecimal", conv("out_channels: 0x1F, kernel_size: 0o3"), "", None),
    ("24-binary-is-a-text", kernel("0b11"), "wrong-value", (3, 42)),
    ("24-underscore-is-a-text", conv("out_channels: 1_000, kernel_size: 3"), "wrong-value", (3, 26)),
    ("25-exponent", conv("out_channels: 1e3, kernel_size: 3"), "wrong-value", (3, 26)),
    ("25-fraction", kernel("1.5"), "wrong-value", (3, 42)),
    ("26-infinity", kernel(".inf"), "not-a-number", (3, 42)),
    ("26-minus-infinity", kernel("-.inf"), "not-a-number", (3, 42)),
    ("26-nan", kernel(".nan"), "not-a-number", (3, 42)),
    ("26-beyond-floats", kernel("1e400"), "not-a-number", (3, 42)),
    ("27-5000-digits", kernel("9" * 5000), "number-too-large", (3, 42)),
    ("27-5000-hexadecimal-digits", kernel("0x" + "f" * 5000), "number-too-large", (3, 42)),
    ("28-300-digits", kernel("9" * 300), "number-too-large", (3, 42)),
    ("28-beyond-the-limit", kernel(10**15 + 1), "number-too-large", (3, 42)),
    ("29-3x3", kernel("3x3"), "wrong-value", (3, 42)),
    ("29-3,3", HEAD + "- max_pool2d:\n    kernel_size: 3,3\n", "wrong-value", (4, 18)),
    ("29-no-comma", kernel("[3 3]"), "wrong-value", (3, 43)),
    ("30-a-date-is-a-text", "name: 2024-01-01\n" + OK, "", None),
    ("30-a-version-is-a-number", "name: 1.10\n" + OK, "wrong-value", (1, 7)),
    ("31-python-object", 'name: !!python/object/apply:os.system ["id"]\n' + OK, "tag-not-allowed", (1, 7)),
    ("31-binary", "name: !!binary aGk=\n" + OK, "tag-not-allowed", (1, 7)),
    ("31-set", "about: !!set {a}\n" + OK, "tag-not-allowed", (1, 8)),
    ("31-int", kernel('!!int "3"'), "tag-not-allowed", (3, 42)),
    ("32-version", "%YAML 1.3\n---\n" + OK, "directive-not-allowed", (1, 1)),
    ("32-unknown-directive", "%FOO\n---\n" + OK, "directive-not-allowed", (1, 1)),
    ("32-100000-tags", "".join(f"%TAG !{n}! x\n" for n in range(100_000)) + "---\n" + OK, "directive-not-allowed", (1, 1)),
    ("33-two-documents", OK + "---\n" + OK, "several-documents", (4, 1)),
    ("33-content-behind-the-end", OK + "...\nname: b\n", "text-after-value", None),
    ("34-aliases", HEAD + "- conv2d: &id001 {out_channels: 3, kernel_size: 1}\n- conv2d: *id001\n", "", None),
    ("35-billion-laughs", LAUGHS, "alias-bomb", None),
    ("36-an-alias-of-itself", "a: &x [*x]", "recursive-alias", (1, 8)),
    ("37-undefined-alias", "input: *b\nlayers: [relu]\n", "undefined-alias", (1, 8)),
    ("38-merge-key", "about: {<<: {a: b}}\n" + OK, "merge-key", (1, 9)),
    ("39-brackets", "[" * 100_000, "too-deep", (1, 65)),
    ("39-closed-brackets", "[" * 100_000 + "]" * 100_000, "too-deep", (1, 65)),
    ("39-braces", "{a: " * 5000, "too-deep", (1, 257)),
    ("39-dashes", "- " * 5000, "too-deep", (1, 129)),
    ("40-brackets-and-keys", '[{"":' * 50_000, "too-deep", (1, 161)),
    ("41-list-as-a-key", "? [1, 2]\n: a\n", "key-not-text", (1, 3)),
    ("41-mapping-as-a-key", "{{a: 1}: b}\n", "key-not-text", (1, 2)),
    ("41-no-key", "null: a\n" + OK, "key-not-text", (1, 1)),
    ("42-2000-characters", "k" * 2000 + ": 1\n", "key-too-long", (1, 1)),
    ("43-equals", "name: =\n" + OK, "", None),
    ("43-merge-sign-as-a-value", "name: <<\n" + OK, "", None),
    ("44-no-space-behind-a-dash", HEAD + "- relu\n-flatten\n", "missing-space", (4, 1)),
    ("44-no-space-behind-a-colon", HEAD + "- conv2d:{out_channels: 2}\n", "missing-space", (3, 9)),
    ("45-unclosed-quote", 'name: "b\n' + OK, "unclosed-quote", None),
    ("45-unclosed-bracket", "input: [3, 8\nlayers: [relu]\n", "unclosed-bracket", (2, 7)),
    ("45-indentation", "input: [3, 8, 8]\n  layers: [relu]\n", "bad-indentation", None),
    ("45-at-sign", "name: @x\n" + OK, "reserved-character", (1, 7)),
    ("45-backquote", "name: `x`\n" + OK, "reserved-character", (1, 7)),
    ("45-two-colons", "name: b: c\n" + OK, "two-colons", (1, 8)),
    ("70-include", "include: other.yaml\n" + OK, "unknown-key", (1, 1)),
    ("70-extends", "extends: other.yaml\n" + OK, "unknown-key", (1, 1)),
    ("70-environment", "name: $HOME\n" + OK, "unknown-variable", (1, 7)),
]  # fmt: skip

JSON = [
    ("49-duplicate-key", '{"input": [3], "input": [4]}', "duplicate-key", (1, 16)),
    *((f"50-{word}", f'{{"input": [{word}]}}', "not-a-number", (1, 12)) for word in ("NaN", "Infinity", "-Infinity")),
    ("51-brackets", "[" * 100_000, "too-deep", (1, 65)),
    ("52-byte-order-mark", '\ufeff{"input": [3, 8, 8], "layers": ["relu"]}', "", None),
    ("52-utf-16", '{"input": [3]}'.encode("utf-16"), "not-utf8", (1, 1)),
    ("53-trailing-comma", '{"input": [3,]}', "extra-comma", (1, 13)),
    ("53-comment", '// x\n{"input": [3]}', "comment-in-json", (1, 1)),
    ("53-single-quotes", "{'input': [3]}", "not-double-quoted", (1, 2)),
    ("54-pair", '{"name": "\\ud83d\\ude00\\/", "input": [3, 8, 8], "layers": ["relu"]}', "", None),
    ("54-half", '{"name": "\\ud83d", "input": [3, 8, 8], "layers": ["relu"]}', "lone-surrogate", (1, 10)),
    ("55-key-of-a-megabyte", '{"' + "k" * 10**6 + '": 1}', "key-too-long", (1, 2)),
    ("55-text-of-7-megabytes", '{"input": "' + "k" * (7 * 10**6) + '"}', "not-a-shape", (1, 11)),
]  # fmt: skip

MEANING = [
    ("57-itself", HEAD + "- add: {name: a, from: [input, a]}\n", "later-source", (3, 32)),
    ("57-cycle", HEAD + "- add: {name: a, from: [input, b]}\n- relu: {name: b, from: a}\n", "later-source", (3, 32)),
    ("57-long-cycle", HEAD + "- add: {name: a, from: [input, r.499]}\n- relu: {repeat: 500, name: r}\n", "later-source", None),
    ("58-unknown-source", HEAD + "- relu: {from: nobody}\n", "unknown-source", (3, 16)),
    ("58-duplicate-name", HEAD + "- relu: {name: a}\n- relu: {name: a}\n", "duplicate-name", (4, 16)),
    ("58-forward", HEAD + "- relu: {from: b}\n- relu: {name: b, from: input}\n", "later-source", (3, 16)),
    ("60-unknown-key", OK + "layrs: []\n", "unknown-key", (4, 1)),
    ("60-unknown-kind", HEAD + "- zonk\n", "unknown-kind", (3, 3)),
    ("60-other-case", HEAD + "- Conv2D: {out_channels: 2, kernel_size: 3}\n", "unknown-kind", (3, 3)),
    ("60-chinese", HEAD + "- 卷积: {out_channels: 2, kernel_size: 3}\n", "unknown-kind", (3, 3)),
    ("61-zero-side", "input: [3, 0, 8]\nlayers: [relu]\n", "not-a-shape", None),
    ("61-negative-side", "input: [3, -8, 8]\nlayers: [relu]\n", "not-a-shape", None),
    ("61-stride-0", conv("out_channels: 2, kernel_size: 3, stride: 0"), "wrong-value", (3, 53)),
    ("61-dilation-0", conv("out_channels: 2, kernel_size: 3, dilation: 0"), "wrong-value", (3, 55)),
    ("61-groups", conv("out_channels: 2, kernel_size: 3, groups: 2"), "groups-do-not-divide", None),
    ("61-kernel-too-large", kernel(9), "kernel-exceeds-input", None),
    ("62-many-axes", f"input: {[999_999_999_999_999] * 65}\nlayers:\n- relu\n", "not-a-shape", (1, 8)),
    ("62-grown", "input: [9, 4, 4]\nlayers:\n- conv_transpose2d: {out_channels: 9, stride: 999999999999999, kernel_size: 3, repeat: 300}\n", "map-too-large", (3, 3)),
    ("62-huge", "input: [1000000000000000, 1000000000000000, 1000000000000000]\nlayers:\n- conv2d: {out_channels: 1000000000000000, kernel_size: 1000000000000000}\n", "", None),
    ("63-repeat", HEAD + "- relu: {repeat: 1000000000}\n", "too-many-steps", (3, 18)),
    ("63-nested", HEAD + "- {repeat: 100, layers: [{repeat: 100, layers: [{repeat: 1000, layers: []}]}]}\n", "too-many-steps", None),
    ("63-nested-with-layers", HEAD + "- {repeat: 100, layers: [{repeat: 100, layers: [{repeat: 100, layers: [{repeat: 100, layers: [relu]}]}]}]}\n", None, None),
    ("64-tower", kernel("$(9**9**9)"), "result-too-large", (3, 45)),
    ("64-shift", kernel("$(1<<10)"), "not-arithmetic", (3, 46)),
    ("64-long-sum", kernel("$(" + "1+" * 50_000 + "1)"), "expression-too-long", None),
    ("64-signs", kernel("$(" + "-" * 200 + "1)"), "expression-too-deep", None),
    ("64-parentheses", kernel("$(" + "(" * 100 + "1" + ")" * 100 + ")"), "expression-too-deep", None),
    ("64-attribute", kernel("$((1).real)"), "not-arithmetic", None),
    ("64-call", kernel("$(__import__('os'))"), "unknown-name-in-expression", (3, 44)),
    ("64-text-times-number", kernel("$('a' * 999999)"), "wrong-operand", (3, 48)),
    ("64-statement", kernel("$(while True)"), "not-arithmetic", None),
    ("65-divided-by-zero", kernel("$(1 / 0)"), "divided-by-zero", (3, 46)),
    ("65-not-whole", kernel("$(7 / 2)"), "wrong-value", (3, 42)),
    ("65-undefined", kernel("$width"), "unknown-variable", (3, 42)),
    ("65-circular", "vars: {a: $b, b: $a}\n" + OK, "variable-below", (1, 11)),
    *(
        (f"66-{written}", f"{OK}expect: {{params: '{written}'}}\n", "wrong-value", (4, 18))
        for written in ("k", "1.5m", "30KiB", "-5", "inf", "9" * 400, "３０ｋ", "1e999", "0x1F", "1,00", "")
    ),
    *(
        (f"66-{written}", f"{OK}expect: {{multiplications: {{max: '{written}'}}}}\n", "", None)
        for written in ("1,000", "3万", "30k", "30 K", "61.1M")
    ),
    ("67-true-for-a-number", kernel("true"), "wrong-value", (3, 42)),
    ("67-number-for-true", conv("out_channels: 2, kernel_size: 3, bias: 1"), "wrong-value", (3, 51)),
]  # fmt: skip

LANGUAGE = [
    ("0-texts-that-double", ladder('"0123456789"', '"$@$@"', 60) + "name: $a59\nlayers: [relu]\n", "value-too-large", None),
    ("0-lists-that-double", ladder("[1, 2]", "[$@, $@]", 60) + "layers: [relu]\n", "value-too-large", None),
    ("0-lists-that-are-added", ladder("[1, 2]", "$(@ + @)", 60) + "layers: [relu]\n", "result-too-large", None),
    ("0-lists-in-lists", ladder("[1]", "[$@]", 900) + "layers: [relu: {from: $a899}]\n", None, None),
    ("0-100000-variables", ladder("1", "$(@ + 1)", 100_000) + "layers: [relu]\n", "too-many-variables", (1, 1)),
    ("0-numbers-that-grow", ladder("10", "$(@ * @)", 60) + "layers: [relu]\n", "result-too-large", (8, 12)),
    ("0-defaults-that-double", "blocks: {b: {args: [a: [1, 1], " + ", ".join(f"{y}: [${x}, ${x}]" for x, y in zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=True)) + "], layers: [relu]}}\n" + HEAD + "- b\n", "value-too-large", None),
    ("0-arguments-that-double", "blocks:\n  b0: {args: [x], layers: [{relu: {from: $x}}]}\n" + "".join(f"  b{n}: {{args: [x], layers: [b{n - 1}: {{x: [$x, $x]}}]}}\n" for n in range(1, 30)) + HEAD + "- b29: {x: [input]}\n", "value-too-large", None),
    ("0-blocks-that-laugh", f"blocks:\n  b0: [relu]\n{BLOCK_LAUGHS}\n" + HEAD + "- b11\n", None, None),
    ("0-empty-blocks-that-laugh", f"blocks:\n  b0: []\n{BLOCK_LAUGHS}\n" + HEAD + "- b11\n", "too-many-steps", None),
    ("0-a-block-of-itself", "blocks: {b: [b]}\n" + HEAD + "- b\n", "recursive-block", (1, 10)),
    ("0-20000-blocks-in-a-circle", "blocks:\n  b0: [b19999]\n" + "".join(f"  b{n}: [b{n - 1}]\n" for n in range(1, 20_000)) + HEAD + "- b19\n", "recursive-block", (2, 3)),
    ("0-paths-in-paths", HEAD + "- " + "{parallel: {merge: add, paths: [[" * 12 + "relu" + "]]}}" * 12 + "\n", None, None),
    ("0-outputs-that-double", HEAD + "- parallel: {merge: none, paths: [[], []]}\n" * 60, "too-many-steps", None),
    ("0-lists-gone-through", f"vars: {{l: [{', '.join(map(str, range(1000)))}]}}\n{HEAD}- relu: {{repeat: 90000, when: \"$({'+'.join(['max(l)'] * 30)} > 0)\"}}\n", None, None),
    ("0-lists-gone-through-by-variables", f"vars: {{l: [{', '.join(map(str, range(900)))}], {', '.join(f'a{n}: $(' + '+'.join(['max(l)'] * 30) + ')' for n in range(900))}}}\n{OK}", "too-many-items", None),
    ("0-rounds-that-do-nothing", HEAD + "- relu: {repeat: 1000000, when: false}\n", "too-many-steps", None),
    ("0-rounds-without-layers", HEAD + "- {repeat: 300000, layers: []}\n", "too-many-steps", None),
    ("0-rounds-less-than-none", HEAD + "- relu: {repeat: -1}\n", "wrong-value", (3, 18)),
    ("0-long-lists-in-rounds", f"vars: {{a: [{'1, ' * 50_000}1]}}\n{HEAD}- conv2d: {{repeat: 90000, out_channels: $a, kernel_size: 1}}\n", "too-many-steps", None),
    ("0-long-lists-in-conditions", f"vars: {{a: [{'1, ' * 900}1]}}\n{HEAD}- relu: {{repeat: 90000, when: $(a[0] > 1)}}\n", None, None),
    ("0-frozen-by-stars", f"{HEAD}- relu: {{repeat: 2000}}\ntrainable: {{{', '.join(f'{chr(34)}{chr(42) + chr(97)}{chr(42) * k}b{chr(34)}: true' for k in range(200))}}}\n", "too-many-patterns", None),
    ("0-expected-of-stars", f"{HEAD}- relu: {{repeat: 2000, name: 'a$(i)aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}}\nexpect: {{layers: {{'{'*a' * 100}*b': {{params: 0}}}}}}\n", None, None),
    ("0-variant-of-escapes", 'vars: {w: 1}\nvariants: {"\\e[31m": {"\\e[0m": 2}, "::error::x": {w: 3}}\n' + OK, "not-a-variable", (2, 23)),
]  # fmt: skip
