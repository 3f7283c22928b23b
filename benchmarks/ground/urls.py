from django.urls import path

from benchmarks.ground import plain_views
from communitas.config.urls import handler400, handler403, handler404, handler429, handler500
from communitas.config.urls import urlpatterns as ours

urlpatterns = [path("plain/insert/", plain_views.insert), path("plain/naked/", plain_views.naked), *ours]
__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]
