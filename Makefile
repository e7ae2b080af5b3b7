# One menu; `make` alone shows it. PYTHON chooses the interpreter: make site PYTHON=python3.12
PYTHON ?=
export PYTHON
RUN := .venv/bin/python

help: ; @sed -n '/^help/d; s/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

site: .venv/site ; @$(RUN) build.py && echo 'to type timeline-gen in this shell: export PATH="$(CURDIR)/.venv/bin:$$PATH"' ## build content/ into output/
preview: .venv/serve ; @$(RUN) build.py serve ## serve the site here and reload it on every save
unit: .venv/dev ; @sh .ci/unit ## run the tests that need nothing but Python
test: .venv/dev ; @sh .ci/system-packages && sh .ci/test ## run every check and every test; those of editors need Node: make test-editors
test-editors: .venv/dev ; @sh .ci/system-packages && sh .ci/test-editors ## drive an editor's server and two CMS from npm with the schemas (needs Node)
coverage: .venv/dev ; @sh .ci/system-packages && sh .ci/coverage ## run every test, and show which lines none of them reaches
golden: .venv/dev ; @$(RUN) tests/test_golden.py ## rewrite what the golden sites are expected to be
bench: .venv/dev ; @$(RUN) benchmarks/run.py && $(RUN) benchmarks/rivals.py --articles 400 --rounds 1 ## time builds, and those of others
bench-full: .venv/dev ; @$(RUN) benchmarks/rivals.py --articles 10000 --rounds 3 ## time builds of 10,000 articles, and those of others
rival: .venv/bench ; @$(RUN) benchmarks/preview.py ## time saves in the preview, and in that of Hugo
bench-find: .venv/dev ; @$(RUN) benchmarks/find.py && $(RUN) benchmarks/find_scale.py ## measure what a search finds, next to three others, and of 100,000 events
bench-reader: .venv/dev ; @$(RUN) benchmarks/reader.py && $(RUN) benchmarks/slow_line.py ## time what readers wait for, next to two JavaScript timelines from npm
bench-tables: .venv/dev ; @$(RUN) benchmarks/tables.py ## time a table of 100,000 events without pages, and a changed row
soak: .venv/dev ; @$(RUN) tests/test_incremental.py ## edit sites at random, and compare 20,000 builds with clean ones
fuzz: .venv/fuzz ; @sh .ci/fuzz ## try new examples, damage articles at random, and search each reader for ten minutes
pictures: .venv/dev ; @$(RUN) build.py && $(RUN) docs/pictures/take.py ## take the pictures of the documentation
lock: ; @sh .ci/environment lock ## renew the exact versions that the tests run with
docs: .venv/dev ; @$(RUN) tests/test_docs_generated.py && $(RUN) tests/test_docs_templates.py && $(RUN) tests/test_docs_problems.py && $(RUN) docs/site/assemble.py && $(RUN) build.py build --site .docs ## write the pages that come from the code, and build the documentation as a site into .docs/output
clean: ; rm -rf output .timeline-gen .docs dist build .coverage* .*_cache .hypothesis .venv ## remove all that was made

# The environment is made again when pyproject.toml changes; each stamp stands for one set of packages.
.venv/site .venv/serve .venv/dev .venv/bench .venv/fuzz: pyproject.toml ; @sh .ci/environment $(@F)
.venv/dev .venv/bench .venv/fuzz: .ci/requirements.txt

.PHONY: help site preview unit test test-editors coverage golden bench bench-full bench-reader bench-tables rival soak fuzz pictures docs lock clean
