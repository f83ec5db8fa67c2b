from django.urls import path

from santai.kernel.web import views

urlpatterns = [
    path("display/", views.display, name="display"),
    path("workbench/", views.workbench, name="workbench"),
    path("design/", views.design, name="design"),
]
