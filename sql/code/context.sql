-- The context: declaring it, asking for it, what policies ask; and
-- nir.break_glass for sessions that need none.

CREATE OR REPLACE FUNCTION nir.retention_today() RETURNS date
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_retention_today';
COMMENT ON FUNCTION nir.retention_today() IS
	'the date in Norway at the start of the transaction, whatever the session''s time zone; nir.now_override moves it in tests';

CREATE OR REPLACE FUNCTION nir.is_current(valid daterange) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_is_current';
COMMENT ON FUNCTION nir.is_current(daterange) IS 'for policies: does the range hold nir.retention_today()?';

CREATE OR REPLACE FUNCTION nir.has_begun(valid daterange) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_has_begun';
COMMENT ON FUNCTION nir.has_begun(daterange) IS 'for policies: has the range a day before nir.retention_today(), or that day?';

CREATE OR REPLACE FUNCTION nir.covers(valid daterange, days daterange) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_covers_days';
COMMENT ON FUNCTION nir.covers(daterange, daterange) IS
	'for policies: is the first range current, or has it begun and a day in common with the second?';

CREATE OR REPLACE FUNCTION nir.covers(valid daterange, day date) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_covers_day';
COMMENT ON FUNCTION nir.covers(daterange, date) IS 'for policies: is the range current, or has it begun and does it hold the day?';

CREATE OR REPLACE FUNCTION nir.is_looked_up_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_is_looked_up_support';
COMMENT ON FUNCTION nir.is_looked_up_support(internal) IS 'for the planner: nir.is_looked_up for the statement at hand';

CREATE OR REPLACE FUNCTION nir.is_looked_up(VARIADIC columns "any") RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE SUPPORT nir.is_looked_up_support
	AS 'MODULE_PATHNAME', 'nir_is_looked_up';
COMMENT ON FUNCTION nir.is_looked_up("any") IS
	'for policies: does the statement compare one of the columns with one value? Only the planner knows; a policy must show the same rows whatever it answers';

CREATE OR REPLACE FUNCTION nir.begin_processing(
	purpose text,
	unit nir.unit DEFAULT NULL,
	actor text DEFAULT NULL,
	case_ref text DEFAULT NULL,
	body text DEFAULT NULL) RETURNS void
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_begin_processing';
COMMENT ON FUNCTION nir.begin_processing(text, nir.unit, text, text, text) IS
	'declares, until the end of the transaction, for which purposes and which unit the role acts, who sits behind it and in which case (IL § 41; R46, R48); the body for a role with several';

CREATE OR REPLACE FUNCTION nir.context(
	OUT purposes nir.purposes, OUT unit nir.unit, OUT body text, OUT body_kind text,
	OUT actor text, OUT case_ref text, OUT declared boolean) RETURNS record
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_context_fields';
COMMENT ON FUNCTION nir.context() IS 'the context in force: nulls if there is none; declared is false for a binding''s default';

CREATE OR REPLACE FUNCTION nir.current_unit() RETURNS nir.unit
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_current_unit';
COMMENT ON FUNCTION nir.current_unit() IS 'the unit acted for; null for a body that acts for the whole country';

CREATE OR REPLACE FUNCTION nir.current_body() RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_current_body';
COMMENT ON FUNCTION nir.current_body() IS 'the body acted for';

CREATE OR REPLACE FUNCTION nir.current_actor() RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_current_actor';
COMMENT ON FUNCTION nir.current_actor() IS 'the declared actor, or the role where none was named';

CREATE OR REPLACE FUNCTION nir.has_function(function text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_has_function';
COMMENT ON FUNCTION nir.has_function(text) IS
	'for policies: was this function of nir.actor_function granted to the declared actor? False where the binding demands no granted actor (R39, R80)';

CREATE OR REPLACE FUNCTION nir.acts_as(kind text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_acts_as';
COMMENT ON FUNCTION nir.acts_as(text) IS 'for policies: is the acting body of this kind? Raises where no context is in force';

CREATE OR REPLACE FUNCTION nir.unit_scope(kind text) RETURNS nir.unit[]
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_scope';
COMMENT ON FUNCTION nir.unit_scope(text) IS 'for policies: the unit numbers, with predecessors, that the acting body answers for if it is of this kind';

CREATE OR REPLACE FUNCTION nir.in_unit_scope_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_in_unit_scope_support';
COMMENT ON FUNCTION nir.in_unit_scope_support(internal) IS 'for the planner: nir.in_unit_scope as a condition on an index that begins with the unit';

CREATE OR REPLACE FUNCTION nir.in_unit_scope(unit nir.unit, kind text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE SUPPORT nir.in_unit_scope_support
	AS 'MODULE_PATHNAME', 'nir_in_unit_scope';
COMMENT ON FUNCTION nir.in_unit_scope(nir.unit, text) IS
	'for policies: is the unit among nir.unit_scope? An index that begins with the unit is asked for each number, other rows one by one';

CREATE OR REPLACE FUNCTION nir.persons_in_reach(connections pg_catalog.regclass, kind text) RETURNS bigint[]
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_persons_in_reach';
COMMENT ON FUNCTION nir.persons_in_reach(pg_catalog.regclass, text) IS
	'for policies, in an index: the persons of nir.may_reach';

CREATE OR REPLACE FUNCTION nir.persons_in_reach(connections pg_catalog.regclass, kind text, made pg_catalog.regclass, subject name) RETURNS bigint[]
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_persons_in_reach';
COMMENT ON FUNCTION nir.persons_in_reach(pg_catalog.regclass, text, pg_catalog.regclass, name) IS
	'the same, and the persons of rows that the transaction has made in a table';

CREATE OR REPLACE FUNCTION nir.may_reach_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_may_reach_support';
COMMENT ON FUNCTION nir.may_reach_support(internal) IS 'for the planner: nir.may_reach as a condition on an index that begins with the person';

CREATE OR REPLACE FUNCTION nir.may_reach(person bigint, connections pg_catalog.regclass, kind text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE SUPPORT nir.may_reach_support
	AS 'MODULE_PATHNAME', 'nir_may_reach';
COMMENT ON FUNCTION nir.may_reach(bigint, pg_catalog.regclass, text) IS
	'for policies, before they ask for the connection itself: true of every person who was ever connected with a unit of nir.unit_scope, and of the first that a statement asks about; false of the others';

CREATE OR REPLACE FUNCTION nir.may_reach(person bigint, connections pg_catalog.regclass, kind text, made pg_catalog.regclass, subject name) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE SUPPORT nir.may_reach_support
	AS 'MODULE_PATHNAME', 'nir_may_reach';
COMMENT ON FUNCTION nir.may_reach(bigint, pg_catalog.regclass, text, pg_catalog.regclass, name) IS
	'the same, and true of the persons of rows that the transaction has made in a table';

CREATE OR REPLACE FUNCTION nir.engagements(special text DEFAULT NULL) RETURNS bigint[]
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_engagements';
COMMENT ON FUNCTION nir.engagements(text) IS
	'for policies: the engagements in force that the acting provider acts by, for its unit and purposes; of a special category those that name it (R74)';

CREATE OR REPLACE FUNCTION nir.purpose_in(purposes nir.purposes) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purpose_in';
COMMENT ON FUNCTION nir.purpose_in(nir.purposes) IS 'for policies: is a declared purpose among these?';

CREATE OR REPLACE FUNCTION nir.in_definer_function() RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_in_definer_function';
COMMENT ON FUNCTION nir.in_definer_function() IS 'for policies: is a SECURITY DEFINER function of nir_owner running?';

CREATE OR REPLACE FUNCTION nir.transaction_token() RETURNS uuid
	LANGUAGE c STABLE PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_transaction_token';
COMMENT ON FUNCTION nir.transaction_token() IS
	'a random number that is the same throughout this transaction and that no other, here or in a restored copy, will have';

CREATE OR REPLACE FUNCTION nir.break_glass(reason text) RETURNS void
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_break_glass';
COMMENT ON FUNCTION nir.break_glass(text) IS
	'lets a privileged session use governed data until the end of the transaction although nir.privileged_access is deny; role and reason go to the server log (R81)';

CREATE OR REPLACE FUNCTION nir.context_token_key(role pg_catalog.regrole) RETURNS bytea
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_context_token_key';
COMMENT ON FUNCTION nir.context_token_key(pg_catalog.regrole) IS
	'the key by which an identity gateway makes tokens for the role (nir.context_token); for superusers, and an act in the access log';
