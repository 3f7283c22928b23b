from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "communitas.recognition"
    verbose_name = "Recognition"
