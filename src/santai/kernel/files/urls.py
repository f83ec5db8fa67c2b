from django.urls import path

from santai.kernel.files import views

urlpatterns = [
    path("uploads/", views.begin, name="begin"),
    path("uploads/<uuid:upload>/", views.chunk, name="chunk"),
    path("<str:token>/<path:name>", views.download, name="download"),
]
