"""What can happen to an account, as the audit log tells it."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class AccountEvent(StrEnum):
    PERSON_ADDED = "accounts.person.added"

    @property
    def sentence(self) -> str:
        return "Thêm người vào đơn vị"
