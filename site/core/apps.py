"""What every page shares, as a Django app."""

from datetime import timedelta

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Base page, pictures, files, visibility, withdrawal, mail, chores."""

    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Let the worker deliver mail; tell people of the end of their jobs; let filters name colleagues only."""
        from core import guarding, health
        from core.access.people import narrow_filters
        from core.chores import register_chore
        from core.jobs import mails as job_mails
        from core.jobs import upkeep as old_jobs
        from core.mailing.delivery import deliver_due, forget_old
        from core.mailing.probe import probe

        narrow_filters()
        health.register("mail", probe)
        register_chore("deliver mail", deliver_due, timedelta(seconds=30))
        register_chore("forget delivered mail", forget_old, timedelta(days=1))
        job_mails.connect()
        register_chore("forget background jobs", old_jobs.forget_old, timedelta(days=1))
        register_chore("forget attempts", guarding.forget_old, timedelta(days=1))
