"""Country teams and their people: making, inviting, removing, co-authors, transfers, archive, what was done."""
