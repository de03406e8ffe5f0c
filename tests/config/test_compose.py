"""`compose.yaml` holds together: nodes know each other, volumes are declared, the site reads what it is told."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings

import pytest
import yaml


@pytest.fixture(scope="module")
def composed() -> Any:
    return yaml.safe_load((settings.PROJECT / "compose.yaml").read_text())


def test_the_three_nodes_of_a_cluster_know_each_other(composed: Any) -> None:
    nodes = {name: each for name, each in composed["services"].items() if "cluster" in each.get("profiles", ())}
    assert len(nodes) == 3
    for name, node in nodes.items():
        about = node["environment"]
        assert about["node.name"] == name
        for key in ("discovery.seed_hosts", "cluster.initial_master_nodes"):
            assert about[key].split(",") == list(nodes)
        assert node["volumes"] == [f"{name}:/usr/share/elasticsearch/data"]
        assert name in composed["volumes"]


def test_the_site_is_told_of_variables_that_it_reads(composed: Any) -> None:
    read = (settings.PROJECT / "site" / "config" / "env.py").read_text()
    told = composed["services"]["site"]["environment"]
    assert {"DATABASE_URL", "SEARCH_ENGINE", "ELASTICSEARCH_URL", "ELASTICSEARCH_API_KEY"} <= told.keys()
    assert [name for name in told if not re.search(rf"\b{name}\b", read)] == []
