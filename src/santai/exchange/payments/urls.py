from django.urls import path

from santai.exchange.payments import views

urlpatterns = [
    path("", views.orders, name="orders"),
    path("notify/", views.notify, name="notify"),
    path("days/", views.days, name="days"),
    path("days/<str:day>/", views.one_day, name="day"),
    path("orders/<slug:order_no>/", views.order, name="order"),
]
