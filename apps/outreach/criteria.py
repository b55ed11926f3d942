"""By what a campaign chooses the facilities it invites. Plain data, kept with the campaign as it was."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models


class Reason(models.TextChoices):
    NEVER_ENTERED = "never_entered", "Chưa từng dự bình chọn"
    CERTIFICATE_ENDS = "certificate_ends", "Giấy chứng nhận đã hết hạn, hoặc hết hạn trong 12 tháng tới"
    EXPORTS = "exports", "Có xuất khẩu theo số liệu năm gần nhất"
    CRAFT_VILLAGE = "craft_village", "Thuộc làng nghề được công nhận"


@dataclass(frozen=True)
class Criteria:
    """A facility fits when one of the reasons holds (any will do when none is chosen) and every filter lets it by."""

    reasons: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Criteria":
        """Read what `as_data` wrote; what is not known is left out."""
        return cls(**{name: tuple(map(str, data.get(name, ()))) for name in cls.__dataclass_fields__})

    def as_data(self) -> dict[str, list[str]]:
        return {name: list(values) for name, values in asdict(self).items()}
