"""What is done with people and their accounts."""

from apps.accounts.services.adding import NewPerson, add_person
from apps.accounts.services.codes import make_code, use_code
from apps.accounts.services.passwords import choose_password
from apps.accounts.services.people import Official, add_official, change_official, deactivate, reactivate, typed_of
from apps.accounts.services.units import add_unit, change_unit

__all__ = [
    "NewPerson",
    "Official",
    "add_official",
    "add_person",
    "add_unit",
    "change_official",
    "change_unit",
    "choose_password",
    "deactivate",
    "make_code",
    "reactivate",
    "typed_of",
    "use_code",
]
