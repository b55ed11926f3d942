from django.apps import AppConfig

from tenants.benchmarks.choices import Benchmark, Option, register
from tieubieu.ui import navigation, states
from tieubieu.ui.states import State


class DossiersConfig(AppConfig):
    name = "apps.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        from apps.dossiers.navigation import (  # models are there only now
            acts_for_a_facility,
            may_assist,
            may_edit_forms,
            may_open_desk,
        )
        from apps.dossiers.states import EntryState

        looks: dict[str, tuple[states.Tone, str]] = {
            "ineligible": ("wrong", "cross"),
            "dissolved": ("quiet", "join"),
        }
        states.register_choices("entry", EntryState, looks)
        states.register(DESK_WORDS | PORTAL_WORDS)
        navigation.register(
            navigation.Place("Hồ sơ của cơ sở", "dossiers:home", order=12, shown=acts_for_a_facility),
            navigation.Place("Kiểm tra hồ sơ", "desk:queue", order=15, shown=may_open_desk, group="Hồ sơ"),
            navigation.Place("Gửi hồ sơ giúp", "dossiers:assist", order=16, shown=may_assist, group="Hồ sơ"),
            navigation.Place("Mẫu hồ sơ", "dossiers:form_editor", order=45, shown=may_edit_forms, group="Hồ sơ"),
        )
        register(FILING)


FILING = Benchmark(
    "filing",
    "lưu câu trả lời, tải ảnh, gửi hồ sơ: bao nhiêu lần một giây",
    "apps.dossiers.measuring.run.run",
    (
        Option("seconds", 2, "mỗi nhịp thử giữ mấy giây"),
        Option("filings", 600, "số hồ sơ soạn sẵn để gửi"),
        Option("arrivals", 100, "ở nhịp bền vững mỗi việc đo ít nhất mấy lần; từ 100 lần mới nói được p99"),
    ),
)

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

PORTAL_WORDS = {
    "progress.untouched": State("Chưa bắt đầu", "quiet", "ring"),
    "progress.under_way": State("Đang làm", "active", "half"),
    "progress.done": State("Đã xong", "quiet", "check"),
    "field.held": State("Đã sửa, chờ gửi lại", "active", "pen"),
    "field.faulty": State("Chưa đúng", "wrong", "warn"),
    "field.lacking": State("Còn thiếu", "warn", "warn"),
    "filing.unconfirmed": State("Chủ cơ sở chưa xác nhận", "warn", "question"),
    "filing.confirmed": State("Chủ cơ sở đã xác nhận", "good", "check"),
}
