"""What the site takes from the process environment."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

import pytest

from config import env


def test_everything_has_a_usable_value_on_an_empty_environment():
    environment = env.read({})

    assert environment.data_dir == env.PROJECT / "var"
    assert environment.database["ENGINE"] == env.SQLITE
    assert environment.database["NAME"] == str(env.PROJECT / "var" / "db.sqlite3")
    assert environment.search_engine in env.SEARCH_ENGINES
    assert (environment.secret_key, environment.allowed_hosts, environment.site_url) == ("", [], "")


def test_a_variable_set_to_nothing_counts_as_missing():
    names = ("DATA_DIR", "DATABASE_URL", "SEARCH_ENGINE", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "LOG_LEVEL")

    assert env.read(dict.fromkeys(names, "")) == env.read({})


def test_values_are_read():
    environment = env.read(
        {
            "DATA_DIR": "/srv/data",
            "DATABASE_URL": "postgres://writer:p%40ss@db.example:5433/cases",
            "SECRET_KEY": "$starts-with-a-dollar",
            "ALLOWED_HOSTS": "example.org, www.example.org,",
            "SITE_URL": "https://example.org/",
            "EMAIL_URL": "smtp+tls://mailer:secret@mail.example:587",
        }
    )

    assert environment.data_dir == Path("/srv/data")
    assert environment.database["ENGINE"] == "django.db.backends.postgresql"
    assert environment.database["PASSWORD"] == "p@ss"
    assert (environment.database["HOST"], environment.database["PORT"]) == ("db.example", 5433)
    assert environment.secret_key == "$starts-with-a-dollar"
    assert environment.allowed_hosts == ["example.org", "www.example.org"]
    assert environment.site_url == "https://example.org"
    assert environment.email["EMAIL_USE_TLS"] is True


def test_sqlite_takes_its_write_lock_when_a_transaction_begins():
    assert env.read({}).database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("SEARCH_ENGINE", "solr", "database, tantivy, elasticsearch"),
        ("SENDFILE", "apache", "simple, nginx, xsendfile"),
        ("LOG_LEVEL", "debug", "DEBUG, INFO, WARNING, ERROR"),
        ("SITE_URL", "example.org", "http:// or https://"),
        ("SITE_URL", "https://", "name a host"),
        ("DATABASE_URL", "nonsense", "sqlite, postgres, postgresql"),
        ("DATABASE_URL", "mysql://root@localhost/cases", "sqlite, postgres, postgresql"),
        ("DATABASE_URL", "postgres://writer:secret@db.example:port/cases", "a number as its port"),
        ("EMAIL_URL", "pigeon://loft", "smtp, smtp+tls, smtp+ssl"),
        ("MAIL_FROM", "nobody", "Name <address>"),
        ("MAIL_FROM", "Site <site@example.org>\nBcc: all@example.org", "Name <address>"),
    ],
)
def test_a_wrong_value_is_refused_by_name_with_what_is_allowed(name, value, allowed):
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.read({name: value})

    assert str(refusal.value).startswith(name)
    assert allowed in str(refusal.value)


def test_a_refusal_does_not_show_the_password():
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.read({"DATABASE_URL": "oracle://writer:s3cret@db.example/cases"})

    assert "s3cret" not in str(refusal.value)


def test_all_missing_values_are_named_at_once():
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS, SECRET_KEY"):
        env.require(SECRET_KEY="", ALLOWED_HOSTS=[], SITE_URL="https://example.org")


def test_a_cluster_is_named_by_urls_that_can_be_used() -> None:
    found = env.read(
        {"ELASTICSEARCH_URL": "https://one:9200, http://two:9201/", "ELASTICSEARCH_SHARDS": "3"}
    ).elasticsearch
    assert (found.urls, found.shards, found.replicas) == (("https://one:9200", "http://two:9201"), 3, 1)
    assert env.read({}).elasticsearch.urls == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELASTICSEARCH_URL", "one:9200"),
        ("ELASTICSEARCH_URL", "https://one"),
        ("ELASTICSEARCH_URL", "https://one:nine"),
        ("ELASTICSEARCH_INDEX", "Has Capitals"),
        ("ELASTICSEARCH_INDEX", "*"),
        ("ELASTICSEARCH_SHARDS", "0"),
        ("ELASTICSEARCH_REPLICAS", "-1"),
        ("ELASTICSEARCH_TIMEOUT", "2.5"),
        ("ELASTICSEARCH_CA", "/nowhere/ca.pem"),
    ],
)
def test_settings_of_a_cluster_that_cannot_be_used_are_named(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        env.read({name: value})
