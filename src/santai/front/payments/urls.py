from django.urls import path

from santai.front.payments import views

urlpatterns = [
    path("", views.payments, name="payments"),
    path("<slug:order_no>/", views.payment, name="payment"),
]
