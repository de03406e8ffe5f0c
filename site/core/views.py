"""Errors and operations."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template

from core.health import findings
from core.models import Withdrawal
from core.withdrawals import told


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


def gone(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    """410: reference and public reason, no content."""
    return render(request, "410.html", {"withdrawal": withdrawal, "reason": told(withdrawal)}, status=410)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without context processors or database."""
    return HttpResponseServerError(get_template("500.html").render())


def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """503 only without the database; `degraded` when another part is in trouble but pages are served."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found = findings()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    status = "ok" if all(finding.ok for finding in found.values()) else "degraded"
    parts = {name: finding.details for name, finding in found.items()}
    return JsonResponse({"status": status, "database": "up", **parts})
