"""The addresses of an installation that also shows the demo's sent mail."""

from django.urls import include, path

from communitas.config import urls

urlpatterns = [path("demo/", include("communitas.demo.urls")), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
handler429 = urls.handler429
