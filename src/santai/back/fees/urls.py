from django.urls import path

from santai.back.fees import views

urlpatterns = [
    path("", views.charges, name="charges"),
    path("cases/<str:case_no>/", views.case, name="case"),
]
