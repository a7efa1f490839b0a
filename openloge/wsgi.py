"""The WSGI entry point: `granian --interface wsgi openloge.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openloge.settings")
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "5000")  # this process answers requests
application = get_wsgi_application()
