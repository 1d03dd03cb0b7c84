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
	src/guc.o \
	src/guard/hooks.o \
	src/guard/relation.o \
	src/guard/definition.o \
	src/guard/statement.o \
	src/guard/stamp.o \
	src/guard/logs.o \
	src/context/context.o \
	src/context/exempt.o \
	src/context/scope.o \
	src/context/law.o \
	src/context/catalog.o \
	src/context/notify.o \
	src/context/binding.o \
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
	src/types/tagged_date.o \
	src/types/tagged_int.o \
	src/types/tagged_bool.o \
	src/types/tagged_text.o \
	src/types/tagged_text_ops.o \
	src/types/tagged_numeric.o \
	src/types/statistics.o

OBJS := $(foreach o,$(OBJS),$(if $(wildcard $(o:.o=.c)),$(o)))

PG_CPPFLAGS = -I$(srcdir)/src -DNIR_VERSION=\"$(EXTVERSION)\"
SHLIB_LINK  =

# ---- SQL: install script = the parts of sql/MANIFEST;
#      upgrade script A--EXTVERSION = the steps from A on, then sql/code again ----
SQL_PARTS   := $(addprefix sql/,$(shell sed -e 's/\#.*//' sql/MANIFEST))
SQL_PARTS   := $(wildcard $(SQL_PARTS))
SQL_CODE    := $(filter sql/code/% sql/law/%,$(SQL_PARTS))
SQL_STEPS   := $(shell ls sql/upgrade/*--*.sql 2>/dev/null | sort -V)
SQL_FROM    := $(foreach s,$(SQL_STEPS),$(firstword $(subst --, ,$(basename $(notdir $(s))))))
SQL_INSTALL := sql/$(EXTENSION)--$(EXTVERSION).sql
SQL_UPGRADE := $(foreach v,$(SQL_FROM),sql/$(EXTENSION)--$(v)--$(EXTVERSION).sql)
DATA_built   = $(SQL_INSTALL) $(SQL_UPGRADE)

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
EXTRA_CLEAN  = $(OBJS:.o=.d) $(OBJS:.o=.gcno) $(OBJS:.o=.gcda) tmp_check_sql tmp_check_iso tmp_check.conf tmp_install log

PG_CONFIG ?= pg_config
PGXS      := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
ifneq ($(PGXS),)
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

$(SQL_INSTALL): $(SQL_PARTS) sql/MANIFEST nir.control
	@for f in $(SQL_PARTS); do echo "-- $$f"; sed 's/^CREATE OR REPLACE /CREATE /' $$f; echo; done > $@.tmp
	@mv $@.tmp $@
endif
