"""What was published, version by version: written with each publication, kept for good, shown at its own address."""
