from django.urls import path

from santai.front.ratings import views

urlpatterns = [
    path("", views.home, name="home"),
    path("rate/<str:case_no>/", views.rate, name="rate"),
    path("thanks/<str:case_no>/", views.thanks, name="thanks"),
    path("visit/<str:token>/", views.rate_visit, name="visit"),
    path("visit/<str:token>/thanks/", views.thanks_visit, name="visit_thanks"),
]
