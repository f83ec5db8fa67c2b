from django.urls import path

from santai.config.demo import views
from santai.config.demo.pay import views as pay

app_name = "demo"
urlpatterns = [
    path("", views.start_page, name="start"),
    path("split/", views.split_page, name="split"),
    path("split/<str:case_no>/", views.split_page, name="split_case"),
    path("split/<str:case_no>/panels/", views.panels_part, name="panels"),
    path("clock/", views.clock_page, name="clock"),
    path("compare/", views.compare_page, name="compare"),
    path("phone/", views.phone_page, name="phone"),
    path("sms/", views.sms_page, name="sms"),
    path("pay/gateway/", pay.gateway, name="pay_gateway"),
    path("pay/bill/", pay.bill, name="pay_bill"),
    path("pay/<slug:order_no>/", pay.cashier, name="pay_cashier"),
    path("pay/<slug:order_no>/confirm/", pay.pay, name="pay_pay"),
]
