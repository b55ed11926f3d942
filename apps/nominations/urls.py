from django.urls import path

from apps.nominations.pages import packets, proposals

app_name = "nominations"
urlpatterns = [
    path("", packets.inbox, name="inbox"),
    path("de-cu-da-nhan.xlsx", packets.inbox_xlsx, name="inbox_xlsx"),
    path("de-nghi/", proposals.proposals, name="proposals"),
    path("de-nghi.xlsx", proposals.proposals_xlsx, name="proposals_xlsx"),
    path("de-nghi/<uuid:proposal_id>/", proposals.proposal, name="proposal"),
    path("de-nghi/<uuid:proposal_id>/bo/<uuid:entry_id>/", proposals.drop, name="drop"),
    path("de-nghi/<uuid:proposal_id>/gui/", proposals.send, name="send"),
    path("de-nghi/<uuid:proposal_id>/danh-sach.xlsx", proposals.summary_xlsx, name="summary_xlsx"),
    path("de-nghi/<uuid:proposal_id>/danh-sach.pdf", proposals.summary_pdf, name="summary_pdf"),
    path("de-nghi/ky/<str:code>/san-pham.xlsx", proposals.choose_xlsx, name="choose_xlsx"),
    path("de-nghi/ky/<str:code>/", proposals.choose, name="choose"),
    path("<uuid:packet_id>/", packets.packet, name="packet"),
    path("<uuid:packet_id>/tiep-nhan/", packets.accept, name="accept"),
]
