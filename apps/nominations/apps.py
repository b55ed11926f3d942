from django.apps import AppConfig

from apps.nominations.navigation import is_the_nations_staff, may_see_proposals
from tieubieu.ui import navigation, states
from tieubieu.ui.states import State


class NominationsConfig(AppConfig):
    name = "apps.nominations"
    label = "nominations"
    verbose_name = "Đề cử"

    def ready(self) -> None:
        states.register(
            {
                "packet.sealed": State("Đã niêm phong, chờ gửi", "active", "clock"),
                "packet.delivered": State("Đã tới nơi nhận", "good", "check"),
                "proposal.draft": State("Đang lập", "quiet", "pen"),
                "proposal.sent": State("Đã gửi tỉnh", "good", "check"),
                "inbox.received": State("Mới nhận", "active", "arrow"),
                "inbox.accepted": State("Đã tiếp nhận", "good", "check"),
            }
        )
        navigation.register(
            navigation.Place(
                "Hộp nhận đề cử", "nominations:inbox", order=40, shown=is_the_nations_staff, group="Hồ sơ"
            ),
            navigation.Place(
                "Đề nghị của xã", "nominations:proposals", order=41, shown=may_see_proposals, group="Hồ sơ"
            ),
        )
