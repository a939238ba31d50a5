"""`sharedborder`, and `python -m sharedborder`: the command line."""

import atexit
import contextlib
import gc
import sys

GARBAGE = 100_000
"""So many new objects let Python look for garbage: loading libraries makes as many, and no garbage."""
ELSEWHERE = ("--scheduler", "--help")
"""Options with which no kernel starts here."""


def main() -> None:
    """Do what was asked for; a plain `build` with nothing to do is told before the command line is loaded."""
    gc.set_threshold(GARBAGE)
    atexit.register(gc.freeze)  # at the very end: Python would look through all that it is about to drop
    if sys.argv[1:] == ["build"] and _nothing_to_do():
        return
    if sys.argv[1:2] == ["build"] and not any(given.startswith(ELSEWHERE) for given in sys.argv[2:]):
        _warm_up()
    from sharedborder.cli import app

    app()


def _nothing_to_do() -> bool:
    from sharedborder.press.errors import PressError
    from sharedborder.press.folders import Folders
    from sharedborder.press.standing import unchanged

    try:
        told = unchanged(Folders.found())
    except (PressError, OSError, ValueError, KeyError):  # whatever it is, the build tells it better
        return False
    if told:
        print(told)
    return told is not None


def _warm_up() -> None:
    """Have the libraries of the chapters loaded while this process loads its own."""
    from sharedborder.press.errors import PressError
    from sharedborder.press.folders import Folders
    from sharedborder.press.kernels.ahead import warm_up

    with contextlib.suppress(PressError, OSError, ValueError, KeyError):
        warm_up(Folders.found())


if __name__ == "__main__":
    main()
