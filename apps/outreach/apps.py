from django.apps import AppConfig

from apps.outreach.navigation import may_see_campaigns
from apps.outreach.states import CampaignState, Step
from tieubieu.ui import navigation, states


class OutreachConfig(AppConfig):
    name = "apps.outreach"
    label = "outreach"
    verbose_name = "Vận động cơ sở tham gia"

    def ready(self) -> None:
        states.register_choices("campaign", CampaignState, {"draft": ("quiet", "pen"), "sent": ("good", "check")})
        looks: dict[str, tuple[states.Tone, str]] = {
            "filed": ("good", "check"),
            "started": ("active", "pen"),
            "opened": ("active", "ring"),
            "sent": ("quiet", "arrow"),
            "waiting": ("quiet", "clock"),
            "failed": ("wrong", "warn"),
            "paper": ("quiet", "dot"),
        }
        states.register_choices("invited", Step, looks)
        navigation.register(
            navigation.Place("Vận động", "outreach:campaigns", order=35, shown=may_see_campaigns, group="Cơ sở")
        )
