from django.urls import path

from communitas.visits import views

app_name = "visits"
urlpatterns = [
    path("visits/", views.visit_list, name="list"),
    path("visits/mine/", views.mine, name="mine"),
    path("visits/settings/", views.visit_settings, name="settings"),
    path("visits/interests/", views.interests, name="interests"),
    path("visits/interests/all/", views.all_interests, name="all_interests"),
    path("visits/interests/<int:pk>/withdraw/", views.withdraw_interest, name="withdraw_interest"),
    path("enrolments/<int:pk>/visit/", views.plan, name="plan"),
    path("visits/<int:pk>/", views.visit, name="visit"),
    path("visits/<int:pk>/date/", views.set_date, name="set_date"),
    path("visits/<int:pk>/practical/", views.practical, name="practical"),
    path("visits/<int:pk>/postpone/", views.postpone, name="postpone"),
    path("visits/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("visits/<int:pk>/held/", views.hold, name="hold"),
    path("visits/<int:pk>/team/", views.candidates, name="candidates"),
    path("visits/<int:pk>/team/ask/", views.ask, name="ask"),
    path("visits/<int:pk>/team/appoint/", views.appoint, name="appoint"),
    path("visits/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("places/<int:pk>/accept/", views.accept, name="accept"),
    path("places/<int:pk>/decline/", views.decline, name="decline"),
    path("places/<int:pk>/remove/", views.remove, name="remove"),
    path("places/<int:pk>/absent/", views.mark_absent, name="mark_absent"),
]
