from django.urls import path

from communitas.recognition import views

app_name = "recognition"
urlpatterns = [
    path("verify/", views.verify_form, name="verify_form"),
    path("verify/<str:code>/", views.verify, name="verify"),
    path("certificates/", views.certificate_list, name="list"),
    path("certificates/issue/", views.propose_all, name="propose_all"),
    path("certificates/ours/", views.own, name="own"),
    path("certificates/<int:pk>/", views.certificate, name="certificate"),
    path("certificates/<int:pk>/issue/", views.propose_issue, name="propose_issue"),
    path("certificates/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("certificates/<int:pk>/certificate.pdf", views.download, name="download"),
]
