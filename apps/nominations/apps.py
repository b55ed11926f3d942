from django.apps import AppConfig

from apps.nominations.navigation import is_the_nations_staff
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
                "inbox.received": State("Mới nhận", "active", "arrow"),
                "inbox.accepted": State("Đã tiếp nhận", "good", "check"),
            }
        )
        navigation.register(
            navigation.Place("Hộp nhận đề cử", "nominations:inbox", order=40, shown=is_the_nations_staff)
        )
