from django.urls import path

from santai.back.inspections import views

urlpatterns = [
    path("", views.penalties_page, name="penalties"),
    path("new/", views.file_page, name="file"),
    path("on-spot/", views.on_spot_page, name="on_spot"),
    path("penalties/<str:case_no>/", views.penalty_page, name="penalty"),
    path("plans/", views.plans_page, name="plans"),
    path("plans/<uuid:plan>/", views.plan_page, name="plan"),
    path("plans/<uuid:plan>/print/", views.draw_sheet, name="draw_sheet"),
    path("cases/<str:case_no>/", views.inspection_page, name="inspection"),
    path("lists/", views.lists_page, name="lists"),
]
