from django.urls import path

from apps.nominations import pages

app_name = "nominations"
urlpatterns = [
    path("", pages.inbox, name="inbox"),
    path("<uuid:packet_id>/", pages.packet, name="packet"),
    path("<uuid:packet_id>/tiep-nhan/", pages.accept, name="accept"),
]
