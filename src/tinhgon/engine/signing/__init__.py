"""Ký số PAdES và kiểm chữ ký trên PDF, quanh pyHanko. Không biết cơ sở dữ liệu; không giữ khóa hay mật khẩu nào."""
