"""Keeping the index level with the database: an outbox written with every change, and what empties it."""
