from django.apps import AppConfig

from tieubieu.ui import states
from tieubieu.ui.states import State


class RoundsConfig(AppConfig):
    name = "apps.rounds"
    label = "rounds"
    verbose_name = "Kỳ bình chọn"

    def ready(self) -> None:
        states.register(
            {
                "round.draft": State("Đang soạn kế hoạch", "quiet", "pen"),
                "round.planned": State("Kế hoạch đã duyệt", "quiet", "check"),
                "round.open": State("Đang nhận hồ sơ", "active", "ring"),
                "round.screening": State("Đang kiểm tra hồ sơ", "active", "ring"),
                "round.scoring": State("Đang chấm điểm", "active", "ring"),
                "round.scored": State("Đã khóa điểm", "good", "lock"),
                "round.council": State("Hội đồng đang họp", "active", "ring"),
                "round.concluded": State("Hội đồng đã kết luận", "good", "check"),
                "round.decided": State("Đã có quyết định công nhận", "decided", "seal"),
                "round.published": State("Đã công bố", "good", "check"),
            }
        )
