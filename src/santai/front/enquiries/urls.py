from django.urls import path

from santai.front.enquiries import views

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:key>/", views.enquiry, name="enquiry"),
]
