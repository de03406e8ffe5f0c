"""The only place that reads the process environment.

Everything the site takes from outside is one typed value of `Environment`; a value that cannot be used
raises `ImproperlyConfigured` with its name and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

import environ

PROJECT = Path(__file__).resolve().parents[2]
SEARCH_ENGINES = ("database", "tantivy", "elasticsearch")
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
EMAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl", "filemail", "consolemail", "memorymail", "dummymail")
SQLITE = "django.db.backends.sqlite3"


@dataclass(frozen=True, slots=True)
class Elasticsearch:
    """How the cluster is reached, and how an index is laid out on it; times in seconds."""

    urls: tuple[str, ...] = ()
    api_key: str = ""
    ca: str = ""
    index: str = "citizen-data"
    timeout: float = 2.0
    connections: int = 10
    shards: int = 1
    replicas: int = 1


@dataclass(frozen=True, slots=True)
class Environment:
    """What operators may set; see docs/operations.md for the table."""

    data_dir: Path
    database: dict[str, Any]
    search_engine: str
    elasticsearch: Elasticsearch
    secret_key: str
    allowed_hosts: list[str]
    site_url: str
    email: dict[str, Any]
    mail_from: str
    sendfile: str
    quick_exit_url: str
    log_level: str


def read(variables: Mapping[str, str]) -> Environment:
    """Read every setting of `variables` (normally `os.environ`).

    Raises `ImproperlyConfigured` for a value outside its allowed set. A variable that is set to nothing counts as
    missing. A missing value becomes an empty one: whether it may be missing is decided by the settings module,
    see `require`.
    """
    reader = environ.Env()
    reader.ENVIRON = {name: value for name, value in variables.items() if value.strip()}
    data_dir = Path(reader.str("DATA_DIR", default=str(PROJECT / "var"))).absolute()
    return Environment(
        data_dir=data_dir,
        database=_database(reader, data_dir),
        search_engine=_choice(reader, "SEARCH_ENGINE", "tantivy", SEARCH_ENGINES),
        elasticsearch=_elasticsearch(reader),
        # Read as it stands: the reader takes a leading "$" for the name of another variable.
        secret_key=variables.get("SECRET_KEY", ""),
        allowed_hosts=[host.strip() for host in reader.list("ALLOWED_HOSTS", default=[]) if host.strip()],
        site_url=_site_url(reader.str("SITE_URL", default="")),
        email=_email(reader),
        mail_from=_mail_from(reader),
        sendfile=_choice(reader, "SENDFILE", "simple", ("simple", "nginx", "xsendfile")),
        quick_exit_url=_url(reader, "QUICK_EXIT_URL", "https://{language}.wikipedia.org/", ("http", "https")),
        log_level=_choice(reader, "LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    )


def require(**values: object) -> None:
    """Refuse to start when one of the named values is empty, naming all that are missing."""
    missing = sorted(name for name, value in values.items() if not value)
    if missing:
        raise ImproperlyConfigured(
            f"These environment variables are required in production: {', '.join(missing)}. See docs/operations.md."
        )


def _choice(reader: environ.Env, name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = str(reader.str(name, default=default))
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed: {', '.join(allowed)}.")
    return value


def _url(reader: environ.Env, name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Return the URL of variable `name`; a fault never shows the URL, which may hold a password."""
    url = str(reader.str(name, default=default))
    try:
        parts = urlsplit(url)
        usable = parts.scheme in allowed and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise ImproperlyConfigured(
            f"{name} cannot be used; it must be a URL with a number as its port and one of these schemes: "
            f"{', '.join(allowed)}."
        )
    return url


def _database(reader: environ.Env, data_dir: Path) -> dict[str, Any]:
    url = _url(reader, "DATABASE_URL", f"sqlite:///{data_dir / 'db.sqlite3'}", DATABASE_SCHEMES)
    database: dict[str, Any] = environ.Env.db_url_config(url)
    if database["ENGINE"] == SQLITE:
        # IMMEDIATE takes the write lock when a transaction begins, so that it waits instead of failing half-way.
        database["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database


def _elasticsearch(reader: environ.Env) -> Elasticsearch:
    """Where no URL is set, no cluster can be asked; whether one is needed the settings decide."""
    index = str(reader.str("ELASTICSEARCH_INDEX", default="citizen-data"))
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,60}", index):
        raise ImproperlyConfigured(
            f"ELASTICSEARCH_INDEX is {index!r}; allowed: up to 61 small letters, digits and hyphens, a letter first."
        )
    ca = str(reader.str("ELASTICSEARCH_CA", default=""))
    if ca and not Path(ca).is_file():
        raise ImproperlyConfigured(f"ELASTICSEARCH_CA is {ca!r}, which is no file; it must be a certificate in PEM.")
    return Elasticsearch(
        urls=tuple(_cluster_urls(reader)),
        api_key=str(reader.str("ELASTICSEARCH_API_KEY", default="")),
        ca=ca,
        index=index,
        timeout=_number(reader, "ELASTICSEARCH_TIMEOUT", 2, 1, 60),
        connections=_number(reader, "ELASTICSEARCH_CONNECTIONS", 10, 1, 1000),
        shards=_number(reader, "ELASTICSEARCH_SHARDS", 1, 1, 100),
        replicas=_number(reader, "ELASTICSEARCH_REPLICAS", 1, 0, 20),
    )


def _cluster_urls(reader: environ.Env) -> Iterator[str]:
    for url in filter(None, (part.strip() for part in str(reader.str("ELASTICSEARCH_URL", default="")).split(","))):
        try:
            parts = urlsplit(url)
            usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port
        except ValueError:
            usable = None
        if not usable:
            raise ImproperlyConfigured(
                "ELASTICSEARCH_URL cannot be used; it must be one or more URLs with scheme http or https, a host and a "
                "port, separated by commas."
            )
        yield url.rstrip("/")


def _number(reader: environ.Env, name: str, default: int, least: int, most: int) -> int:
    raw = str(reader.str(name, default=str(default)))
    if not raw.isascii() or not raw.isdecimal() or not least <= int(raw) <= most:
        raise ImproperlyConfigured(f"{name} is {raw!r}; allowed: a whole number from {least} to {most}.")
    return int(raw)


def _email(reader: environ.Env) -> dict[str, Any]:
    config: dict[str, Any] = environ.Env.email_url_config(
        _url(reader, "EMAIL_URL", "smtp://localhost:25", EMAIL_SCHEMES)
    )
    return config


def _mail_from(reader: environ.Env) -> str:
    """The sender of mails; empty when the settings are to make one of the site's address."""
    value = str(reader.str("MAIL_FROM", default=""))
    address = parseaddr(value)[1]
    if value and not (re.fullmatch(r"[^@\s]+@[^@\s]+", address) and value.isprintable()):
        raise ImproperlyConfigured(f"MAIL_FROM is {value!r}; it must be an address, or: Name <address>.")
    return value


def _site_url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise ImproperlyConfigured(f"SITE_URL is {value!r}; it must start with http:// or https:// and name a host.")
    return value.rstrip("/")
