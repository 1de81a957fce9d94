"""The entry point: `cnncalc …` and `python -m cnncalc …`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code; `--version` answers before anything is imported."""
    if sys.argv[1:] == ["--version"]:
        from cnncalc.version import __version__

        sys.stdout.write(f"cnncalc {__version__}\n")
        return
    try:
        from cnncalc.cli.app import run

        run()
    except KeyboardInterrupt:
        # Also while modules are still being imported, where nobody else catches it.
        sys.exit(130)


if __name__ == "__main__":
    main()
