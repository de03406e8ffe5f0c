"""Forms that anybody may send without an account: a trap for programs, a signed clock, and a limit for each sender.

class AskForm(GuardedForm): ...

form = AskForm(request.POST)
if not allowed(request, "account request", most=5, per=timedelta(hours=1)): ...  # say so, with status 429
if form.is_valid() and not form.is_trapped: ...                                 # a trapped one is thanked, not kept
"""

from __future__ import annotations

import hmac
import ipaddress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Attempt

SALT: Final = "core.guarding"
QUICKEST: Final = timedelta(seconds=2)
"""Nobody fills in a form in less."""
LONGEST: Final = timedelta(hours=12)
V4: Final = 4
HOME_NETWORK: Final = 64
KEPT: Final = timedelta(days=2)


def stamp(at: datetime | None = None) -> str:
    """The signed time at which a form was drawn."""
    return signing.dumps(int((at or timezone.now()).timestamp()), salt=SALT)


class GuardedForm(forms.Form):
    """A form with a trap (`website`) and a clock (`drawn`); `includes/form_fields.html` draws both out of sight."""

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    drawn = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.initial["drawn"] = stamp()

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what no person sees."""
        return bool(self.data.get(self.add_prefix("website")))

    def clean_drawn(self) -> str:
        """Refuse a form that was never drawn, long ago, or a moment ago; what was typed stays."""
        value: str = self.cleaned_data["drawn"]
        try:
            drawn = datetime.fromtimestamp(signing.loads(value, salt=SALT), tz=UTC)
        except signing.BadSignature:
            drawn = timezone.now() - 2 * LONGEST
        age = timezone.now() - drawn
        if age > LONGEST:
            self._draw_again()
            raise forms.ValidationError(_("This page was open for too long. Please send it again."))
        if age < QUICKEST:
            raise forms.ValidationError(_("That was very quick. Please send it again."))
        return value

    def _draw_again(self) -> None:
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("drawn")] = stamp()  # type: ignore[index]


def allowed(request: HttpRequest, what: str, most: int, per: timedelta, about: str = "") -> bool:
    """Whether this sender may do `what` once more, and note that they did; at most `most` times in `per`.

    With `about`, such as the name of an account, each is counted apart.
    """
    who, now = _who(request, about), timezone.now()
    made = Attempt.objects.filter(what=what, who=who, at__gt=now - per).count()
    if made >= most:
        return False
    Attempt.objects.create(what=what, who=who, at=now)
    return True


def forget(request: HttpRequest, what: str, about: str = "") -> None:
    """Let the sender begin anew: what they tried succeeded."""
    Attempt.objects.filter(what=what, who=_who(request, about)).delete()


def forget_old() -> int:
    """Delete what no limit asks for any more; a chore."""
    return Attempt.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def sender(request: HttpRequest) -> str:
    """The network address of the visitor: of the connection, or behind our own proxy the one that it saw."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    seen = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rsplit(",", 1)[-1].strip()
    return _address(seen if seen and _is_near(direct) else direct)


def _who(request: HttpRequest, about: str) -> str:
    """A pseudonym of the sender, another one each day: addresses of visitors are not kept."""
    text = f"{timezone.now():%Y-%m-%d} {sender(request)} {about}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).hexdigest()[:32]


def _is_near(address: str) -> bool:
    """Whether the connection comes from this machine or its network, where the proxy is."""
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return not address  # a socket of this machine has no address


def _address(text: str) -> str:
    """The address, of version 6 the network: one visitor has all of it. Nothing for what is no address."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    return str(address) if address.version == V4 else str(ipaddress.ip_network((address, HOME_NETWORK), strict=False))
