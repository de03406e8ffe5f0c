"""Withdrawing: by the team at once, restored by an editor; what the public is told is chosen apart."""
