from django.urls import path

from communitas.cycles import views

app_name = "cycles"
urlpatterns = [
    path("cycles/", views.cycles, name="cycles"),
    path("cycles/now/", views.now, name="now"),
    path("cycles/reminders/", views.reminders, name="reminders"),
    path("cycles/new/", views.new, name="new"),
    path("cycles/<int:pk>/", views.cockpit, name="cockpit"),
    path("cycles/<int:pk>/settings/", views.settings, name="settings"),
    path("cycles/<int:pk>/turn/", views.turn, name="turn"),
    path("cycles/<int:pk>/enrol/", views.enrol, name="enrol"),
    path("cycles/<int:pk>/remind/", views.remind, name="remind"),
    path("cycles/<int:pk>/open-self-reviews/", views.open_self_reviews, name="open_self_reviews"),
    path("enrolments/<int:pk>/", views.enrolment, name="enrolment"),
    path("enrolments/<int:pk>/extend/", views.extend, name="extend"),
    path("enrolments/<int:pk>/move/", views.move, name="move"),
    path("enrolments/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("enrolments/<int:pk>/change/<slug:kind>/", views.change, name="change"),
    path("enrolments/<int:pk>/modules/", views.modules, name="modules"),
]
