"""The city's home page at /."""

from django.urls import path

from santai.front.portal import views

urlpatterns = [path("", views.home, name="home")]
