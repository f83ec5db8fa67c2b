from django.urls import path

from santai.kernel.identity import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("switch/", views.switch, name="switch"),
    path("register/", views.register, name="register"),
    path("password/", views.password, name="password"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/new/", views.new_account, name="new_account"),
    path("accounts/<uuid:account>/", views.account, name="account"),
    path("accounts/<uuid:account>/give-post/", views.give_post, name="give_post"),
    path("accounts/<uuid:account>/end-post/", views.end_post, name="end_post"),
    path("accounts/<uuid:account>/reset/", views.reset, name="reset"),
    path("accounts/<uuid:account>/disable/", views.disable, name="disable"),
    path("accounts/<uuid:account>/enable/", views.enable, name="enable"),
    path("demo/become/", views.become, name="become"),
    path("demo/become/<str:login>/", views.become, name="become_login"),
]
