from django.urls import path

from santai.oversight.cockpit import views

urlpatterns = [path("", views.overview, name="overview"), path("departments.csv", views.download, name="download")]
