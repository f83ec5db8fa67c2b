from django.urls import path

from santai.exchange.bus import views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("letters/<int:seq>/", views.letter, name="letter"),
    path("link/", views.link, name="link"),
    path("files/<str:digest>/", views.file, name="file"),
]
