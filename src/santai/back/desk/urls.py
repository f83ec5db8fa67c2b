from django.urls import path

from santai.back.desk import views

urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("mandates/", views.mandates_page, name="mandates"),
    path("mandates/<uuid:mandate>/end/", views.end_mandate_page, name="end_mandate"),
    path("absence/", views.absence_page, name="absence"),
    path("claim/", views.claim_page, name="claim"),
    path("export/", views.export_page, name="export"),
    path("opinions/", views.opinions_page, name="opinions"),
    path("cases/<str:case_no>/", views.case_page, name="case"),
    path("cases/<str:case_no>/act/", views.act_page, name="act"),
    path("cases/<str:case_no>/facts/", views.facts_page, name="facts"),
    path("cases/<str:case_no>/print/", views.print_page, name="print"),
]
