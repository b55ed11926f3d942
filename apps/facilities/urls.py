from django.urls import path

from apps.facilities.pages import editing, facility, figures, importing, register, twins, villages

app_name = "facilities"
urlpatterns = [
    path("", register.facilities, name="facilities"),
    path("co-so.xlsx", register.export, name="export"),
    path("moi/", editing.register, name="register"),
    path("nhap/", importing.bring_in, name="bring_in"),
    path("nhap/mau.xlsx", importing.template, name="template"),
    path("nhap/<uuid:batch_id>/", importing.one_import, name="import"),
    path("nhap/<uuid:batch_id>/xac-nhan/", importing.confirm, name="confirm_import"),
    path("nhap/<uuid:batch_id>/chua-nhap-duoc.xlsx", importing.returned, name="returned"),
    path("lang-nghe/", villages.villages, name="villages"),
    path("lang-nghe/lang-nghe.xlsx", villages.export_villages, name="export_villages"),
    path("lang-nghe/moi/", villages.list_one, name="list_village"),
    path("lang-nghe/<uuid:village_id>/", villages.revise_one, name="revise_village"),
    path("trung/", twins.twins, name="twins"),
    path("trung/trung.xlsx", twins.export_twins, name="export_twins"),
    path("trung/<uuid:first_id>/<uuid:second_id>/", twins.side_by_side, name="side_by_side"),
    path("trung/<uuid:first_id>/<uuid:second_id>/gop/", twins.merge, name="merge"),
    path("trung/<uuid:first_id>/<uuid:second_id>/khac-nhau/", twins.distinct, name="distinct"),
    path("<uuid:facility_id>/", facility.facility, name="facility"),
    path("<uuid:facility_id>/sua/", editing.edit, name="edit"),
    path("<uuid:facility_id>/lien-he/", editing.contact, name="contact"),
    path("<uuid:facility_id>/so-lieu/", figures.choose_year, name="choose_year"),
    path("<uuid:facility_id>/so-lieu/<int:year>/", figures.figures, name="figures"),
]
