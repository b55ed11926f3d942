"""The officers' pages of a round's set-up, and what everybody may read of a round."""
