"""The links of mails."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core import mail

import pytest

Links = Callable[[Callable[[], Any]], list[str]]


@pytest.fixture
def links(django_capture_on_commit_callbacks: Any) -> Links:
    """A function that does something and returns the links of the mails that it sent."""

    def find(work: Callable[[], Any]) -> list[str]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            work()
        texts = [str(message.body) for message in mail.outbox[before:]]
        return [link for text in texts for link in re.findall(r"^http://testserver(/\S+)$", text, re.MULTILINE)]

    return find
