from django.urls import path

from santai.exchange.notices import views

urlpatterns = [path("", views.overview, name="overview")]
