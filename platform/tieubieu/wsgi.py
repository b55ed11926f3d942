"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

from tieubieu.settings.environment import deployment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"tieubieu.settings.{deployment()}")

application = get_wsgi_application()
