"""What every deployment shares."""

from tieubieu.settings import environment

ENV = environment.read()

SECRET_KEY = ENV.secret_key
DEBUG = False
BASE_HOST = ENV.base_host
PORT = ENV.port
SCHEME = "http"
# A province may have a domain of its own: the register knows all hosts, and the tenant middleware, which stands
# before every page, answers an unknown one with 404. What is no host name at all is still a bad request.
ALLOWED_HOSTS = ["*"]
TRUSTED_PROXIES = ENV.proxies
# A judge is reminded at most once in so many hours.
JUDGE_REMINDER_HOURS = ENV.reminder_hours

# --- Rooms -------------------------------------------------------------------------------------
# An app stands in exactly one list: an app in both would let a missing schema fall through to public.
SHARED_APPS = [
    "django_tenants",
    "tieubieu",
    "tieubieu.ui",
    "tieubieu.outbox",
    "tenants",
    "tenants.reference",
    "apps.catalogue",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "csp",
    "rules",
    "rest_framework",
    "drf_spectacular",
    "drf_standardized_errors",
]
TENANT_APPS = [
    "apps.accounts",
    "django.contrib.sessions",
    "axes",
    "oauth2_provider",
    "tieubieu.audit",
    "tieubieu.progress",
    "tieubieu.documents",
    "tieubieu.uploads",
    "tieubieu.notices",
    "apps.facilities",
    "apps.rounds",
    "apps.dossiers",
    "apps.judging",
    "apps.councils",
    "apps.recognition",
    "apps.nominations",
    "apps.outreach",
    "apps.reporting",
    "apps.partners",
    "apps.demo",
    "workers",
]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
SCOPE_FINDER = "tenants.gateways.scope_of"
PUBLIC_SCHEMA_URLCONF = "tieubieu.urls.public"
ROOT_URLCONF = "tieubieu.urls.tenant"
AUTH_USER_MODEL = "accounts.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Data --------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **environment.database(ENV.database_url),
        "ENGINE": "tenants.backend",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_LIMIT_SET_CALLS = False
OUTBOX_TABLE = "shared"

REDIS_URL = ENV.redis_url
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "tieubieu.binding.cache.make_key",
    }
}
STORAGE_URL = ENV.storage_url
STORAGES = {
    "default": {"BACKEND": "tieubieu.binding.storage.BoundStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Requests ----------------------------------------------------------------------------------
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tenants.middleware.TenantMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tieubieu.requests.NoNulMiddleware",
    "tieubieu.errors.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]
WSGI_APPLICATION = "tieubieu.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tenants.context.place",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "tieubieu.errors.csrf_failure"

# --- People ------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "tieubieu.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "tieubieu.requests.client_address"
# Without this the field would be guessed from the model, and failures would be counted for nobody.
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "apps.accounts.pages.signing_in.locked_out"

# --- API ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["oauth2_provider.contrib.rest_framework.OAuth2Authentication"],
    "DEFAULT_PERMISSION_CLASSES": ["apps.partners.access.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "tieubieu.api.pages.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "drf_standardized_errors.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "tieubieu.api.problems.handle",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": None,
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tiêu Biểu API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
}
OAUTH2_PROVIDER = {
    "SCOPES": {
        "rounds:read": "Đọc kỳ bình chọn, hồ sơ đã công bố và kết quả",
        "certificates:read": "Đọc giấy chứng nhận",
        "nominations:read": "Đọc hồ sơ đề cử",
    },
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
}
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"

# --- Jobs --------------------------------------------------------------------------------------
ERRAND_MODULES = [
    "workers.conflicts",
    "workers.scoring",
    "workers.documents",
    "workers.nominations",
    "workers.catalogue",
    "workers.notifications",
    "workers.screening",
    "workers.upkeep",
]

# --- Mail --------------------------------------------------------------------------------------
# Without EMAIL_URL each letter becomes a file in the home's `mail` folder.
MAIL = environment.mail(ENV.mail_url)
EMAIL_BACKEND = MAIL.backend
EMAIL_FILE_PATH = MAIL.folder
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls, MAIL.ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.mail_from

# --- Language ----------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = "tieubieu.formats"

STATIC_URL = "/static/"
STATIC_ROOT = environment.PROJECT / "staticfiles"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
