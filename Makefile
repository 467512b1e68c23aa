# Một máy có Python >= 3.11 là đủ: `make run`. Mọi lệnh chạy lại được; phần đã xong thì qua ngay.
SHELL := /bin/sh
.DEFAULT_GOAL := help
NEW_ENOUGH = -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(or $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do $$p $(NEW_ENOUGH) && echo $$p && break; done),python3)
BIN := .venv/bin
TINHGON_DEMO ?= 1

.PHONY: help
help: ## bảng này
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "  Biến: TINHGON_PORT (8000), TINHGON_HOME, TINHGON_DEMO=0 (không thế giới mẫu), DATABASE_URL, PYTHON"

.PHONY: run
run: ## cài những gì thiếu, dựng cả nhà với thế giới mẫu, in địa chỉ và tài khoản
	@$(PYTHON) requirements/install.py run
	@TINHGON_DEMO=$(TINHGON_DEMO) $(BIN)/tinhgon up

.PHONY: stop
stop: ## dừng trang, việc nền và PostgreSQL nhúng; giữ dữ liệu
	@if [ -x $(BIN)/tinhgon ]; then $(BIN)/tinhgon stop; fi

.PHONY: reset
reset: ## xóa mọi dữ liệu trên máy này (hỏi trước; FORCE=1 thì không hỏi)
	@$(PYTHON) requirements/install.py run
	@$(BIN)/tinhgon reset $(if $(filter 1,$(FORCE)),--yes)

.PHONY: dev
dev: ## cài thêm công cụ thử và kiểm tra vào .venv
	@$(PYTHON) requirements/install.py dev

.PHONY: lint
lint: dev ## kiểm tra mã: ruff, tầng, kiểu, mẫu trang, bản dịch, migration
	@$(BIN)/python -m tinhgon.testing.lint

.PHONY: test
test: dev ## lint rồi mọi phép thử, cả hành trình trong trình duyệt; ARGS=... chuyển cho pytest
	@$(BIN)/python -m tinhgon.testing.lint; linted=$$?; $(BIN)/pytest $(ARGS) && exit $$linted

.PHONY: lock
lock: ## tính lại các tệp khóa (UPGRADE=1: lên phiên bản mới nhất)
	@$(PYTHON) requirements/install.py lock

.PHONY: bench
bench: dev run ## đo tốc độ và độ bền, in bảng có tỉ số; trang thì đo trên nhà đang chạy
	@for part in demo cutover kills issue placement allocation transition pulse; do $(BIN)/python benchmarks/$$part.py || exit 1; done
	@$(BIN)/python benchmarks/pages.py $(or $(TINHGON_PORT),8000)
