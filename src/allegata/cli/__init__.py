"""The command `allegata`. Each family of commands is a module; what is heavy is loaded when it runs."""

from __future__ import annotations


def main() -> None:
    """Run the command line of this process and end it."""
    import sys

    from allegata.cli.app import run

    raise SystemExit(run(sys.argv[1:]))
