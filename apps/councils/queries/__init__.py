"""Questions to the council's session: what it decides on, who is in the room, what was decided, what is recorded."""

from apps.councils.queries.decisions import Decision, decisions, merit_places
from apps.councils.queries.room import Room, room_of
from apps.councils.queries.standing import Candidate, candidates, selected, standing
from apps.councils.recusals import hidden_entries, kept_out

__all__ = [
    "Candidate",
    "Decision",
    "Room",
    "candidates",
    "decisions",
    "hidden_entries",
    "kept_out",
    "merit_places",
    "room_of",
    "selected",
    "standing",
]
