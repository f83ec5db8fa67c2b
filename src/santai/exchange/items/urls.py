from django.urls import path

from santai.exchange.items import views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("<str:code>/", views.item, name="item"),
    path("<str:code>/v<int:version>/", views.version, name="version"),
    path("<str:code>/compare/", views.compare, name="compare"),
]
