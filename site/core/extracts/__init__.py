"""What stands in an uploaded file: texts, tables, and what its owner may not know it carries.

Pure Python without Django: files may be hostile, so `child.read` reads all but plain text in a process of its own,
which has little memory and time and sees neither settings nor database. `docs/personal-data.md` tells what is read of
which format.
"""

from core.extracts.child import read
from core.extracts.parts import Limits, Mark, Part, Table, Text

__all__ = ["Limits", "Mark", "Part", "Table", "Text", "read"]
