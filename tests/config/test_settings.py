"""The settings modules, each loaded by a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from config.env import PROJECT

COMPLETE = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
}
PRINT = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def load(module, variables, *names):
    """Load settings `module` under `variables` alone; the finished process prints the values of `names` as JSON."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= {"PYTHONPATH": str(PROJECT / "site"), "DJANGO_SETTINGS_MODULE": f"config.settings.{module}"}
    return subprocess.run(
        [sys.executable, "-c", PRINT, *names],
        env=environment | variables,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_nothing_is_missing_and_is_safe():
    names = ("DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "ALLOWED_HOSTS")
    process = load("production", COMPLETE, *names)

    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout) == {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "ALLOWED_HOSTS": ["example.org"],
    }


def test_production_knows_no_demo_accounts():
    process = load("production", COMPLETE, "DEMO_ACCOUNTS")

    assert process.returncode != 0
    assert "DEMO_ACCOUNTS" in process.stderr


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_production_refuses_to_start_without(missing):
    process = load("production", COMPLETE | {missing: ""}, "DEBUG")

    assert process.returncode != 0
    assert f"required in production: {missing}." in process.stderr


@pytest.mark.parametrize("module", ["local", "demo"])
def test_a_newcomer_sets_nothing(module, tmp_path):
    names = ("SECRET_KEY", "SITE_URL", "EMAIL_FILE_PATH")
    first = load(module, {"DATA_DIR": str(tmp_path)}, *names)
    second = load(module, {"DATA_DIR": str(tmp_path)}, *names)

    assert first.returncode == 0, first.stderr
    values = json.loads(first.stdout)
    assert len(values["SECRET_KEY"]) >= 50
    assert values["SITE_URL"] == "http://127.0.0.1:8000"
    assert values["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert second.stdout == first.stdout, "the secret key is made once and kept"
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_test_settings_take_the_database_from_the_environment():
    process = load("test", {"DATABASE_URL": "postgres://writer:secret@127.0.0.1:5433/cases"}, "DATABASES")

    assert process.returncode == 0, process.stderr
    database = json.loads(process.stdout)["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["CONN_MAX_AGE"] == 0
