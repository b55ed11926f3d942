"""What can happen to a partner's access."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class PartnerEvent(StrEnum):
    CLIENT_MADE = "partners.client.made"

    @property
    def sentence(self) -> str:
        return {self.CLIENT_MADE: "Cấp quyền đọc dữ liệu cho chương trình của đối tác"}[self]
