from django.urls import path

from communitas.kit.styleguide import styleguide

app_name = "kit"
urlpatterns = [path("styleguide/", styleguide, name="styleguide")]
