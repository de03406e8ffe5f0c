"""What a test needs beside Python: its lack skips the test with the reason, and fails it in CI."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacks(reason: str) -> NoReturn:
    """End the running test: skipped with `reason` on a developer's machine, failed where `CI` is set."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason} (skipped on a developer's machine, a failure where CI is set)", pytrace=False)
    pytest.skip(reason)
