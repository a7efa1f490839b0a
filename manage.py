#!/usr/bin/env python
"""Django's command line for OpenLoge."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openloge.settings")
    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:  # what the environment says is wrong: the reader needs no traceback
        sys.exit(f"OpenLoge can't start: {error}")
    execute_from_command_line(sys.argv)
