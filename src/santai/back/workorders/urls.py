from django.urls import path

from santai.back.workorders import views
from santai.back.workorders.views import firms

urlpatterns = [
    path("", views.orders_page, name="orders"),
    path("firms/", firms.firms_page, name="firms"),
    path("firms/<uuid:manager>/", firms.firm_page, name="firm"),
    path("problems/<str:case_no>/", firms.problem_page, name="problem"),
    path("<str:case_no>/", views.order_page, name="order"),
]
