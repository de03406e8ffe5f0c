"""Accounts, one concept a file."""

from accounts.models.address_changes import AddressChange
from accounts.models.invitations import Invitation
from accounts.models.mail_refusals import MailRefusal
from accounts.models.users import User, UserManager

__all__ = ["AddressChange", "Invitation", "MailRefusal", "User", "UserManager"]
