"""A council session is convened, held and sealed; every step is a line of its log."""

from apps.councils.services.agenda import add_item, leave_out, note
from apps.councils.services.closing import close_session, conclude_session
from apps.councils.services.minutes import ask_minutes
from apps.councils.services.sitting import arrive, convene, depart, name_chair, name_secretary
from apps.councils.services.voting import Votes, annul_ballot, cast_vote, close_ballot, open_ballot

__all__ = [
    "Votes",
    "add_item",
    "annul_ballot",
    "arrive",
    "ask_minutes",
    "cast_vote",
    "close_ballot",
    "close_session",
    "conclude_session",
    "convene",
    "depart",
    "leave_out",
    "name_chair",
    "name_secretary",
    "note",
    "open_ballot",
]
