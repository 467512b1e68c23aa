"""Cấu hình của phép thử: như thật, trừ máy chủ dùng một lần và cách băm mật khẩu nhanh."""

from tinhgon.testing import throwaway

throwaway.prepare()

from tinhgon.config.settings import *  # noqa: E402, F403  (thư mục tạm phải được chọn trước)

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405  (whitenoise đòi có thư mục)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
