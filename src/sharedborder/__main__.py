"""`sharedborder`, and `python -m sharedborder`: the command line."""

import sys


def main() -> None:
    """Do what was asked for; a plain `build` with nothing to do is told before the command line is loaded."""
    if not (sys.argv[1:] == ["build"] and _nothing_to_do()):
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


if __name__ == "__main__":
    main()
