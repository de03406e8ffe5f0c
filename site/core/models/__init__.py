"""What every page shares."""

from core.models.files import File
from core.models.pages import BasePage
from core.models.pictures import Picture, PictureRendition
from core.models.withdrawals import Withdrawal, WithdrawnAddress

__all__ = ["BasePage", "File", "Picture", "PictureRendition", "Withdrawal", "WithdrawnAddress"]
