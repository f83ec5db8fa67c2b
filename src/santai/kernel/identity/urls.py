from django.urls import path

from santai.kernel.identity import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("switch/", views.switch, name="switch"),
    path("register/", views.register, name="register"),
    path("demo/become/", views.become, name="become"),
    path("demo/become/<str:login>/", views.become, name="become_login"),
]
