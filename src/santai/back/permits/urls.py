from django.urls import path

from santai.back.permits import views

urlpatterns = [
    path("", views.work, name="work"),
    path("cases/<str:case_no>/", views.case, name="case"),
    path("licences/", views.licences, name="licences"),
    path("licences/<str:identifier>/", views.licence, name="licence"),
    path("publications/", views.publications, name="publications"),
    path("publications/<uuid:publication_id>/", views.publication, name="publication"),
    path("handovers/", views.handovers, name="handovers"),
]
