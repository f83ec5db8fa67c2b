from django.urls import path

from santai.back.letters import views

urlpatterns = [
    path("", views.letters, name="letters"),
    path("phrases/", views.phrases, name="phrases"),
    path("<slug:kind>/", views.one, name="one"),
    path("<slug:kind>/pdf/", views.pdf_page, name="pdf"),
]
