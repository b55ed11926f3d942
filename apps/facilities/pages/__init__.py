"""The pages of the facility register and of the people who act for a facility."""
