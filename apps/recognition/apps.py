from django.apps import AppConfig

from tieubieu.ui import navigation, states
from tieubieu.ui.states import State

TELLING = {
    "telling.untold": State("Chưa báo được", "warn", "warn"),
    "telling.told": State("Đã báo, chưa mở", "active", "arrow"),
    "telling.opened": State("Đã mở xem", "good", "check"),
    "telling.undelivered": State("Thư không gửi được", "warn", "warn"),
    "complaint.late": State("Quá hạn trả lời", "wrong", "clock"),
    "verdict.upheld": State("Chấp nhận", "good", "check"),
    "verdict.partly": State("Chấp nhận một phần", "good", "half"),
    "verdict.rejected": State("Không chấp nhận", "quiet", "cross"),
}
COMPLAINTS: dict[str, tuple[states.Tone, str]] = {
    "filed": ("warn", "clock"),
    "received": ("active", "ring"),
    "rescoring": ("active", "half"),
    "answered": ("good", "check"),
}


class RecognitionConfig(AppConfig):
    name = "apps.recognition"
    label = "recognition"
    verbose_name = "Công nhận"

    def ready(self) -> None:
        from apps.dossiers import holdings  # models are there only now
        from apps.facilities import records
        from apps.recognition.access import has_reviews as seat_has_reviews
        from apps.recognition.navigation import REVIEWS, has_reviews
        from apps.recognition.register import Certificates
        from apps.recognition.states import ComplaintState, ReviewState
        from apps.recognition.takings import EntriesAndCertificates
        from apps.rounds.access import know_duty

        states.register(TELLING)
        states.register_choices("complaint", ComplaintState, COMPLAINTS)
        states.register_choices("review", ReviewState, {"dropped": ("quiet", "minus")})
        know_duty(REVIEWS, seat_has_reviews)
        navigation.register(navigation.Place("Phiếu chấm lại", "reviews:mine", order=20, shown=has_reviews))
        holdings.keep(Certificates())
        records.keep(EntriesAndCertificates())
