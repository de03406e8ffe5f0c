"""Where uploaded files lie: a folder that no web server shows."""

from __future__ import annotations

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files readable by the site's own account only; their addresses lead to the view in `core.files`."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)
