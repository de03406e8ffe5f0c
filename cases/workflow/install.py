"""The workflow itself, made after migrations and by `setup_site`: two tasks in order, on the root of all pages."""

from __future__ import annotations

from typing import Any, Final

from django.apps import AppConfig
from django.db import transaction

from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from cases.workflow.models import EditorTask, EthicsTask, ReviewTask

NAME: Final = "Moderation"
TASKS: Final[tuple[tuple[type[ReviewTask], str], ...]] = (
    (EditorTask, "Editor's approval"),
    (EthicsTask, "Ethics approval of sensitive cases"),
)


@transaction.atomic
def ensure_workflow() -> None:
    """Make what is missing; what an administrator renamed or added stays. Does nothing before there is a root page."""
    root = Page.get_first_root_node()
    if root is None:
        return
    tasks = [model.objects.first() or model.objects.create(name=name) for model, name in TASKS]
    workflow = Workflow.objects.filter(workflow_tasks__task=tasks[0]).order_by("pk").first()
    if workflow is None:
        workflow = Workflow.objects.create(name=NAME)
    for order, task in enumerate(tasks):
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})


def after_migrate(app_config: AppConfig, **_kwargs: Any) -> None:
    """A receiver of `post_migrate`, for the app of the tasks."""
    if app_config.label == "cases":
        ensure_workflow()
