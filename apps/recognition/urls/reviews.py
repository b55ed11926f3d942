from django.urls import path

from apps.recognition.pages import reviews

app_name = "reviews"
urlpatterns = [
    path("", reviews.my_reviews, name="mine"),
    path("<uuid:review_id>/", reviews.review, name="review"),
    path("<uuid:review_id>/luu/", reviews.save, name="save"),
    path("<uuid:review_id>/khoa/", reviews.lock, name="lock"),
    path("<uuid:review_id>/giay-to/<uuid:paper_id>/", reviews.dossier_paper, name="dossier_paper"),
    path("<uuid:review_id>/khieu-nai/<uuid:paper_id>/", reviews.complaint_paper, name="complaint_paper"),
]
