#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent


def main() -> None:
    """Put `site/` on the import path, choose settings, run the command."""
    sys.path.insert(0, str(PROJECT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
