"""The top level of a spec as a pydantic model: its keys, for editors and for messages.

The parts are read by their own files, which know places and can go on after a mistake; layers by their kind's model.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from cnncalc.kinds._contract import Wanted
from cnncalc.language import mark


class TopLevel(BaseModel):
    """What a spec may say at its top level."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)
    foreign_fields: ClassVar = {"名称": "name", "输入": "input", "层": "layers", "输出": "outputs", "变量": "vars"}

    name: Annotated[str, Wanted("a text (in quotes if it looks like a number)")] = Field(
        default="", max_length=256, description=mark("what the network is called")
    )
    input: Any = Field(description=mark("the shape that arrives, channels first; or a mapping name → shape"))
    layers: Annotated[list[Any], Wanted("a list: one `- kind: {field: value}` for each layer")] = Field(
        description=mark("the layers, in order")
    )
    outputs: Annotated[str | list[str] | None, Wanted("a layer's name, or a list of names")] = Field(
        default=None, description=mark("the layers whose outputs leave the network")
    )
    about: Annotated[dict[str, Any] | None, Wanted("a mapping such as {source: LeCun et al., year: 1998}")] = Field(
        default=None, description=mark("where the network comes from")
    )
    expect: Annotated[dict[str, Any] | None, Wanted("a mapping such as {output: [10], params: 61706}")] = Field(
        default=None, description=mark("totals that must come out")
    )
    vars: Annotated[dict[str, Any] | None, Wanted("a mapping such as {width: 64, depths: [2, 2]}")] = Field(
        default=None, description=mark("values with a name, used as $name and in $(expressions)")
    )
    variants: Annotated[
        dict[str, dict[str, Any] | None] | None, Wanted("a mapping from names to variables: {small: {width: 32}}")
    ] = Field(default=None, description=mark("networks of one family: a name, and the variables that make it"))
    blocks: Annotated[
        dict[str, Any] | None, Wanted("a mapping from names to blocks: {name: {args: […], layers: […]}}")
    ] = Field(default=None, description=mark("lists of layers with a name and arguments, used like kinds"))
    semantics: Annotated[Literal["torch", "keras", "onnx", "caffe"], Wanted("torch, keras, onnx or caffe")] = Field(
        default="torch", description=mark("whose rules hold where frameworks differ")
    )
    trainable: Annotated[bool | dict[str, bool], Wanted('true, false, or a mapping such as {"layer1.*": false}')] = (
        Field(default=True, description=mark("whether the weights learn; by patterns of names"))
    )
