from django.urls import path

from santai.exchange.gateway import views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("ask/", views.ask, name="ask"),
    path("replica/", views.replica, name="replica"),
]
