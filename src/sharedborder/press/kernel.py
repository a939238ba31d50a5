"""The entry of the kernels that execute chapters: an ordinary IPython kernel that is guarded."""

import sys

from sharedborder.press import guard


def main() -> None:
    """Start a kernel as `python -m ipykernel_launcher` does; it is guarded before its first cell."""
    from ipykernel.kernelapp import IPKernelApp

    application = IPKernelApp.instance()
    application.initialize(sys.argv[1:])  # type: ignore[no-untyped-call]
    guard.install()
    application.start()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
