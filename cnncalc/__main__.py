"""The entry point: `cnncalc …` and `python -m cnncalc …`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code; `--version` answers before anything is imported."""
    try:
        if sys.argv[1:] == ["--version"] and _version_was_written():
            return
        from cnncalc.translation import settle

        settle(sys.argv[1:])  # before the commands are loaded, whose help is made of sentences
        from cnncalc.cli.app import run

        run()
    except KeyboardInterrupt:
        # Also while modules are still being imported, where nobody else catches it.
        sys.exit(130)


def _version_was_written() -> bool:
    """Write the version; where that fails, the command line as a whole knows what to say and how to exit."""
    from cnncalc.version import __version__

    try:
        if sys.stdout is not None:
            sys.stdout.write(f"cnncalc {__version__}\n")
            sys.stdout.flush()
            return True
    except OSError:
        pass
    return False


if __name__ == "__main__":
    main()
