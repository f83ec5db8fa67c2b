"""The living page of the design system at /design/."""

from django.urls import path

from santai.kernel.web import views

urlpatterns = [
    path("design/", views.design, name="design"),
    path("design/workbench/", views.design_workbench, name="design_workbench"),
    path("design/sheet/", views.design_sheet, name="design_sheet"),
]
