from django.urls import path

from communitas.kit.stopping import stop_mail
from communitas.kit.styleguide import styleguide

app_name = "kit"
urlpatterns = [
    path("styleguide/", styleguide, name="styleguide"),
    path("mail/stop/<str:token>/", stop_mail, name="stop_mail"),
]
