from django.urls import path

from communitas.demo import views

app_name = "demo"
urlpatterns = [
    path("mail/", views.mail, name="mail"),
    path("mail/<int:pk>/", views.message, name="message"),
]
