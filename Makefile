# Santai 三台. `make help` lists everything. Works on a fresh Debian 12 with Python 3.11 and Node 20.
SHELL := /bin/bash
PYTHON ?= python3
GROUND := $(PYTHON) src/santai/config/cli/ground.py
BIN := .venv/bin
SANTAI := $(BIN)/santai
PYTEST := $(BIN)/pytest
DEVELOP := $(SANTAI) develop
TEST_SETTINGS := PYTHONPATH=src DJANGO_SETTINGS_MODULE=santai.config.settings.test

.DEFAULT_GOAL := help
.PHONY: help run test test-long system lint bench matrix law rooms contracts where lock assets ground ground-dev

help: ## 列出所有命令 · this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

run: ground ## 准备一切并启动示范城市（Ctrl-C 停止） · prepare everything and start the demonstration city
	@exec $(SANTAI) up $(ARGS)

test: ground-dev ## 全部测试（长测试除外） · all tests but the long ones
	@$(PYTEST) -m "not long and not system" $(ARGS)

test-long: ground-dev ## 长测试：故障、并发、全量数据 · the long tests
	@$(PYTEST) -m "long" $(ARGS)

system: ## 真实启停、断电重启、正式城市、外部数据库、三区运行（部分需要 root） · the real command: start, kill, a production city, your own database
	@$(GROUND) --dev --system
	@$(PYTEST) -m "system" $(ARGS)

lint: ground-dev ## 代码、类型、墙、迁移、模板、应用包 · everything that can be checked without running
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "执行 · run: .venv/bin/ruff format ." >&2; exit 1; }
	@$(BIN)/mypy src/santai
	@PYTHONPATH=src $(BIN)/lint-imports --no-logo
	@$(DEVELOP) walls
	@$(DEVELOP) templates
	@$(DEVELOP) contracts --check
	@$(DEVELOP) rooms --check
	@$(DEVELOP) matrix --check
	@$(DEVELOP) law --check
	@SANTAI_LINTING=1 $(PYTEST) tests/architecture
	@$(BIN)/python -m santai.config.cli.develop.lint_with_database

bench: ground-dev ## 基准测试，结果为同一次运行内的比值 · benchmarks, printed as ratios of one run
	@for file in bench/bench_*.py; do [ -e "$$file" ] || continue; PYTHONPATH=src:. $(BIN)/python "$$file" || exit 1; done

matrix: ground-dev ## 需求与测试对照表 docs/matrix.md · which test proves which requirement
	@$(DEVELOP) matrix

law: ground-dev ## 供法律人员阅读的规则表 docs/law.md · the table of the law, and what is held to it
	@$(DEVELOP) law

rooms: ground-dev ## 更新 README 里的房间表 · the "Which room?" table
	@$(DEVELOP) rooms

contracts: ground-dev ## 更新跨台消息快照 docs/contracts.json · the snapshot of messages and queries
	@$(DEVELOP) contracts

where: ground-dev ## 某页面由哪些文件做成：make where URL=/back/cases/17/ · which files make a page
	@$(DEVELOP) where "$(URL)"

lock: ## 重写带散列值的锁文件（需要 uv、npm） · rewrite the hashed lock files
	@for name in requirements requirements-dev; do uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $$name.in -o $$name.lock; done
	@npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error

assets: ## 重新复制网页资源和字体 · copy the front-end assets and fonts anew
	@$(GROUND) --assets

ground: ## （由 run 调用）系统包、虚拟环境、资源 · system packages, virtual environment, assets
	@command -v $(PYTHON) >/dev/null || { echo "缺少 python3；请执行 · python3 is missing, run: apt-get install -y python3 python3-venv" >&2; exit 1; }
	@$(GROUND)

ground-dev:
	@command -v $(PYTHON) >/dev/null || { echo "缺少 python3；请执行 · python3 is missing, run: apt-get install -y python3 python3-venv" >&2; exit 1; }
	@$(GROUND) --dev
