from django.urls import path

from santai.kernel.clocks import views

urlpatterns = [
    path("", views.year_page, name="year"),
    path("<int:year>/", views.year_page, name="year_of"),
    path("<int:year>/load/", views.load_page, name="load"),
    path("day/<str:day>/", views.day_page, name="day"),
    path("rules/", views.rules_page, name="rules"),
    path("explain/<uuid:clock_id>/", views.explain_page, name="explain"),
]
