"""The application that a WSGI server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communitas.config.settings.prod")
application = get_wsgi_application()

# Every page's code is read now, not when the first visitor comes. None of it is ever thrown away, so the garbage
# collector need not go through it again: that would hold up every request of the process for 150 ms now and then.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
