"""`git:REV:PATH`: a spec as it was in a commit, asked of git itself; `git:REV:PATH@VARIANT` is one of a family."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from threading import Timer
from typing import Any

from cnncalc.cli.nets import Unreadable
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.spec.limits import MOST_BYTES
from cnncalc.spec.load import load_bytes
from cnncalc.spec.network import Network, SpecError

PREFIX = "git:"
SECONDS = 20

_ENVIRONMENT = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
"""Git asks nobody, fetches nothing, and says in English what is wrong."""


def load(net: str, variables: Mapping[str, Any] | None = None) -> Network:
    """The network of `git:REV:PATH`, readable or not: its problems are in it. PATH counts from the repository's root,
    `./PATH` from here, as git has it. Behind an `@` stands a variant, unless a file has that name itself.

    Raises:
        Unreadable: there is no git, no such commit, or no such file in it; the reason was said on standard error.
    """
    revision, colon, path = net.removeprefix(PREFIX).partition(":")
    if not (colon and revision and path) or revision.startswith("-"):
        said = _("{net}: write git:REV:PATH, as in git:HEAD~1:specs/net.yaml").format(net=harmless(net))
        raise Unreadable(net, said)
    before, sign, behind = path.rpartition("@")
    chosen = bool(sign and before and behind) and not _is_there(f"{revision}:{path}")
    file, variant = (before, behind) if chosen else (path, None)
    try:
        return load_bytes(_shown(net, f"{revision}:{file}"), net, variant=variant, variables=variables)
    except SpecError as error:
        return error.network


def _is_there(asked: str) -> bool:
    """Whether git has something under this name; what stands in the way is said when it is read."""
    line = ["git", "cat-file", "-e", "--end-of-options", asked]
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and the name cannot be taken for an option
            line, capture_output=True, stdin=subprocess.DEVNULL, env={**os.environ, **_ENVIRONMENT}, timeout=SECONDS
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _shown(net: str, asked: str) -> bytes:
    """The bytes that git has under this name, no more than a spec may have."""
    # `cat-file blob` is `git show` without its filters, and without a listing where the name is a directory's.
    line = ["git", "cat-file", "blob", "--end-of-options", asked]
    pipe = subprocess.PIPE
    try:
        git = subprocess.Popen(  # noqa: S603  # no shell, and the name cannot be taken for an option
            line, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, env={**os.environ, **_ENVIRONMENT}
        )
    except FileNotFoundError:
        raise Unreadable(net, _("{net}: git is not installed, or not on the PATH").format(net=harmless(net))) from None
    except (OSError, ValueError) as error:
        raise Unreadable(net, f"{harmless(net)}: {harmless(str(error))}") from None
    clock = Timer(SECONDS, git.kill)
    clock.start()
    with git:
        data = git.stdout.read(MOST_BYTES + 1) if git.stdout else b""
        if len(data) > MOST_BYTES:
            git.kill()
        complaint = git.stderr.read(4096) if git.stderr else b""
    in_time = clock.is_alive()
    clock.cancel()
    if len(data) > MOST_BYTES:
        said = _("{net}: larger than {most} MiB").format(net=harmless(net), most=MOST_BYTES // 2**20)
        raise Unreadable(net, said)
    if not in_time:
        said = _("{net}: git did not answer within {seconds} seconds").format(net=harmless(net), seconds=SECONDS)
        raise Unreadable(net, said)
    if git.returncode:
        raise Unreadable(net, f"{harmless(net)}: {_reason(complaint)}")
    return data


def _reason(complaint: bytes) -> str:
    """What git says, in one line."""
    said = complaint.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")
    if said.endswith("bad file"):
        return _("not a file, but a directory or another object")
    return harmless(said, 200) or _("git could not read it")
