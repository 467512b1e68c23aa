"""Cấu hình Django. Mọi thứ thay đổi theo nơi chạy đều là biến môi trường ``TINHGON_*`` hoặc ``DATABASE_URL``.

``TINHGON_HOME``   thư mục dữ liệu: cơ sở dữ liệu nhúng, tệp, khóa bí mật, nhật ký.
``DATABASE_URL``   máy chủ PostgreSQL có sẵn; bỏ trống thì dùng PostgreSQL nhúng (config/postgres.py).
``TINHGON_DEMO``   ``1``: thế giới mẫu, cho phép dời đồng hồ (core.clock); bỏ trống thì nhớ theo thư mục dữ liệu.
"""

import os
from pathlib import Path

import dj_database_url

from tinhgon.config import home

BASE_DIR = Path(__file__).resolve().parents[3]
HOME = home.data_folder()

DEBUG = os.environ.get("TINHGON_DEBUG") == "1"
DEMO = home.is_demo(HOME)
SECRET_KEY = home.secret_key(HOME)
ALLOWED_HOSTS = os.environ.get("TINHGON_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TINHGON_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "procrastinate.contrib.django",
    "tinhgon.core",
    "tinhgon.audit",
    "tinhgon.search",
    "tinhgon.org",
    "tinhgon.files",
    "tinhgon.documents",
    "tinhgon.tasks",
    "tinhgon.personnel",
    "tinhgon.scorecard",
    "tinhgon.reorg",
    "tinhgon.web",
    "tinhgon.api",
    "tinhgon.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tinhgon.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tinhgon.web.middleware.ActingMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tinhgon.config.urls"
WSGI_APPLICATION = "tinhgon.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "src/tinhgon/web/templates"],  # trước mẫu cùng tên của allauth
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tinhgon.web.context.frame",
            ],
            "builtins": ["tinhgon.web.templatetags.tinhgon"],
        },
    }
]

# Trang hỏi ít dòng: dựng tiến trình song song của PostgreSQL tốn hơn chính câu hỏi. Việc nền thì vẫn song song.
WEB_CONNECTIONS = {"pool": {"min_size": 1, "max_size": 8}, "options": "-c max_parallel_workers_per_gather=0"}
DATABASES = {
    "default": dj_database_url.parse(home.database_url(HOME), conn_max_age=0)
    | {"OPTIONS": WEB_CONNECTIONS if os.environ.get("TINHGON_POOL") == "1" else {}}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:today"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "tinhgon.web.accounts.ByInvitationOnly"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tinh Gọn"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # giờ
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
SILENCED_SYSTEM_CHECKS = [
    "axes.W006"
]  # khóa theo tài khoản, không theo địa chỉ: cả cơ quan ra ngoài bằng một địa chỉ
AXES_LOCKOUT_CALLABLE = "tinhgon.web.accounts.locked_out"
CSRF_FAILURE_VIEW = "tinhgon.web.errors.expired_form"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # mọi ứng dụng để việc nền trong jobs.py

EMAIL_BACKEND = os.environ.get("TINHGON_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(HOME / "mail")

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "src/tinhgon/config/locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False  # mã 1569 trong địa chỉ, trong ô chọn không được thành 1.569; số để đọc thì qua bộ lọc number
FORMAT_MODULE_PATH = ["tinhgon.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_FINDERS = [
    "tinhgon.config.assets.AppFinder",
    "tinhgon.config.assets.NpmFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "files")},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "tinhgon.config.assets.HashedStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
FILE_UPLOAD_HANDLERS = ["tinhgon.web.uploads.BoundedUpload"]  # trăm tệp cùng lúc không nằm trong bộ nhớ
INTAKE_ROOT = Path(os.environ.get("TINHGON_INTAKE", HOME / "khay"))
"""Gốc của các thư mục theo dõi: văn thư chỉ đặt được thư mục con ở đây."""
TIMESTAMP_URL = os.environ.get("TINHGON_TSA", "")
"""Máy chủ dấu thời gian (RFC 3161); rỗng thì chữ ký mang giờ của máy ký."""
DEMO_CLOCK = HOME / "may-dau-thoi-gian-mau.p12"
"""Khóa của máy dấu thời gian mẫu: chỉ thế giới mẫu ghi tệp này và dùng nó."""
PKCS11_MODULE = os.environ.get("TINHGON_PKCS11", "")
"""Mô-đun của thiết bị ký (tệp .so), do người vận hành cài."""

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("TINHGON_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
