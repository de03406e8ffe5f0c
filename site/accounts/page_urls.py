"""Public addresses about accounts, in a language."""

from django.urls import path
from django.views.generic import RedirectView

from accounts.views.invitations import AcceptInvitationView

urlpatterns = [
    path("invitations/<str:token>/", AcceptInvitationView.as_view(), name="accept_invitation"),
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
        name="wagtailcore_login",
    ),
]
