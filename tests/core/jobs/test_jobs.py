"""Jobs: done once whatever happens to their process, stopped when asked, seen by nobody but their owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

import pytest

from accounts.models import User
from cases.models import Organisation
from core import jobs
from core.jobs import registry
from core.jobs.models import Job, WorkerBeat
from core.jobs.running import LOCK, MAX_ATTEMPTS, beat, cancel, worker_is_alive
from core.locks import held
from tests.factories.entries import make_organisation

pytestmark = pytest.mark.usefixtures("repository")
KIND = "test.job"


@pytest.fixture
def owner() -> User:
    return User.objects.create_superuser("jobs@example.org", "a long password")


@pytest.fixture
def other(client: Client) -> User:
    user = User.objects.create_user("other@example.org", "a long password")
    user.groups.add(*_groups("Editors"))
    client.force_login(user)
    return user


def _groups(*names: str) -> Any:
    from django.contrib.auth.models import Group

    return Group.objects.filter(name__in=names)


@pytest.fixture
def kinds() -> Iterator[dict[str, Any]]:
    before = dict(registry._kinds)
    yield registry._kinds
    registry._kinds.clear()
    registry._kinds.update(before)


def work_is(kinds: dict[str, Any], work: Any) -> None:
    jobs.job(KIND, label="A test")(work)


def ended(job: Job) -> Job:
    jobs.run_waiting()
    job.refresh_from_db()
    return job


def test_a_job_gets_its_parameters_and_keeps_its_result(kinds: dict[str, Any], owner: User) -> None:
    def work(job: Job, progress: jobs.Progress) -> dict[str, Any]:
        progress.begin(3, "Counting")
        progress.step(3)
        return {"team": job.params["team"], "text": job.input.read().decode(), "language": translation.get_language()}

    work_is(kinds, work)
    with translation.override("fr"):
        job = jobs.start(KIND, owner, file=ContentFile(b"content", name="in.CSV"), team="ken")
    assert job.state == "waiting"
    job = ended(job)
    assert (job.state, job.done, job.total, job.input_name) == ("done", 3, 3, "in.CSV")
    assert job.result == {"team": "ken", "text": "content", "language": "fr"}
    assert job.input.name == f"{job.pk}/in.csv"


def test_an_unknown_kind_is_refused_before_anything_is_written(owner: User) -> None:
    with pytest.raises(LookupError, match=r"no\.such"):
        jobs.start("no.such", owner)
    assert not Job.objects.exists()


def test_what_a_job_refuses_is_told_and_what_breaks_is_not(kinds: dict[str, Any], owner: User) -> None:
    def refuse(_job: Job, _progress: jobs.Progress) -> None:
        raise jobs.JobRefused("Row 3 is wrong.", {"rows": [3]})

    def fail(_job: Job, _progress: jobs.Progress) -> None:
        make_organisation("Half done")
        raise ZeroDivisionError("secret")

    work_is(kinds, refuse)
    refused = ended(jobs.start(KIND, owner))
    assert (refused.state, refused.error, refused.result) == ("failed", "Row 3 is wrong.", {"rows": [3]})
    work_is(kinds, fail)
    broken = ended(jobs.start(KIND, owner))
    assert broken.state == "failed"
    assert "secret" not in broken.error


def test_writing_and_the_end_are_one_transaction(kinds: dict[str, Any], owner: User) -> None:
    def work(_job: Job, progress: jobs.Progress) -> None:
        with transaction.atomic():
            make_organisation("Written by a job")
            progress.finish({"written": 1})
            raise ZeroDivisionError

    work_is(kinds, work)
    job = ended(jobs.start(KIND, owner))
    assert (job.state, job.result) == ("failed", {})
    assert not Organisation.objects.filter(name="Written by a job").exists()


def test_a_runner_that_lost_its_job_cannot_end_it(kinds: dict[str, Any], owner: User) -> None:
    def work(job: Job, progress: jobs.Progress) -> None:
        Job.objects.filter(pk=job.pk).update(run="00000000-0000-0000-0000-000000000000")
        with transaction.atomic():
            make_organisation("Written too late")
            progress.finish()

    work_is(kinds, work)
    job = ended(jobs.start(KIND, owner))
    assert (job.state, job.attempts) == ("failed", MAX_ATTEMPTS)
    assert not Organisation.objects.filter(name="Written too late").exists()


def test_what_a_dead_process_left_is_done_again_but_not_for_ever(kinds: dict[str, Any], owner: User) -> None:
    work_is(kinds, lambda _job, _progress: {"done": True})
    left = jobs.start(KIND, owner)
    often = jobs.start(KIND, owner)
    stopped = jobs.start(KIND, owner)
    running = {"state": Job.State.RUNNING, "started_at": timezone.now()}
    Job.objects.filter(pk=left.pk).update(attempts=1, **running)
    Job.objects.filter(pk=often.pk).update(attempts=MAX_ATTEMPTS, **running)
    Job.objects.filter(pk=stopped.pk).update(asked_to_stop=True, **running)
    assert ended(left).result == {"done": True}
    often.refresh_from_db()
    stopped.refresh_from_db()
    assert (often.state, stopped.state) == ("failed", "cancelled")


def test_nobody_runs_jobs_beside_another(kinds: dict[str, Any], owner: User) -> None:
    found: list[bool] = []

    def work(_job: Job, _progress: jobs.Progress) -> None:
        from core.locks import is_held

        found.append(is_held(LOCK))

    work_is(kinds, work)
    jobs.start(KIND, owner)
    assert jobs.run_waiting() == 1
    assert found == [True]


@pytest.mark.sqlite
def test_jobs_wait_for_who_is_at_it(kinds: dict[str, Any], owner: User) -> None:
    work_is(kinds, lambda _job, _progress: None)
    job = jobs.start(KIND, owner)
    with held(LOCK):
        assert jobs.run_waiting() == 0
    assert ended(job).state == "done"


def test_a_waiting_job_is_stopped_at_once_and_a_running_one_at_its_next_step(
    kinds: dict[str, Any], owner: User
) -> None:
    def work(job: Job, progress: jobs.Progress) -> None:
        make_organisation("Before the stop")
        assert cancel(job)
        progress.begin(5)
        raise AssertionError("it went on")

    work_is(kinds, work)
    waiting = jobs.start(KIND, owner)
    assert cancel(waiting)
    assert ended(waiting).state == "cancelled"
    running = ended(jobs.start(KIND, owner))
    assert running.state == "cancelled"
    assert not cancel(running)


def test_a_stop_that_comes_during_the_writing_undoes_it(kinds: dict[str, Any], owner: User) -> None:
    def work(job: Job, progress: jobs.Progress) -> None:
        cancel(job)
        with transaction.atomic():
            make_organisation("Never kept")
            progress.finish()

    work_is(kinds, work)
    assert ended(jobs.start(KIND, owner)).state == "cancelled"
    assert not Organisation.objects.filter(name="Never kept").exists()


def test_a_worker_is_alive_after_a_beat_only() -> None:
    assert not worker_is_alive()
    beat()
    beat()
    assert worker_is_alive()
    assert WorkerBeat.objects.count() == 1
    WorkerBeat.objects.update(seen_at=timezone.now() - timezone.timedelta(hours=1))
    assert not worker_is_alive()


def test_the_page_of_a_job_shows_its_end_and_gives_its_file(kinds: dict[str, Any], owner: User, client: Client) -> None:
    def work(job: Job, _progress: jobs.Progress) -> dict[str, Any]:
        job.output_name = "report.csv"
        job.output.save("report.csv", ContentFile(b"a,b\n"))
        return {}

    work_is(kinds, work)
    client.force_login(owner)
    job = jobs.start(KIND, owner)
    page = client.get(reverse("job", args=[job.pk]))
    assert page.status_code == 200
    assert "<progress" in page.text
    assert client.get(reverse("job_state", args=[job.pk])).json()["ended"] is False
    assert client.get(reverse("job_file", args=[job.pk])).status_code == 404
    ended(job)
    page = client.get(reverse("job", args=[job.pk]))
    assert "report.csv" in page.text
    file = client.get(reverse("job_file", args=[job.pk]))
    assert b"".join(file.streaming_content) == b"a,b\n"
    assert "no-store" in file["Cache-Control"]
    assert "A test" in client.get(reverse("jobs")).text


def test_a_job_is_stopped_by_its_page(kinds: dict[str, Any], owner: User, client: Client) -> None:
    work_is(kinds, lambda _job, _progress: None)
    client.force_login(owner)
    job = jobs.start(KIND, owner)
    assert client.get(reverse("job_stop", args=[job.pk])).status_code == 405
    client.post(reverse("job_stop", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert "Nothing of it was kept" in client.get(reverse("job", args=[job.pk])).text


def test_nobody_sees_the_jobs_of_others(kinds: dict[str, Any], owner: User, other: User, client: Client) -> None:
    work_is(kinds, lambda _job, _progress: None)
    job = jobs.start(KIND, owner, file=ContentFile(b"x", name="private-name.csv"))
    for name in ("job", "job_state", "job_file"):
        assert client.get(reverse(name, args=[job.pk])).status_code == 404
    assert client.post(reverse("job_stop", args=[job.pk])).status_code == 404
    page = client.get(reverse("jobs"))
    assert page.status_code == 200
    assert "private-name" not in page.text
    client.logout()
    assert client.get(reverse("job", args=[job.pk])).status_code == 302


def test_the_list_asks_as_often_for_many_jobs_as_for_few(
    kinds: dict[str, Any], owner: User, client: Client, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work_is(kinds, lambda _job, _progress: None)
    client.force_login(owner)
    counts = []
    for number in (2, 20):
        for _n in range(number):
            jobs.start(KIND, owner)
        client.get(reverse("jobs"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("jobs"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
