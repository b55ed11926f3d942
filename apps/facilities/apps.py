from django.apps import AppConfig

from apps.facilities.navigation import may_see_facilities
from tieubieu.ui import navigation


class FacilitiesConfig(AppConfig):
    name = "apps.facilities"
    label = "facilities"
    verbose_name = "Cơ sở"

    def ready(self) -> None:
        navigation.register(navigation.Place("Cơ sở", "facilities:facilities", order=30, shown=may_see_facilities))
