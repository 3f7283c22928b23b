from django.urls import path

from communitas.web import views

app_name = "web"
urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<str:token>.ics", views.feed, name="feed"),
    path("profile/mail/", views.mail_choices, name="mail_choices"),
    path("networks/", views.networks, name="networks"),
    path("second/", views.second, name="second"),
    path("second/<int:pk>/", views.settle, name="settle"),
    path("work/<int:pk>/", views.job, name="job"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("healthz", views.healthz, name="healthz"),
]
