from django.urls import path

from santai.kernel.orgs import views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("<slug:code>/", views.organisation, name="organisation"),
]
