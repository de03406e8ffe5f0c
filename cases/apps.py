"""The case repository as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, methods, country teams and vocabularies."""

    name = "cases"
    verbose_name = "Case repository"

    def ready(self) -> None:
        """Connect the signals; add to what roles may do, and to the rules of visibility, files and editing."""
        from cases import roles, signals  # noqa: F401 - importing the signals connects them
        from cases.access.rules import install as install_access
        from cases.authoring import register as authoring
        from cases.checks.install import install as install_checks
        from cases.concerns.install import install as install_concerns
        from cases.desk.install import install as install_desk
        from cases.file_rules import attachment_rule
        from cases.members.install import install as install_members
        from cases.panels.install import install
        from cases.review_dates import register as review_dates
        from cases.sheets.install import install as install_sheets
        from cases.visibility import with_its_original
        from cases.withdrawing import register as withdrawing
        from cases.workflow import ready as workflow
        from cases.workflow.pictures import review_rule
        from core import files, visibility

        visibility.register("translation with its original", with_its_original)
        files.register_rule("attachments and records of consent", attachment_rule)
        files.register_rule("pictures under review", review_rule)
        workflow.connect()
        install()
        install_checks()
        install_access()
        install_desk()
        install_concerns()
        install_sheets()
        authoring.register()
        withdrawing.register()
        review_dates.register()
        install_members()
        roles.grant_all()
