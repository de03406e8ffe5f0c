"""Work that takes longer than a request: started by a person, done in the background, watched on a page of the admin.

A kind of job is a function: `@job("cases.import")` above `def import_file(job, progress)`. `start("cases.import", user,
team="ken")` writes a row; the worker does it, or a thread of this process where no worker is alive. A process that is
killed leaves its job to the next one, which does it again from the start: so a job that writes does it in one
transaction and calls `progress.finish(result)` inside it, and its writing and its end are committed together.
"""

from core.jobs.progress import JobCancelled, JobLost, JobRefused, Progress
from core.jobs.registry import job, prepare_with
from core.jobs.running import run_waiting, start

__all__ = ["JobCancelled", "JobLost", "JobRefused", "Progress", "job", "prepare_with", "run_waiting", "start"]
