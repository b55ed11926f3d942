from django.apps import AppConfig

from tieubieu.ui import states
from tieubieu.ui.states import State


class CouncilsConfig(AppConfig):
    name = "apps.councils"
    label = "councils"
    verbose_name = "Hội đồng"

    def ready(self) -> None:
        states.register(
            {
                "outcome.selected": State("Được chọn", "decided", "seal"),
                "outcome.passed_not_selected": State("Không được chọn", "quiet", "minus"),
                "outcome.below": State("Chưa đạt", "quiet", "cross"),
            }
        )
