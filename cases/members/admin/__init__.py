"""The pages of the admin about teams, their people and the teams of an entry."""
