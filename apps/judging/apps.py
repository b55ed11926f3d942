from django.apps import AppConfig

from tenants.benchmarks.choices import Benchmark, Option, register
from tieubieu.ui import navigation, states
from tieubieu.ui.states import State

JUDGING = Benchmark(
    "judging",
    "cả Ban Giám khảo cùng lưu điểm, rồi tính kết quả từ mọi phiếu",
    "apps.judging.measuring.run.run",
    (Option("seconds", 300, "lưu trong mấy giây"), Option("judges", 200, "số giám khảo")),
)


class JudgingConfig(AppConfig):
    name = "apps.judging"
    label = "judging"
    verbose_name = "Chấm điểm"
    append_only = ("judging_snapshot", "judging_lockedversion", "judging_reopening", "judging_opening")

    def ready(self) -> None:
        from apps.judging.navigation import has_sheets, sits_in_judgment  # models are there only now

        register(JUDGING)
        states.register(
            {
                "conflict.undecided": State("Chờ quyết định", "active", "clock"),
                "conflict.upheld": State("Không tham gia", "warn", "minus"),
                "conflict.dismissed": State("Không có xung đột", "quiet", "check"),
                "sheet.draft": State("Đang chấm", "active", "pen"),
                "sheet.locked": State("Đã khóa", "good", "lock"),
                "sheet.recused": State("Không chấm", "quiet", "minus"),
                "paper.once": State("Đã nhập lần một", "active", "pen"),
                "paper.different": State("Hai lần nhập khác nhau", "warn", "warn"),
                "paper.locked": State("Đã khóa theo phiếu giấy", "good", "lock"),
                "sheet.released": State("Không còn được giao", "quiet", "minus"),
                "sheet.absent": State("Vắng", "quiet", "minus"),
            }
        )
        navigation.register(
            navigation.Place("Phiếu chấm điểm", "judging:my_sheets", order=20, shown=has_sheets),
            navigation.Place("Xung đột lợi ích", "judging:interests", order=21, shown=sits_in_judgment),
        )
