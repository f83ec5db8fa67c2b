"""Addresses of the window."""

from django.urls import path

from santai.front.counter.views import handouts, helping, intakes, receipts, running, visits

urlpatterns = [
    path("", visits.home, name="home"),
    path("visits/<str:number>/", visits.visit, name="visit"),
    path("visits/<str:number>/close/", visits.close, name="close"),
    path("visits/<str:number>/start/<str:code>/", visits.start, name="start"),
    path("intakes/<uuid:intake_id>/", intakes.intake, name="intake"),
    path("receipts/<str:case_no>/", receipts.receipt, name="receipt"),
    path("told/<path:number>/", receipts.told, name="told"),
    path("returns/", running.returns, name="returns"),
    path("handouts/", handouts.handouts, name="handouts"),
    path("handouts/<str:case_no>/", handouts.handout, name="handout"),
    path("handouts/<str:case_no>/tried/", handouts.tried, name="tried"),
    path("collected/<str:number>/", handouts.handed_out, name="handed_out"),
    path("collected/<str:number>/change/", handouts.change, name="change"),
    path("visits/<str:number>/address/", handouts.address, name="address"),
    path("hours/", running.hours, name="hours"),
    path("calendar/", running.calendar, name="calendar"),
    path("troubles/", helping.troubles, name="troubles"),
    path("troubles/<str:number>/", helping.trouble, name="trouble"),
    path("clients/", helping.clients, name="clients"),
    path("clients/<uuid:client>/", helping.client, name="client"),
    path("outages/", running.outages, name="outages"),
    path("outages/<str:number>/", running.answer, name="answer_outage"),
]
