"""Cấu hình của phép thử: như thật, trừ máy chủ dùng một lần và cách băm mật khẩu nhanh."""

from tinhgon.testing import throwaway

throwaway.prepare()

from tinhgon.config.settings import *  # noqa: E402, F403  (thư mục tạm phải được chọn trước)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
