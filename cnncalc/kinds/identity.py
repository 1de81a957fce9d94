"""Identity: what arrives, leaves. A place to hang a name on.

- identity
"""

from __future__ import annotations

from typing import ClassVar

from cnncalc.kinds._contract import Example
from cnncalc.kinds._pointwise import Pointwise


class Identity(Pointwise):
    names: ClassVar = {"identity": 0}
    roles: ClassVar = frozenset()
    foreign: ClassVar = ("Identity", "Activation", "linear activation")


Identity.examples = (Example("identity", {}, ((3, 4),), {"output": (3, 4), "weights": 0, "additions": 0}),)
