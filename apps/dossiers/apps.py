from django.apps import AppConfig

from tieubieu.ui import navigation, states
from tieubieu.ui.states import State


class DossiersConfig(AppConfig):
    name = "apps.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        from apps.dossiers.navigation import may_open_desk  # models are there only now
        from apps.dossiers.states import EntryState

        looks: dict[str, tuple[states.Tone, str]] = {
            "ineligible": ("wrong", "cross"),
            "dissolved": ("quiet", "join"),
        }
        states.register_choices("entry", EntryState, looks)
        states.register(DESK_WORDS)
        navigation.register(navigation.Place("Kiểm tra hồ sơ", "desk:queue", order=15, shown=may_open_desk))


DESK_WORDS = {
    "desk.chua-ai-xem": State("Chưa ai xem", "quiet", "ring"),
    "desk.con-thieu": State("Còn mục chưa đạt", "wrong", "warn"),
    "desk.dat-ca": State("Mục đã xem đều đạt", "good", "check"),
    "desk.corrected": State("Mới bổ sung", "active", "arrow"),
    "desk.overdue": State("Quá hạn bổ sung", "warn", "clock"),
    "desk.unconfirmed": State("Chủ cơ sở chưa xác nhận", "warn", "question"),
    "verdict.good": State("Đạt", "good", "check"),
    "verdict.missing": State("Thiếu", "warn", "minus"),
    "verdict.wrong": State("Chưa đúng", "wrong", "cross"),
    "finding.good": State("Đạt", "good", "check"),
    "finding.bad": State("Chưa đạt", "wrong", "cross"),
    "finding.warning": State("Lưu ý", "warn", "warn"),
    "finding.by_hand": State("Cần đối chiếu", "quiet", "ring"),
    "supplement.open": State("Chờ cơ sở bổ sung", "warn", "clock"),
    "supplement.answered": State("Cơ sở đã bổ sung", "good", "check"),
    "supplement.cancelled": State("Đã rút lại yêu cầu", "quiet", "minus"),
}
