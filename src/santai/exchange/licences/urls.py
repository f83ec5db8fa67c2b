from django.urls import path

from santai.exchange.licences import views

urlpatterns = [
    path("", views.issued, name="issued"),
    path("<str:identifier>/", views.one, name="one"),
]
