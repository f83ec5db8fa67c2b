from django.urls import path

from santai.back.connectors import views

urlpatterns = [
    path("<slug:system>/", views.tasks_page, name="tasks"),
    path("<slug:system>/<uuid:task>/", views.report_page, name="report"),
]
