"""The site as its server asks it; Django's test client copies each template's context, which no visitor waits for."""

from __future__ import annotations

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory


class Site:
    """Answers addresses through all middleware, in this process."""

    def __init__(self) -> None:
        self._application = WSGIHandler()
        self._factory = RequestFactory()

    def get(self, address: str) -> bytes:
        """The page at an address, which must be there."""
        statuses: list[str] = []
        environ = self._factory.get(address).environ
        response = self._application(environ, lambda status, _headers, _error=None: statuses.append(status))
        content = b"".join(response)
        response.close()
        assert statuses[0].startswith("200")
        return content
