from django.urls import path

from santai.kernel.access import views

urlpatterns = [path("mine/", views.mine, name="mine")]
