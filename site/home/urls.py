"""Addresses of the website's frame, in a language."""

from django.urls import path

from home.components import components

urlpatterns = [path("components/", components, name="components")]
