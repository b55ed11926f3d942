"""What is done with people and their accounts."""

from apps.accounts.services.adding import NewPerson, add_person

__all__ = ["NewPerson", "add_person"]
