from django.apps import AppConfig

from apps.rounds.navigation import answers_for_rounds
from tieubieu.ui import navigation, states
from tieubieu.ui.states import State


class RoundsConfig(AppConfig):
    name = "apps.rounds"
    label = "rounds"
    verbose_name = "Kỳ bình chọn"

    def ready(self) -> None:
        navigation.register(
            navigation.Place(
                "Các kỳ bình chọn", "setup:rounds", order=10, shown=answers_for_rounds, group="Kỳ bình chọn"
            ),
            navigation.Place("Việc cần làm", "setup:my_work", order=12, shown=answers_for_rounds, group="Kỳ bình chọn"),
        )
        states.register(
            {
                "setup.missing": State("Còn thiếu", "warn", "warn"),
                "setup.done": State("Đã xong", "quiet", "check"),
                "setup.default": State("Theo luật định", "quiet", "ring"),
                "setup.frozen": State("Đã chốt", "good", "lock"),
                "setup.optional": State("Không bắt buộc", "quiet", "ring"),
                "duty.late": State("Trễ hạn", "wrong", "warn"),
                "duty.timely": State("Trong hạn", "quiet", "clock"),
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
