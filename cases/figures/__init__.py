"""Figures of a case: levels of participation by stage, and the quality profile, drawn and as numbers."""
