"""When a published entry is to be looked at again: dates, reminders, and saying that it is still right."""
