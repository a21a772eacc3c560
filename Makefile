# The commands of this project; README.md says what each is for. All set-up happens inside .venv/ and var/.
PYTHON ?= python3
PORT ?= 8000
UV_VERSION := 0.13.9
SYNC := UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --locked --inexact --compile-bytecode --quiet

.PHONY: setup run test lint bench soak audit shots
.DELETE_ON_ERROR:

run: .venv/.stamp-run
	.venv/bin/python -m newsroom.serve --port $(PORT)

setup: .venv/.stamp-dev

test: setup
	.venv/bin/python -m tests.suite

lint: setup
	.venv/bin/python -m tests.suite lint

bench: setup
	.venv/bin/python -m tests.bench --only "$(ONLY)" --size "$(or $(SIZE),0)"

soak: setup
	.venv/bin/python -m tests.soak

audit: setup
	.venv/bin/python -m tests.audit

shots: setup
	.venv/bin/python -m tests.shots

# Neither stamp takes away what the other put in: a reader's run needs only the runtime dependencies.
.venv/.stamp-run: .venv/.stamp-uv-$(UV_VERSION) pyproject.toml uv.lock
	$(SYNC) --no-dev
	@touch $@

.venv/.stamp-dev: .venv/.stamp-uv-$(UV_VERSION) pyproject.toml uv.lock
	$(SYNC)
	@touch $@ .venv/.stamp-run

.venv/.stamp-uv-$(UV_VERSION):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, and $(PYTHON) is " + sys.version.split()[0] + ": try make PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python has no venv module: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@
