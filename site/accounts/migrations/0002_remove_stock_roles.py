"""Wagtail installs groups and a workflow of its own; ours replace them (see accounts.roles)."""

from django.db import migrations

STOCK_GROUPS = ["Moderators", "Editors"]
STOCK_WORKFLOW = "Moderators approval"


def remove_stock(apps, schema_editor):
    """Delete what a fresh installation brought; a site that has members in the groups keeps them."""
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=STOCK_GROUPS, user__isnull=True).delete()
    Workflow = apps.get_model("wagtailcore", "Workflow")
    for workflow in Workflow.objects.filter(name=STOCK_WORKFLOW):
        apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow=workflow).delete()
        apps.get_model("wagtailcore", "WorkflowTask").objects.filter(workflow=workflow).delete()
        workflow.delete()
    Task = apps.get_model("wagtailcore", "Task")
    Task.objects.filter(name=STOCK_WORKFLOW, workflow_tasks__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(remove_stock, migrations.RunPython.noop)]
