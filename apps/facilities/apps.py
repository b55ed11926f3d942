from django.apps import AppConfig

from apps.facilities.navigation import acts_for_one, may_approve, may_see_facilities
from apps.facilities.states import Standing
from tieubieu.ui import navigation, states

ELIGIBILITY = {
    "eligibility.eligible": states.State("Là cơ sở CNNT", "good", "check"),
    "eligibility.not_eligible": states.State("Chưa phải cơ sở CNNT", "warn", "warn"),
    "eligibility.to_be_checked": states.State("Cần đối chiếu", "warn", "question"),
}
AGENT = {
    "agent.approved": states.State("Đã duyệt", "good", "check"),
    "agent.asked": states.State("Chờ duyệt", "active", "clock"),
    "agent.refused": states.State("Không còn hoặc chưa được duyệt", "quiet", "minus"),
}
VILLAGE = {
    "village.recognised": states.State("Đang được công nhận", "good", "check"),
    "village.ended": states.State("Không còn hoặc chưa tới ngày", "quiet", "clock"),
}
LIMITS = {
    "limits.compared": states.State("Đã đối chiếu", "good", "check"),
    "limits.sample": states.State("Mẫu, cần đối chiếu", "warn", "question"),
    "limits.withdrawn": states.State("Thôi dùng", "quiet", "minus"),
}


class FacilitiesConfig(AppConfig):
    name = "apps.facilities"
    label = "facilities"
    verbose_name = "Cơ sở"

    def ready(self) -> None:
        looks: dict[str, tuple[states.Tone, str]] = {
            Standing.PROPOSED: ("active", "clock"),
            Standing.REGISTERED: ("good", "check"),
            Standing.REFUSED: ("warn", "warn"),
            Standing.MERGED: ("quiet", "join"),
        }
        states.register_choices("facility", Standing, looks)
        states.register(ELIGIBILITY | AGENT | VILLAGE | LIMITS)
        navigation.register(
            navigation.Place(
                "Danh sách cơ sở", "facilities:facilities", order=30, shown=may_see_facilities, group="Cơ sở"
            )
        )
        navigation.register(
            navigation.Place("Cơ sở của tôi", "facilities:mine", order=31, shown=acts_for_one),
            navigation.Place("Chờ duyệt", "facilities:queue", order=32, shown=may_approve, group="Cơ sở"),
        )
