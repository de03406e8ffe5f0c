"""What jobs tell other rooms."""

from django.dispatch import Signal

# Arguments: job. Sent in the transaction that writes the end of a job, whatever the end. A receiver that writes rows
# does so in a savepoint: what it raises is logged and changes nothing about the job.
job_ended = Signal()
