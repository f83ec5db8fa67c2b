from django.urls import path

from santai.back.projects import views

urlpatterns = [
    path("", views.projects_page, name="projects"),
    path("register/", views.register_page, name="register"),
    path("exchange/", views.exchange, name="exchange"),
    path("<str:code>/", views.project_page, name="project"),
]
