"""Public addresses about accounts, in a language."""

from django.urls import path

from accounts.views.invitations import AcceptInvitationView

urlpatterns = [path("invitations/<str:token>/", AcceptInvitationView.as_view(), name="accept_invitation")]
