# nir - build, install and test with PGXS
#
#   make quickstart      everything on a bare Debian 12: install, cluster, register, story
#   make                 build nir.so and the install/upgrade scripts
#   make test            every suite, in throw-away clusters, nothing installed
#   make installcheck    every suite against the installed nir
#   make unit            the pure files with sanitizers, no server
#   make bench BENCH=x   measure test/bench/x
#   make hunt HUNT=x     the long form of test/hunt/x, seeded and repeatable
#   make install         into the PostgreSQL that pg_config names
#   make dist            the PGXN archive of the tag v$(EXTVERSION)
#
EXTENSION  = nir
MODULE_big = nir
# nir.control is the one place that holds the version
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" nir.control)

# ---- C: listed, not globbed; the order is the order of the rooms ----
OBJS = \
	src/nir.o \
	src/errors.o \
	src/guc.o \
	src/guard/hooks.o \
	src/guard/relation.o \
	src/guard/definition.o \
	src/guard/statement.o \
	src/guard/tally.o \
	src/guard/implied.o \
	src/guard/code.o \
	src/guard/estimate.o \
	src/guard/explain.o \
	src/guard/stamp.o \
	src/guard/lift.o \
	src/guard/trace.o \
	src/guard/store.o \
	src/guard/utility.o \
	src/guard/database.o \
	src/guard/logs.o \
	src/gate/token.o \
	src/worker/slots.o \
	src/worker/launcher.o \
	src/worker/worker.o \
	src/retention/job.o \
	src/retention/purge.o \
	src/retention/window.o \
	src/retention/subjects.o \
	src/retention/clock.o \
	src/retention/days.o \
	src/retention/deletion_log.o \
	src/retention/cutoff.o \
	src/log/log.o \
	src/log/opened.o \
	src/log/writer.o \
	src/log/verify.o \
	src/log/acts.o \
	src/log/table.o \
	src/log/ring.o \
	src/log/spool.o \
	src/log/record.o \
	src/log/chain.o \
	src/context/context.o \
	src/context/reach.o \
	src/context/reach_plan.o \
	src/context/look_up.o \
	src/context/persons.o \
	src/context/exempt.o \
	src/context/scope.o \
	src/context/narrowing.o \
	src/context/narrowed.o \
	src/context/norway.o \
	src/context/law.o \
	src/context/catalog.o \
	src/context/notify.o \
	src/context/binding.o \
	src/context/actor.o \
	src/context/reference.o \
	src/seal/open.o \
	src/seal/reseal.o \
	src/seal/sealed.o \
	src/seal/subject_key.o \
	src/seal/envelope.o \
	src/seal/category.o \
	src/keys/keyring.o \
	src/keys/keyring_file.o \
	src/keys/keyring_command.o \
	src/keys/keyring_text.o \
	src/keys/secret.o \
	src/keys/aead.o \
	src/types/wall.o \
	src/types/typmod.o \
	src/types/purposes_text.o \
	src/types/purposes.o \
	src/types/unit_text.o \
	src/types/unit.o \
	src/types/identity_text.o \
	src/types/identity.o \
	src/types/orgnr.o \
	src/types/scalar.o \
	src/types/tagged_varlena.o \
	src/types/tagged_date.o \
	src/types/tagged_int.o \
	src/types/tagged_bool.o \
	src/types/tagged_text.o \
	src/types/tagged_text_ops.o \
	src/types/tagged_numeric.o \
	src/types/statistics.o

OBJS := $(foreach o,$(OBJS),$(if $(wildcard $(o:.o=.c)),$(o)))

PG_CPPFLAGS = -I$(srcdir)/src -DNIR_VERSION=\"$(EXTVERSION)\"
SHLIB_LINK  = -lcrypto

# ---- SQL: install script = the parts of sql/MANIFEST;
#      upgrade script A--EXTVERSION = the steps from A on, then sql/code again ----
SQL_PARTS   := $(addprefix sql/,$(shell sed -e 's/\#.*//' sql/MANIFEST))
SQL_BUILT   := sql/code/register_sql.sql sql/code/coverage_tests.sql
SQL_PARTS   := $(foreach p,$(SQL_PARTS),$(if $(wildcard $(p))$(filter $(p),$(SQL_BUILT)),$(p)))
SQL_CODE    := $(filter sql/code/% sql/law/%,$(SQL_PARTS))
SQL_STEPS   := $(shell ls sql/upgrade/*--*.sql 2>/dev/null | sort -V)
SQL_FROM    := $(foreach s,$(SQL_STEPS),$(firstword $(subst --, ,$(basename $(notdir $(s))))))
SQL_INSTALL := sql/$(EXTENSION)--$(EXTVERSION).sql
SQL_UPGRADE := $(foreach v,$(SQL_FROM),sql/$(EXTENSION)--$(v)--$(EXTVERSION).sql)
DATA_built   = $(SQL_INSTALL) $(SQL_UPGRADE)

# parts of the register, in their order; tests that may name rules
REGISTER    := $(foreach p,core core_access persons nir settlement tests duty_nir duty_settlement duty_tests,sql/register/$(p).sql)
COVERING    := $(sort $(wildcard test/sql/*.sql test/specs/*.spec test/pgtap/*.sql test/t/*.pl test/unit/*.c test/hunt/*))

# ---- tests: INSTANCE=temp makes a cluster, INSTANCE=running uses PGHOST/PGPORT ----
INSTANCE    ?= temp
TEST_CONF   ?= test/nir.conf
temp_opts    = $(if $(filter temp,$(INSTANCE)),--temp-instance=$(1) --temp-config=$(TEST_CONF))
REGRESS      = $(patsubst test/sql/%.sql,%,$(sort $(wildcard test/sql/*.sql)))
REGRESS_OPTS = --inputdir=test --load-extension=pgcrypto --load-extension=nir --encoding=UTF8 --no-locale $(call temp_opts,tmp_check_sql)
ISOLATION    = $(patsubst test/specs/%.spec,%,$(sort $(wildcard test/specs/*.spec)))
ISOLATION_OPTS = --inputdir=test --outputdir=. --load-extension=pgcrypto --load-extension=nir $(call temp_opts,tmp_check_iso)
TAP_TESTS    = 1
PROVE_TESTS ?= test/t/*.pl

# ---- unit tests: the pure files, which know no server ----
PURE     = src/types/purposes_text.c src/types/unit_text.c src/types/identity_text.c \
	src/log/chain.c src/keys/aead.c src/keys/keyring_text.c \
	src/seal/category.c src/seal/envelope.c src/retention/cutoff.c
UNIT_CC ?= gcc
UNIT     = $(patsubst test/unit/%.c,%,$(sort $(wildcard test/unit/test_*.c test/unit/fuzz_*.c)))
UNIT_LIBS = -lcrypto
UNIT_CFLAGS = -g -O1 -std=gnu11 -Wall -Wextra -Isrc -fsanitize=address,undefined -fno-sanitize-recover=all

EXTRA_CLEAN  = $(SQL_BUILT) $(OBJS:.o=.d) $(OBJS:.o=.gcno) $(OBJS:.o=.gcda) \
	tmp_check_sql tmp_check_iso tmp_check tmp_check.conf tmp_install tmp_unit log results regression.diffs regression.out

all:

# ---- these work before PostgreSQL is there: they install what is missing,
#      and then call make again in a copy of the tree ----
.PHONY: quickstart test bench hunt unit unit-programs
WITHOUT_MAKE = env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL

quickstart:
	@$(WITHOUT_MAKE) scripts/quickstart $(MAKEOVERRIDES)

test:
	@$(WITHOUT_MAKE) test/run $(MAKEOVERRIDES)

bench:
	@$(WITHOUT_MAKE) scripts/run-one bench '$(BENCH)' $(MAKEOVERRIDES)

hunt:
	@$(WITHOUT_MAKE) scripts/run-one hunt '$(HUNT)' $(MAKEOVERRIDES)

unit-programs: $(UNIT:%=tmp_unit/%)

unit: unit-programs
	@for t in $(UNIT); do tmp_unit/$$t test/data/id_vectors.tsv || exit 1; done

tmp_unit/test_%: test/unit/test_%.c $(PURE) $(wildcard src/*/*.h test/unit/*.h)
	@mkdir -p $(@D)
	$(UNIT_CC) $(UNIT_CFLAGS) -o $@ $< $(PURE) $(UNIT_LIBS)

# the same harness file is driven here by seeded noise, and by libFuzzer in
# test/hunt/fuzz
tmp_unit/fuzz_%: test/unit/fuzz_%.c test/unit/noise.c $(PURE) $(wildcard src/*/*.h test/unit/*.h)
	@mkdir -p $(@D)
	$(UNIT_CC) $(UNIT_CFLAGS) -DHARNESS='"fuzz_$*"' -o $@ $< test/unit/noise.c $(PURE) $(UNIT_LIBS)

PG_CONFIG ?= pg_config
PGXS      := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
# Debian's wrapper names the file even where the development package is missing
ifneq ($(wildcard $(PGXS)),)
include $(PGXS)

# ---- below the include: what Makefile.global would reset, and our rules ----
ifeq ($(shell expr $(MAJORVERSION) \>= 15),0)
$(error nir needs PostgreSQL 15 or later, and $(PG_CONFIG) is $(VERSION))
endif
override PROVE_FLAGS += -I test/perl

# PGXS follows headers only where the server was configured with --enable-depend
override CFLAGS += -MMD -MP
-include $(OBJS:.o=.d)
$(OBJS:.o=.bc): %.bc: %.o
src/nir.o: nir.control

sql/code/register_sql.sql: scripts/gen-register-sql $(REGISTER)
	@scripts/gen-register-sql $(REGISTER) > $@.tmp
	@mv $@.tmp $@

sql/code/coverage_tests.sql: scripts/gen-coverage-tests $(COVERING)
	@scripts/gen-coverage-tests $(COVERING) > $@.tmp
	@mv $@.tmp $@

# after a change of sql/law/data; the result is committed
.PHONY: units
units:
	scripts/gen-units > sql/law/units.sql.tmp
	mv sql/law/units.sql.tmp sql/law/units.sql

$(SQL_INSTALL): $(SQL_PARTS) sql/MANIFEST nir.control
	@for f in $(SQL_PARTS); do echo "-- $$f"; sed 's/^CREATE OR REPLACE /CREATE /' $$f; echo; done > $@.tmp
	@mv $@.tmp $@

steps_from = $(shell printf '%s\n' $(SQL_STEPS) | awk -v a='sql/upgrade/$(1)--' 'index($$0, a) == 1 {on = 1} on')
define upgrade_rule
sql/$(EXTENSION)--$(1)--$(EXTVERSION).sql: sql/header.sql $(SQL_STEPS) $(SQL_CODE) nir.control
	@for f in sql/header.sql $$(call steps_from,$(1)) $(SQL_CODE); do echo "-- $$$$f"; cat $$$$f; echo; done > $$@.tmp
	@mv $$@.tmp $$@
endef
$(foreach v,$(SQL_FROM),$(eval $(call upgrade_rule,$(v))))

# pg_regress looks in ./sql before test/sql, so no part may stand at the top of sql/
installcheck: no-shadowed-test
.PHONY: no-shadowed-test
no-shadowed-test:
	@for t in $(REGRESS); do [ ! -e sql/$$t.sql ] || { echo "sql/$$t.sql hides test/sql/$$t.sql" >&2; exit 1; }; done

# A staged install, and in $(STAGE).conf the settings that make a server use
# it: nothing goes into the system's PostgreSQL.
STAGE ?= $(CURDIR)/tmp_install
.PHONY: stage
stage: all
	@rm -rf '$(STAGE)' && $(MAKE) -s install DESTDIR='$(STAGE)'
	@{ echo "dynamic_library_path = '$(STAGE)$(pkglibdir):\$$libdir'"; \
	   if [ $(MAJORVERSION) -ge 18 ]; then echo "extension_control_path = '$(STAGE)$(datadir):\$$system'"; \
	   else echo "extension_destdir = '$(STAGE)'"; fi; } > '$(STAGE).conf'
else

# without PGXS there is nothing to build with
all install installcheck stage:
	@echo "PostgreSQL's development files are missing: scripts/install-packages brings them (Debian)" >&2; exit 1
endif

.PHONY: dist
dist:
	git archive --format=zip --prefix=nir-$(EXTVERSION)/ -o nir-$(EXTVERSION).zip v$(EXTVERSION)

print-%:
	@echo '$* = $($*)'
