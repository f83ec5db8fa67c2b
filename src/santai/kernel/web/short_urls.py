"""The living page of the design system at /design/."""

from django.urls import path

from santai.kernel.web import views

urlpatterns = [path("design/", views.design, name="design")]
