from django.urls import path

from santai.oversight.supervision import views

urlpatterns = [
    path("", views.wall, name="wall"),
    path("cards/", views.cards, name="cards"),
    path("cards/export/", views.export, name="export"),
    path("cards/<str:card_no>/", views.card, name="card"),
    path("cases/", views.cases, name="cases"),
    path("cases/<str:case_no>/", views.case, name="case"),
    path("departments/<str:code>/", views.department, name="department"),
    path("rules/", views.rules, name="rules"),
]
