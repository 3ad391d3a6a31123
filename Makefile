# Every target explains itself: make help
SHELL := /bin/bash
.DEFAULT_GOAL := help
STAGE := scripts/stage.sh
RESMON := build/release/resmon
JOBS ?= $(shell nproc)
THREAD_SANITIZER := env TSAN_OPTIONS="suppressions=$(CURDIR)/tests/thread_sanitizer.supp history_size=7"

.PHONY: help run build test test-deep bench bench-engine bench-programs bench-signed-in coverage fuzz lint format clean

help:  ## diese Übersicht / this overview
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build  ## Nachrechnung Südwestfalen-IT im Terminal, dann die Seiten / the replay in the terminal, then the pages
	@$(RESMON) replay suedwestfalen-2023
	@exec $(RESMON) serve --local

build:  ## das Programm unter build/release/resmon / the program at build/release/resmon
	@scripts/install_packages.sh build
	@[ -f build/release/build.ninja ] || cmake --preset release >/dev/null
	@ninja -C build/release -j$(JOBS) --quiet

test:  ## alle Prüfungen, auch im Browser / every test, also in the browser
	@$(STAGE) --begin
	@$(STAGE) "Pakete / packages" scripts/install_packages.sh build test
	@$(STAGE) "dev: configure" cmake --preset dev -DCMAKE_MESSAGE_LOG_LEVEL=WARNING
	@$(STAGE) "dev: build" ninja -C build/dev -j$(JOBS) --quiet
	@$(STAGE) "fuzz: build and run, 10 s each" scripts/fuzz.sh 10
	@status=0; $(STAGE) "dev: tests" ctest --test-dir build/dev --output-on-failure -j$(JOBS) > build/ctest.log 2>&1 || status=$$?; \
	 grep -vE '^ *[0-9]+/[0-9]+ Test .*Passed|^ +Start ' build/ctest.log | head -n 300; $(STAGE) --times; echo; tail -n 12 build/ctest.log | grep -E 'tests passed|tests failed|Total Test'; exit $$status

test-deep: test  ## dazu Thread-Sanitizer, clang-tidy, lange Fuzz-Läufe / also thread sanitizer, clang-tidy, long fuzzing
	@$(STAGE) "beside R" sh -c 'scripts/install_packages.sh deep && ctest --test-dir build/dev --output-on-failure -R beside_r'
	@$(STAGE) "sanitized: build" sh -c 'cmake --preset dev -DRESMON_SANITIZED_PROGRAM=ON -DCMAKE_MESSAGE_LOG_LEVEL=WARNING && ninja -C build/dev -j$(JOBS) --quiet'
	@$(STAGE) "sanitized: tests" ctest --test-dir build/dev --output-on-failure -L '^(program|preparedness|survey|papers|explain|forecast|scenarios|coverage|risk|cli)$$' -E 'beside_r|fault_kill_everywhere|fault_survey_kill' -j$(JOBS)
	@$(STAGE) "browser: every width and scheme" env RESMON_EVERY_LOOK=1 CHROMIUM=/usr/bin/chromium ctest --test-dir build/dev --output-on-failure -L browser
	@$(STAGE) "faults: every one" env RESMON_EVERY_FAULT=1 ctest --test-dir build/dev --output-on-failure -R fault_kill_everywhere
	@$(STAGE) "faults: 500 kills" env RESMON_SURVEY_KILLS=500 ctest --test-dir build/dev --output-on-failure -R fault_survey_kill
	@$(STAGE) "quick: build" sh -c 'cmake --preset dev -DCMAKE_MESSAGE_LOG_LEVEL=WARNING && ninja -C build/dev -j$(JOBS) --quiet'
	@$(STAGE) "papers: every town" env RESMON_EVERY_TOWN=1 ctest --test-dir build/dev --output-on-failure -L papers
	@$(STAGE) "thread: build" sh -c 'cmake --preset thread -DCMAKE_MESSAGE_LOG_LEVEL=WARNING && ninja -C build/thread -j$(JOBS) --quiet'
	@$(STAGE) "thread: tests" $(THREAD_SANITIZER) ctest --test-dir build/thread --output-on-failure -LE 'browser|program' -j$(JOBS)
	@$(STAGE) "thread: servers" $(THREAD_SANITIZER) ctest --test-dir build/thread --output-on-failure -R '^(server|operation|fault_two_servers|fault_survey_kill)$$'
	@$(STAGE) "fuzz, 60 s each" scripts/fuzz.sh 60
	@$(STAGE) "lint" $(MAKE) --no-print-directory lint
	@$(STAGE) --times

bench: bench-programs  ## Messungen / measurements
	@$(RESMON) bench --signature
	@build/release/bench/resmon_bench
	@/usr/bin/python3 bench/limits.py --rounds 2 --seconds 0.1
	@/usr/bin/python3 bench/scaling.py --rounds 1 --courses 1000 --most 10000
	@time $(RESMON) --data build/bench-data --quiet --output build/bench-replay.json --format json replay suedwestfalen-2023
	@node bench/signed_in.mjs --rows 500 --rounds 1 --seconds 2 --latency-seconds 5

bench-signed-in: bench-programs  ## angemeldete Last neben Flask und Node, 15 Minuten / a signed-in load beside Flask and Node, 15 minutes
	@node bench/signed_in.mjs --data build/bench-rows
	@node bench/program.mjs

bench-engine: bench-programs  ## die Rechnung neben anderen Programmen und den Grenzen des Rechners / the engine beside other programs and the machine's limits
	@/usr/bin/python3 bench/agreement.py --program $(RESMON)
	@/usr/bin/python3 bench/engine.py --program $(RESMON)
	@/usr/bin/python3 bench/limits.py
	@/usr/bin/python3 bench/scaling.py --program $(RESMON)
	@/usr/bin/python3 bench/precision.py --program $(RESMON)
	@cmake --preset release -B build/any-bits -DRESMON_ANY_BITS=ON >/dev/null && ninja -C build/any-bits -j$(JOBS) --quiet resmon
	@/usr/bin/python3 bench/same_bits.py

bench-programs: build
	@scripts/install_packages.sh test bench
	@cmake --preset release -DRESMON_BENCH=ON >/dev/null && ninja -C build/release -j$(JOBS) --quiet
	@scripts/bench_peers.sh

coverage:  ## welche Zeilen die Prüfungen erreichen / which lines the tests reach
	@scripts/install_packages.sh build test
	@cmake --preset coverage -DCMAKE_MESSAGE_LOG_LEVEL=WARNING && ninja -C build/coverage -j$(JOBS) --quiet
	@ctest --test-dir build/coverage --output-on-failure -LE 'browser|program|web' -j$(JOBS) | tail -n 4
	@scripts/coverage.sh build/coverage

fuzz:  ## jeden Leser eine Minute mit Unsinn füttern / feed every parser a minute of nonsense
	@scripts/install_packages.sh build test
	@scripts/fuzz.sh 60

lint:  ## Form und clang-tidy / format and clang-tidy
	@scripts/install_packages.sh build test
	@scripts/format.sh --check
	@[ -d build/dev/generated ] || (cmake --preset dev -DCMAKE_MESSAGE_LOG_LEVEL=WARNING && ninja -C build/dev -j$(JOBS) --quiet)
	@scripts/lint.sh

format:  ## Form herstellen / apply the format
	@scripts/format.sh

clean:  ## alles Gebaute entfernen / remove everything that was built
	@rm -rf build web/node_modules
