# The verbs of the project. `make run` and `make test` need nothing before them but git, make and Python 3.11+.
.DEFAULT_GOAL := help
.PHONY: help run demo test check format setup bench screenshots clean

BIN := .venv/bin

# What kills processes or drives a browser has the machine to itself; the rest is shared out, and who is done early takes over.
SHARED_OUT := --numprocesses=auto --maxprocesses=4 --dist=worksteal

help: ## Liệt kê các lệnh / list the verbs
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

run: ## Chạy trọn hệ thống trên máy này đến khi Ctrl-C / run everything here until Ctrl-C
	@deploy/setup
	@$(BIN)/tieubieu run --with-parent

demo: ## Chạy một kỳ bình chọn mẫu, không giao diện / run the demo round headless
	@deploy/setup
	@$(BIN)/tieubieu demo

test: ## Kiểm tra và chạy mọi kiểm thử / check, then run every test
	@$(MAKE) --no-print-directory check
	@deploy/browser
	@$(BIN)/python -m pytest --no-fold-skipped -rs $(SHARED_OUT) -m "not integration and not browser" --ignore=tests/architecture
	@$(BIN)/python -m pytest --no-fold-skipped -rs -m "integration or browser" $$(grep -rlE 'mark\.(integration|browser)' tests | sort)

check: ## Định dạng, kiểu, luật nhập, migration, kiến trúc (dưới một phút) / style, types, import laws, migrations
	@deploy/setup --dev
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target _style _types _laws _migrations _architecture

format: ## Định dạng mã nguồn / format the source
	@deploy/setup --dev
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

setup: ## Chỉ dựng môi trường / only make the environment
	@deploy/setup --dev

bench: ## Đo tốc độ và so với cách đơn giản hơn / measure, beside something simpler
	@deploy/setup --dev
	@$(BIN)/tieubieu bench tenants
	@$(BIN)/tieubieu bench filing
	@$(BIN)/tieubieu bench judging

screenshots: ## Chụp lại các trang chính khi `make run` đang chạy / renew the pictures of the running demo
	@deploy/setup --dev
	@$(BIN)/python docs/screenshots/renew.py

clean: ## Xoá môi trường và tệp tạm; dữ liệu giữ nguyên / remove the environment and caches, keep the data
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage staticfiles

.PHONY: _style _types _laws _migrations _architecture
_style:
	@$(BIN)/ruff format --check --quiet --output-format=concise . || { echo "Chưa đúng định dạng: make format"; exit 1; }
	@$(BIN)/ruff check --quiet --output-format=concise .

_types:
	@$(BIN)/mypy --no-error-summary platform/tieubieu tenants apps workers

_laws:
	@told=$$($(BIN)/lint-imports 2>&1) || { echo "$$told"; exit 1; }

# A migration is named by what it does; it is not left to the generator.
_migrations:
	@TIEUBIEU_ENV=test PYTHONWARNINGS=ignore::RuntimeWarning $(BIN)/tieubieu makemigrations --check --dry-run
	@! git ls-files --cached --others --exclude-standard '*/migrations/*_auto_*' | grep .

_architecture:
	@$(BIN)/python -m pytest --quiet tests/architecture
