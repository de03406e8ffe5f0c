"""What a check may find, in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """One kind of thing that may tell who somebody is or where they live; or a file that nobody could look into."""

    MAIL = "mail", _("e-mail address of a person")
    PHONE = "phone", _("telephone number")
    IDENTITY = "identity", _("identity, passport or account number")
    COORDINATES = "coordinates", _("precise place")
    PICTURE = "picture", _("data hidden in a picture")
    AUTHOR = "author", _("name of the file's author")
    COMMENT = "comment", _("comment in a file")
    CHANGE = "change", _("tracked change in a file")
    HIDDEN = "hidden", _("hidden part of a file")
    PERSONS = "persons", _("column about single persons")
    SMALL_CELLS = "small-cells", _("very small numbers of people")
    UNREADABLE = "unreadable", _("file that cannot be checked")
