"""Every address of Communitas. Pages of a network stand under its slug, which a middleware takes off first."""

from django.urls import include, path

urlpatterns = [
    path("", include("communitas.workbooks.urls")),  # first, for its pages are asked most often of all
    path("", include("communitas.questionnaires.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("communitas.kit.urls")),
    path("", include("communitas.people.urls")),
    path("", include("communitas.members.urls")),
    path("", include("communitas.standards.urls")),
    path("", include("communitas.recognition.urls")),
    path("", include("communitas.cycles.urls")),
    path("", include("communitas.visits.urls")),
    path("", include("communitas.allocation.urls")),
    path("", include("communitas.benchmarking.urls")),
    path("", include("communitas.reports.urls")),
    path("", include("communitas.web.urls")),
]
handler400 = "communitas.web.errors.bad_request"
handler403 = "communitas.web.errors.refused"
handler404 = "communitas.web.errors.missing"
handler500 = "communitas.web.errors.broken"
handler429 = "communitas.people.limits.too_many"
