"""How all tests run: hypothesis without deadlines (the machine may be busy), the same each time in CI."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("anywhere", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes get no id of their own: compressed ones hold the time, and each process must collect the same."""
    return argname if isinstance(val, bytes) else None
