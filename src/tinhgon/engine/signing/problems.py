"""Vì sao không ký được: một mã; câu chữ do tầng trên viết."""

CODES = (
    "wrong_passphrase", "bad_key_file", "no_private_key", "expired", "not_yet_valid", "no_token", "no_module", "no_key_on_token",
    "bad_pdf", "no_timestamp", "foreign_clock",
)  # fmt: skip


class SigningProblem(Exception):
    """``code`` là một trong ``CODES``."""

    def __init__(self, code: str) -> None:
        assert code in CODES
        super().__init__(code)
        self.code = code
