from django.urls import path

from santai.back.delivery import views

urlpatterns = [
    path("", views.deliveries, name="deliveries"),
    path("<str:sub_case_no>/", views.one, name="one"),
]
