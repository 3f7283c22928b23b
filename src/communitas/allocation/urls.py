from django.urls import path

from communitas.allocation import views

app_name = "allocation"
urlpatterns = [
    path("allocation/", views.now, name="studio"),
    path("allocation/explained/", views.explained, name="explained"),
    path("allocation/settings/", views.settings, name="settings"),
    path("allocation/cycles/<int:pk>/", views.cycle, name="cycle"),
    path("allocation/cycles/<int:pk>/propose/", views.propose, name="propose"),
    path("allocation/cycles/<int:pk>/plans/", views.plans, name="plans"),
    path("allocation/cycles/<int:pk>/what-if/", views.what_if, name="what_if"),
    path("allocation/cycles/<int:pk>/reviewers/", views.reviewers, name="reviewers"),
    path("allocation/cycles/<int:pk>/reviewers/import/", views.import_reviewers, name="import_reviewers"),
    path("allocation/cycles/<int:pk>/reviewers/<int:account>/", views.reviewer, name="reviewer"),
    path("allocation/cycles/<int:pk>/reviewers/<int:account>/days/", views.days, name="days"),
    path("allocation/cycles/<int:pk>/reviewers/<int:account>/base/", views.base, name="base"),
    path("allocation/cycles/<int:pk>/reviewers/ask/", views.ask_for_days, name="ask_for_days"),
    path("reviewing/", views.my_reviewing, name="my_reviewing"),
    path("reviewing/base/", views.my_base, name="my_base"),
    path("reviewing/days/<int:pk>/", views.my_days, name="my_days"),
    path("reviewing/visits/<int:pk>/come/", views.come, name="come"),
    path("reviewing/offers/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("allocation/communities/<int:pk>/point/", views.point, name="point"),
    path("allocation/runs/<int:pk>/stop/", views.stop, name="stop"),
    path("allocation/plans/<int:pk>/", views.plan, name="plan"),
    path("allocation/plans/<int:pk>/accept/", views.accept, name="accept"),
    path("allocation/plans/<int:pk>/visits/<int:community>/", views.visit, name="visit"),
    path("allocation/plans/<int:pk>/visits/<int:community>/swap/", views.swap, name="swap"),
    path("allocation/plans/<int:pk>/visits/<int:community>/pin/", views.pin, name="pin"),
    path("allocation/plans/<int:pk>/visits/<int:community>/forbid/", views.forbid, name="forbid"),
    path("allocation/pins/<int:pk>/take-back/", views.unpin, name="unpin"),
    path("allocation/forbidden/<int:pk>/take-back/", views.allow_again, name="allow_again"),
]
