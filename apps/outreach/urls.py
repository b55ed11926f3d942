from django.urls import path

from apps.outreach import pages

app_name = "outreach"
urlpatterns = [
    path("", pages.campaigns, name="campaigns"),
    path("dot-van-dong.xlsx", pages.campaigns_xlsx, name="campaigns_xlsx"),
    path("moi/<str:code>/", pages.new, name="new"),
    path("thu-moi/<str:token>/", pages.invitation, name="invitation"),
    path("<uuid:campaign_id>/", pages.campaign, name="campaign"),
    path("<uuid:campaign_id>/sua/", pages.edit, name="edit"),
    path("<uuid:campaign_id>/danh-sach/", pages.left_out, name="left_out"),
    path("<uuid:campaign_id>/gui/", pages.send, name="send"),
    path("<uuid:campaign_id>/gui-lai/", pages.send_again, name="post_again"),
    path("<uuid:campaign_id>/nhac/<str:kind>/", pages.send_reminder, name="remind"),
    path("<uuid:campaign_id>/thu-giay/", pages.ask_letters, name="ask_letters"),
    path("<uuid:campaign_id>/thu-moi.pdf", pages.letters, name="letters"),
    path("<uuid:campaign_id>/danh-sach.xlsx", pages.export, name="export"),
    path("<uuid:campaign_id>/tien-do/<str:kind>/", pages.progress, name="progress"),
]
