"""The design system alone, served with the project's content security policy: `python tests/ui/preview/serve.py 8099`.

No database, no tenant: pages with made-up figures to look at, and a score-sheet server that can be told to misbehave.
"""

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings

HERE = Path(__file__).resolve().parent
STRICT = ["'self'"]


def configure() -> None:
    settings.configure(
        SECRET_KEY="chi-de-xem-thu",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="preview_pages",
        INSTALLED_APPS=[
            "tieubieu.ui",
            "django.contrib.staticfiles",
            "django.contrib.messages",
            "django.forms",
            "django_htmx",
            "csp",
        ],
        MIDDLEWARE=[
            "csp.middleware.CSPMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
        ],
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "templates"],
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.messages.context_processors.messages",
                        "preview_pages.place",
                    ]
                },
            }
        ],
        FORM_RENDERER="django.forms.renderers.TemplatesSetting",
        CONTENT_SECURITY_POLICY={
            "DIRECTIVES": {
                "default-src": STRICT,
                "script-src": STRICT,
                "style-src": STRICT,
                "img-src": ["'self'", "data:"],
                "object-src": ["'none'"],
                "base-uri": ["'none'"],
                "form-action": STRICT,
            }
        },
        STATIC_URL="/static/",
        LANGUAGE_CODE="vi",
        USE_I18N=True,
        USE_TZ=True,
        TIME_ZONE="Asia/Ho_Chi_Minh",
        FORMAT_MODULE_PATH="tieubieu.formats",
    )
    django.setup()


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal of a test run clean."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def serve(port: int) -> None:
    """Serve until stopped."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    application = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", port, application, Server, Silent) as server:
        print(f"http://127.0.0.1:{server.server_port}/", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    sys.path[:0] = [str(HERE), str(HERE.parents[2] / "platform")]
    configure()
    serve(int(sys.argv[1]) if len(sys.argv) > 1 else 8099)
