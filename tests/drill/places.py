"""Where a drill takes place: a site's folder, and a node of Elasticsearch that may be killed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

SERVE = Path(__file__).parents[1] / "elasticsearch" / "serve"
HEAP = "512m"
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a site, and the address of its node; it searches with tantivy where it has none."""

    folder: Path
    url: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of Elasticsearch of its own."""

    port: int

    @classmethod
    def started(cls) -> Node:
        """A new one, empty."""
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            node = cls(free.getsockname()[1])
        node._serve("start")
        return node

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        self._serve("kill")

    def resume(self) -> None:
        """Start it again on the data that it has."""
        self._serve("resume")

    def stop(self) -> None:
        """End it for good."""
        self._serve("stop")

    def configure(self, values: Mapping[str, Any]) -> None:
        """Change settings of the cluster; None gives one back its default."""
        self._ask("PUT", "/_cluster/settings", {"persistent": values})

    def wait_until(self, *, full: bool) -> None:
        """Wait until the node has found its disk full and takes no more documents, or is over it."""
        for _ in range(PATIENCE):
            if ("read_only_allow_delete" in json.dumps(self._ask("GET", "/_all/_settings/index.blocks*"))) == full:
                return
            time.sleep(1)
        raise TimeoutError(f"the node is {'not ' if full else 'still '}full after {PATIENCE} s")

    def _ask(self, method: str, path: str, sent: Any = None) -> Any:
        body = json.dumps(sent).encode() if sent else None
        asked = Request(self.url + path, body, {"Content-Type": "application/json"}, method=method)  # noqa: S310 - ours
        with urlopen(asked, timeout=30) as answer:  # noqa: S310
            return json.load(answer)

    def _serve(self, command: str) -> None:
        environment = {"ES_NODE_HEAP": HEAP, **os.environ}
        subprocess.run([str(SERVE), command, str(self.port)], env=environment, check=True, capture_output=True)
