from django.urls import path

from santai.kernel.packs import views

urlpatterns = [path("", views.overview, name="overview")]
