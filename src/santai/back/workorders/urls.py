from django.urls import path

from santai.back.workorders import views

urlpatterns = [
    path("", views.orders_page, name="orders"),
    path("<str:case_no>/", views.order_page, name="order"),
]
