"""What can be practised: the topics of the lectures, each with the kinds that take part and what is asked of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from cnncalc import kinds
from cnncalc.kinds._contract import Kind, Role
from cnncalc.language import mark

TOPICS = {
    "output-size": mark("output size of a convolution"),
    "padding": mark("padding that keeps the size"),
    "parameters": mark("weights, biases and parameters"),
    "multiplications": mark("multiplications of one forward pass"),
    "pooling": mark("sizes and shapes behind a pooling"),
    "fully-connected": mark("fully and locally connected layers"),
    "shapes": mark("shapes with their channels"),
    "receptive-field": mark("receptive field"),
    "by-hand": mark("small matrices, calculated by hand"),
    "concepts": mark("what it is for, in words"),
}
"""Every topic, with what it is about."""

WORDS = {
    "output-size": "输出大小|输出尺寸|尺寸|大小|卷积|convolution|size",
    "padding": "填充|补零|零填充|same",
    "parameters": "参数|参数量|权重|偏置|params|weights",
    "multiplications": "乘法|乘法次数|计算量|运算量|mults",
    "pooling": "池化|池化层|pool",
    "fully-connected": "全连接|全连接层|局部连接|linear|dense",
    "shapes": "形状|输出形状|维度|通道|shape",
    "receptive-field": "感受野|rf",
    "by-hand": "手算|计算|矩阵|手工计算",
    "concepts": "概念|概念题|选择题|理解",
}
"""What else a topic may be called, in Chinese and in short."""


def topic_called(word: str) -> str | None:
    """The topic of this name, or of one of its other words; None when there is none."""
    name = word.strip().lower().replace("_", "-").replace(" ", "-")
    return next((topic for topic, words in WORDS.items() if name == topic or name in words.split("|")), None)


QUESTIONS = {
    "output_size": mark("{input} goes into {layer}. What is the output size?"),
    "output_shape": mark("{input} goes into {layer}. What is the output's shape, channels first?"),
    "padding": mark("{input} goes into {layer} at stride 1. Which padding on each side keeps the size?"),
    "weights": mark("{input} goes into {layer}. How many weights does the layer have, biases not counted?"),
    "biases": mark("{input} goes into {layer}. How many biases does the layer have?"),
    "parameters": mark("{input} goes into {layer}. How many parameters does the layer have, biases included?"),
    "without_biases": mark("{input} goes into {layer}, without biases. How many parameters does the layer have?"),
    "learned": mark("{input} goes into {layer}. How many parameters does the layer have?"),
    "multiplications": mark("{input} goes into {layer}. How many multiplications does one forward pass take?"),
    "additions": mark("{input} goes into {layer}, with biases. How many additions does one forward pass take?"),
    "flops": mark("{input} goes into {layer}, with biases. How many FLOPs is one forward pass?"),
    "fully_connected_weights": mark(
        "{input} goes into {layer}. How many weights would a fully connected layer need between the same two maps?"
    ),
    "locally_connected_weights": mark(
        "{input} goes into {layer}. How many weights would it have if no two places shared theirs (locally connected)?"
    ),
    "receptive_field": mark("How many places of its input does one kernel of {layer} reach across, along a side?"),
    "network": mark("In {network} the windows so far are {windows}. How large is the receptive field behind {layer}?"),
    "values": mark("Calculate {layer} by hand; write the rows as 1 2 / 3 4."),
}
"""What is asked, as a sentence."""


class Recipe(NamedTuple):
    """What is asked of kinds with a role, at which levels; `window`: of those with a kernel, or those without."""

    ask: str
    role: Role
    level: int = 1
    window: bool = True
    last: int = 3


RECIPES: dict[str, tuple[Recipe, ...]] = {
    "output-size": (Recipe("output_size", Role.CONVOLUTION),),
    "padding": (Recipe("padding", Role.CONVOLUTION),),
    "parameters": (
        Recipe("weights", Role.CONVOLUTION),
        Recipe("parameters", Role.CONVOLUTION),
        Recipe("parameters", Role.LINEAR, window=False),
        Recipe("biases", Role.CONVOLUTION, last=2),
        Recipe("parameters", Role.NORMALISATION, 2, window=False),
    ),
    "multiplications": (
        Recipe("multiplications", Role.CONVOLUTION),
        Recipe("multiplications", Role.LINEAR, window=False),
        Recipe("additions", Role.CONVOLUTION, 3),
        Recipe("flops", Role.CONVOLUTION, 3),
    ),
    "pooling": (
        Recipe("output_size", Role.POOLING),
        Recipe("output_shape", Role.POOLING),
        Recipe("parameters", Role.POOLING, last=1),
    ),
    "fully-connected": (
        Recipe("fully_connected_weights", Role.CONVOLUTION),
        Recipe("locally_connected_weights", Role.CONVOLUTION),
        Recipe("weights", Role.LINEAR, window=False),
    ),
    "shapes": (
        Recipe("output_shape", Role.CONVOLUTION),
        Recipe("output_shape", Role.POOLING),
        Recipe("output_shape", Role.SHAPE, window=False),
        Recipe("output_shape", Role.POOLING, 2, window=False),
    ),
    "receptive-field": (Recipe("receptive_field", Role.CONVOLUTION, 3),),
    "by-hand": (Recipe("values", Role.CONVOLUTION), Recipe("values", Role.POOLING)),
    "concepts": (),
}
"""What a topic asks of single layers. Networks and questions in words are asked elsewhere."""


@cache
def taking_part(recipe: Recipe, level: int) -> tuple[type[Kind], ...]:
    """The kinds that a recipe asks about at a level, in the order of their names."""
    fits: Callable[[type[Kind]], bool] = _with_window if recipe.window else _without
    found = [kind for kind in kinds.every() if recipe.role in kind.roles and kind.arity == (1, 1) and fits(kind)]
    ranks = (0, 2) if level == 1 or recipe.ask == "values" else (0, 1, 2)
    return tuple(kind for kind in found if kind.rank in ranks and (not _mirrored(kind) or _turned(recipe, level)))


def _with_window(kind: type[Kind]) -> bool:
    return "kernel_size" in kind.model_fields and _required(kind) <= {"kernel_size", "out_channels"}


def _without(kind: type[Kind]) -> bool:
    return "kernel_size" not in kind.model_fields and _required(kind) <= {"out_features"}


def _required(kind: type[Kind]) -> set[str]:
    return {name for name, field in kind.model_fields.items() if field.is_required()}


def _mirrored(kind: type[Kind]) -> bool:
    """Whether the kind enlarges its maps, which is for the third level."""
    return "output_padding" in kind.model_fields


def _turned(recipe: Recipe, level: int) -> bool:
    return level == 3 and recipe.ask not in ("padding", "receptive_field", "values")
