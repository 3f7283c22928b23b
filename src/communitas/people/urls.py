from django.urls import path

from communitas.people import views

app_name = "people"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/address/", views.address, name="address"),
    path("profile/address/<str:token>/", views.confirm_address, name="confirm_address"),
    path("profile/consents/", views.consent, name="consent"),
    path("profile/kept/", views.kept, name="kept"),
    path("accounts/code/", views.code, name="code"),
]
