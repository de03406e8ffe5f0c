"""Where the licences of the vocabulary can be read in full: the one table of their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LICENCE_URLS: Final[Mapping[str, str]] = {
    "cc-by-4-0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa-4-0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc-by-nc-4-0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "cc-by-nc-nd-4-0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    "cc0-1-0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc-by-3-0-igo": "https://creativecommons.org/licenses/by/3.0/igo/",
    "odbl-1-0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "community-protocol": "https://localcontexts.org/",
}
"""Licence code to the address of its text; licences without a public text are not named."""
