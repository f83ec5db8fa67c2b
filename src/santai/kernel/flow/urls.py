from django.urls import path

from santai.kernel.flow import views

urlpatterns = [
    path("", views.processes, name="processes"),
    path("<slug:key>/<int:version>/", views.process, name="process"),
    path("tables/<slug:key>/<int:version>/", views.table, name="table"),
]
