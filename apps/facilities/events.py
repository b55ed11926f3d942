"""What can happen to a facility."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class FacilityEvent(StrEnum):
    REGISTERED = "facilities.facility.registered"
    IMPORTED = "facilities.facility.imported"

    @property
    def sentence(self) -> str:
        return {self.REGISTERED: "Đăng ký cơ sở", self.IMPORTED: "Nhập cơ sở từ bảng tính"}[self]
