from django.urls import path

from santai.kernel.web import views

urlpatterns = [
    path("display/", views.display, name="display"),
    path("design/", views.design, name="design"),
]
