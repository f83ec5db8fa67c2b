"""The short public addresses: what people type and what the QR code on a licence opens."""

from django.urls import path

from santai.exchange.licences import views

urlpatterns = [
    path("v/", views.verify, name="verify"),
    path("v/<str:token>/", views.verify_token, name="verify_token"),
]
