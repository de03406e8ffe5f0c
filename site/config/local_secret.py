"""A secret key for machines where nobody sets one: made once, kept in the data folder."""

from __future__ import annotations

from pathlib import Path

from django.core.management.utils import get_random_secret_key


def local_secret(data_dir: Path) -> str:
    """Return the key kept in `data_dir/secret-key`, making it (mode 600) on first use."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()
