"""The pages of a judge."""
