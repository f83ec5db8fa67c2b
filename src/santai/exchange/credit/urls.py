from django.urls import path

from santai.exchange.credit import views

urlpatterns = [
    path("", views.published, name="published"),
    path("decisions/<str:publication_id>/", views.decision, name="decision"),
    path("mine/", views.mine, name="mine"),
    path("records/", views.records, name="records"),
    path("records/<uuid:record_id>/", views.one_record, name="record"),
]
