from django.apps import AppConfig

from tieubieu.ui import navigation, states
from tieubieu.ui.states import State


class CouncilsConfig(AppConfig):
    name = "apps.councils"
    label = "councils"
    verbose_name = "Hội đồng"
    append_only = ("councils_sessionact",)

    def ready(self) -> None:
        from apps.councils.navigation import sits_on_a_council  # models are there only now

        navigation.register(
            navigation.Place("Họp Hội đồng", "councils:mine", order=25, shown=sits_on_a_council, group="Kỳ bình chọn")
        )
        states.register(
            {
                "session.open": State("Đang họp", "active", "ring"),
                "session.closed": State("Đã bế mạc", "decided", "seal"),
                "room.present": State("Có mặt", "good", "check"),
                "room.away": State("Vắng", "quiet", "minus"),
                "ballot.open": State("Đang biểu quyết", "active", "ring"),
                "ballot.adopted": State("Được thông qua", "good", "check"),
                "ballot.rejected": State("Không được thông qua", "quiet", "minus"),
                "ballot.annulled": State("Đã hủy", "wrong", "cross"),
                "quorum.enough": State("Đủ số thành viên", "good", "check"),
                "quorum.lost": State("Chưa đủ số thành viên", "warn", "pause"),
                "line.tied": State("Bằng điểm", "warn", "join"),
                "outcome.selected": State("Được chọn", "decided", "seal"),
                "outcome.passed_not_selected": State("Không được chọn", "quiet", "minus"),
                "outcome.below": State("Chưa đạt", "quiet", "cross"),
            }
        )
