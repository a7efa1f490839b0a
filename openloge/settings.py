"""The one settings file: everything comes from the environment, and the defaults are safe.

`docs/reference/settings.md` lists the variables. Without any, the site runs on SQLite, with
DEBUG off, no demo passwords and no host allowed but this machine's loopback addresses.
"""

import os
import secrets
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from openloge.storages import uploads

# Before anything imports numpy: the search's matrices are small, and threads for each would only fight for the cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("OPENLOGE_VAR", default=str(BASE_DIR / "var")))
TESTING = env.bool("OPENLOGE_TESTING", default=False)

DEMO = env.bool("OPENLOGE_DEMO", default=False)
"""Demo mode: known passwords, a signpost at `/`, GraphiQL for all, a clock that stands still."""

DEMO_NOW = env.str("OPENLOGE_DEMO_NOW", default="2026-11-24T09:00:00+01:00")
CLOCK_STANDS_AT = datetime.fromisoformat(DEMO_NOW) if DEMO else None
"""The instant that doors pass into the domain as `now`; None means the real time."""

DEBUG = env.bool("DEBUG", default=False)


def _number(name: str, default: int, between: tuple[int, int] | None = None) -> int:
    """A whole number from the environment, within bounds where there are some."""
    try:
        number = int(env.int(name, default=default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {env.str(name)!r}.") from error
    if between and not between[0] <= number <= between[1]:
        raise ImproperlyConfigured(f"{name} must be between {between[0]} and {between[1]}, not {number}.")
    return number


def _secret_key() -> str:
    """The key from the environment; only demo, debug and test runs may do without one."""
    if key := env.str("SECRET_KEY", default=""):
        return str(key)
    if DEMO:  # kept beside the demo database, so that a second run keeps its log-ins
        path = VAR_DIR / "demo-secret-key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50))
        return path.read_text()
    if DEBUG or TESTING:
        return secrets.token_urlsafe(50)
    raise ImproperlyConfigured("SECRET_KEY is not set: a production site needs one (`make demo` makes its own).")


SECRET_KEY = _secret_key()

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORT = _number("PORT", 8000, between=(1, 65535))
BASE_URL = env.str("BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
FRONTEND_URL = env.str("FRONTEND_URL", default="").rstrip("/")
"""Where residents read the pages. Empty: the plain pages that this server renders itself."""

INSTALLED_APPS = [
    "openloge.apps.OpenLogeConfig",
    "graphql_api.apps.GraphqlApiConfig",
    "search.apps.SearchConfig",
    "cms.apps.CmsConfig",
    "loges.apps.LogesConfig",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "guardian",
    "django_tasks_db",
    "strawberry_django",
    "corsheaders",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # for its French: Wagtail tells times with it
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

if TESTING and find_spec("django_migration_linter"):
    INSTALLED_APPS.append("django_migration_linter")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",  # before whatever may answer on its own: refusals need its headers too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.middleware.AtomicWrites",
    "cms.gate.AdminGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.Redirections",
]

ROOT_URLCONF = "openloge.urls"
WSGI_APPLICATION = "openloge.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Database: SQLite unless DATABASE_URL says otherwise ---------------------------------------
_database = env.db_url_config(env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'openloge.sqlite3'}")
if "sqlite" in _database["ENGINE"]:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    _database["OPTIONS"] = {
        # Read-then-write under SQLite's DEFERRED gives "database is locked" as soon as two writers meet.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;"
        ),
    }
else:
    # No statement of a request lasts longer; commands, which build whole indexes, have no limit unless told.
    _database["OPTIONS"] = {"options": f"-c statement_timeout={_number('STATEMENT_TIMEOUT_MS', 0)}"}
    if not TESTING:
        _database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": _number("DATABASE_POOL_SIZE", 8)}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People and rights ------------------------------------------------------------------------
AUTH_USER_MODEL = "loges.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
if DEMO:
    AUTHENTICATION_BACKENDS.insert(0, "cms.demo.login.DemoBackend")
ANONYMOUS_USER_NAME = None  # guardian: no row for the anonymous, so no query for their rights either
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "wagtailadmin_login"

# --- Territories ------------------------------------------------------------------------------
TERRITORY_OVERLAP_PERCENT = _number("TERRITORY_OVERLAP_PERCENT", 10, between=(0, 100))
"""How much of the smaller of two open loges' territories the other may cover."""

# --- Safety -----------------------------------------------------------------------------------
_over_https = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _over_https
SECURE_HSTS_SECONDS = _number("SECURE_HSTS_SECONDS", 3600 if _over_https else 0)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
WAGTAIL_USER_TIME_ZONES = [
    TIME_ZONE,
    *("Europe/Brussels", "Europe/Lisbon", "Europe/London", "Europe/Luxembourg", "Europe/Zurich"),
    *("America/Cayenne", "America/Guadeloupe", "America/Martinique", "America/Miquelon"),
    *("Indian/Mayotte", "Indian/Reunion"),
    *("Pacific/Noumea", "Pacific/Tahiti", "Pacific/Wallis"),
]
"""What an editor may choose for their screens. Not all that this machine knows: browsers refuse some, `localtime`."""
USE_I18N = True
FORMAT_MODULE_PATH = "cms.locale"
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]  # for the words of scripts: the admin's ask Wagtail alone
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------
STATIC_URL, MEDIA_URL = "/static/", "/media/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "static_collected")))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
_collected = not (DEMO or DEBUG or TESTING)
STORAGES = {
    "default": uploads(env.str("MEDIA_BUCKET", ""), endpoint=env.str("MEDIA_BUCKET_URL", ""), base_url=BASE_URL),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not _collected
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=True)
"""Whether this server hands out uploaded files itself; in production the front web server does."""

# --- Wagtail ----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "OpenLoge"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_USER_LOGIN_FORM = "cms.login_form.FrenchLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.login_form.PasswordResetForm"  # noqa: S105 (a class, no password)
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # they are of the team, which is written to already
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.image_forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000  # today's phones send 48 or 50 million; each takes 4 bytes of memory
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jpeg", "jpg", "png", "webp"]
TAGGIT_TAGS_FROM_STRING = "cms.keywords.read"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.document_forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odt", "pdf", "txt", "xlsx", "zip"]
SEARCH_VECTORS = env.str("SEARCH_VECTORS", default="" if TESTING else str(BASE_DIR / "var" / "french-vectors.npz"))
"""The file of French word vectors that `manage.py search_vectors` writes; empty: the search does without.

Tests do without unless they ask for it, so that their answers don't depend on a download.
"""

SEARCH_URL = env.list("SEARCH_URL", default=[])
"""The addresses of Elasticsearch; none: experts are found by the database."""
SEARCH_API_KEY, SEARCH_CA_CERTS = env.str("SEARCH_API_KEY", default=""), env.str("SEARCH_CA_CERTS", default="")
SEARCH_TIMEOUT_MS = _number("SEARCH_TIMEOUT_MS", 800)
SEARCH_FALLBACK = env.bool("SEARCH_FALLBACK", default=True)
SEARCH_INDEX_PREFIX = env.str("SEARCH_INDEX_PREFIX", default="openloge")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.full_text", "SEARCH_CONFIG": "french"}}

# --- Tasks ------------------------------------------------------------------------------------
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "pictures": {
        "BACKEND": "django_tasks.backends.dummy.DummyBackend" if TESTING else "django_tasks_db.DatabaseBackend"
    },
}
"""Wagtail's own tasks are done at once; the slow formats of pictures by `manage.py db_worker --backend pictures`."""

# --- GraphQL ----------------------------------------------------------------------------------
_LOCAL_FRONTENDS = [f"http://{host}:{port}" for host in ("localhost", "127.0.0.1") for port in (3000, 4321, 5173)]
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=_LOCAL_FRONTENDS if DEMO else [])
"""Whose pages may read the API's answers, and send cookies along."""
CORS_URLS_REGEX = r"^/graphql/$"
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_METHODS = ["GET", "POST"]
CORS_EXPOSE_HEADERS = ["X-Request-Id"]
STRAWBERRY_DJANGO = {"FIELD_DESCRIPTION_FROM_HELP_TEXT": False, "TYPE_DESCRIPTION_FROM_MODEL_DOCSTRING": False}

# --- Mail and logs ----------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="OpenLoge <bonjour@openloge.example>")
if email_url := env.str("EMAIL_URL", default=""):
    vars().update(env.email_url_config(email_url))
elif DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mails"
"""Where the demo keeps its mail; `/courriels/` shows it."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
