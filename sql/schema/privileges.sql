-- Last: take away, then give.  What operators, casts, indexes, aggregates and
-- types call must be callable by whoever uses them; the rest of the list is
-- harmless, because each function looks at the caller's own context only.
-- All but these are taken from PUBLIC.  These keep the default, which is that,
-- and no list of their own unless default privileges have made one: a list is
-- read and copied for each function that a statement calls, each time.

REVOKE ALL ON ALL TABLES IN SCHEMA nir FROM PUBLIC;

DO $revoke$
DECLARE
	routine regprocedure;
	callable boolean;
	listed boolean;
BEGIN
	FOR routine, callable, listed IN
		SELECT p.oid::regprocedure,
			(p.proname = ANY ('{require_loaded, begin_processing, context, current_unit, current_body,
					current_actor, has_function, transaction_token, break_glass, acts_as, unit_scope, in_unit_scope, is_current, has_begun, covers, is_looked_up, persons_in_reach, may_reach, engagements, purpose_in, subject_is_open, in_definer_function, type_purposes, conforms,
					sealed_for, reseal, retention_today, retention_cutoff, rule_in_force, date_cutoff, date_expiry,
					unit_level, unit_parent, unit_last_within, unit_within, purposes_union,
					fnr_kind, fnr_birth_year_candidates, fnr_check, data_rule, controller, registration_deadline, registration_day, coverage_tests}'::name[])
				OR p.oid IN (
					SELECT unnest(ARRAY[t.typinput, t.typoutput, t.typreceive, t.typsend,
						t.typmodin, t.typmodout, t.typanalyze]::oid[]) FROM pg_catalog.pg_type t
					UNION SELECT o.oprcode::oid FROM pg_catalog.pg_operator o
					UNION SELECT a.amproc::oid FROM pg_catalog.pg_amproc a
					UNION SELECT c.castfunc FROM pg_catalog.pg_cast c
					UNION SELECT unnest(ARRAY[g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn,
						g.aggdeserialfn, g.aggmtransfn, g.aggminvtransfn, g.aggmfinalfn]::oid[])
					FROM pg_catalog.pg_aggregate g)) IS TRUE,
			p.proacl IS NOT NULL
		FROM pg_catalog.pg_proc p
		WHERE p.pronamespace = 'nir'::regnamespace
	LOOP
		IF NOT callable THEN
			EXECUTE pg_catalog.format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', routine);
		ELSIF listed THEN
			EXECUTE pg_catalog.format('GRANT EXECUTE ON ROUTINE %s TO PUBLIC', routine);
		END IF;
	END LOOP;
END
$revoke$;

-- the law, and what is in force of it, is no secret
GRANT SELECT ON nir.instrument, nir.purpose, nir.actor_function, nir.unit_code, nir.unit_succession, nir.body_kind,
	nir.category, nir.narrowing, nir.part_controller, nir.access_rule, nir.item, nir.item_column, nir.retention_rule, nir.registration_duty, nir.country, nir.language,
	nir.cited_object, nir.law_coverage,
	nir.body, nir.governed_relation, nir.governed_column, nir.relation_access, nir.access_matrix TO PUBLIC;

-- who may act for a body may seal and open, within its context
GRANT EXECUTE ON FUNCTION nir.open(nir.sealed), nir.seal(text, bigint, text)
	TO nir_imdi, nir_hkdir, nir_municipality, nir_county, nir_provider, nir_immigration, nir_dpo;
GRANT EXECUTE ON FUNCTION nir.shred_subject(bigint) TO nir_admin;

-- administration
GRANT SELECT ON nir.role_binding, nir.repurposing TO nir_admin, nir_dpo, nir_operator;
GRANT SELECT ON nir.engagement TO nir_admin, nir_dpo, nir_operator, nir_municipality, nir_county, nir_provider, nir_owner;
GRANT SELECT ON nir.actor_grant, nir.actor_review TO nir_admin, nir_dpo;
GRANT EXECUTE ON FUNCTION nir.review_deadline(timestamptz) TO nir_admin, nir_dpo;
GRANT SELECT ON nir.narrowing_source TO nir_admin, nir_dpo;
GRANT INSERT ON nir.repurposing TO nir_admin;
GRANT INSERT, UPDATE, DELETE ON nir.governed_relation, nir.relation_access TO nir_admin;
GRANT INSERT, UPDATE, DELETE ON nir.body, nir.category, nir.access_rule, nir.purpose TO nir_admin;
GRANT EXECUTE ON FUNCTION
	nir.bind_role(pg_catalog.regrole, text, nir.unit[], nir.purposes, pg_catalog.daterange, nir.purposes, nir.unit, text, boolean),
	nir.require_body(text),
	nir.require_units(nir.body, nir.unit[]),
	nir.require_purposes(nir.body, nir.purposes),
	nir.grant_actor(text, text, nir.purposes, nir.unit[], text[], pg_catalog.daterange),
	nir.revoke_actor(text, text),
	nir.review_actor(text, text, boolean),
	nir.unbind_role(pg_catalog.regrole, text),
	nir.engage(text, text, nir.unit, nir.purposes, text, pg_catalog.daterange, text, text[]),
	nir.end_engagement(bigint, date),
	nir.require_bindable(pg_catalog.regrole),
	nir.unit_condition(text, text),
	nir.connected_condition(nir.governed_relation, text, text, text),
	nir.subject_condition(nir.governed_relation, text),
	nir.engaged_condition(nir.governed_relation, text),
	nir.rules_in_force(nir.governed_relation),
	nir.scope_condition(nir.governed_relation, text, text, text),
	nir.narrowing_root(nir.governed_relation),
	nir.policy_statements(nir.governed_relation),
	nir.apply_access(pg_catalog.regclass),
	nir.require_governable(pg_catalog.regclass, text, name, name, name, name),
	nir.govern(pg_catalog.regclass, text, name, name, name, boolean, name),
	nir.sealed_column(pg_catalog.regclass),
	nir.seal_statements(pg_catalog.regclass, name),
	nir.ungovern(pg_catalog.regclass),
	nir.repurpose_column(pg_catalog.regclass, name, nir.purposes, text),
	nir.subject_reference(pg_catalog.regclass, name),
	nir.bound_as(pg_catalog.regclass),
	nir.column_type(pg_catalog.regclass, name),
	nir.strangers_code(pg_catalog.regclass),
	nir.require_unentangled(pg_catalog.regclass),
	nir.require_retainable(pg_catalog.regclass, text, name, name, name),
	nir.bind_retention(pg_catalog.regclass, text, name, name, name, text[], boolean),
	nir.unbind_retention(pg_catalog.regclass),
	nir.binding_conditions(nir.governed_relation, nir.retention_binding, boolean),
	nir.due_condition(nir.governed_relation, boolean, text),
	nir.pending_condition(nir.governed_relation)
	TO nir_admin;
GRANT SELECT ON nir.keyring_status TO nir_admin, nir_operator;
GRANT EXECUTE ON FUNCTION nir.read_keyring_status() TO nir_admin, nir_operator;
GRANT EXECUTE ON FUNCTION nir.lint(), nir.doctor() TO nir_admin, nir_operator, nir_dpo;

-- the access log
GRANT SELECT ON nir.access_log, nir.access_log_batch TO nir_dpo;
GRANT EXECUTE ON FUNCTION nir.verify_access_log() TO nir_dpo;
GRANT SELECT, INSERT ON nir.access_log, nir.access_log_batch TO nir_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON nir.access_log_position TO nir_worker;
GRANT USAGE ON SCHEMA nir TO nir_worker;

-- monitoring
GRANT SELECT ON nir.worker TO pg_monitor, nir_operator, nir_admin;
GRANT EXECUTE ON FUNCTION nir.worker_state() TO pg_monitor, nir_operator, nir_admin;
-- retention: what the purge needs, inside its window only
GRANT SELECT ON nir.retention_binding, nir.disclosure TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON nir.retention_binding TO nir_admin;
GRANT SELECT, INSERT, UPDATE ON nir.transfer, nir.retention_run, nir.deletion_head TO nir_retention;
GRANT SELECT, INSERT ON nir.quarantine, nir.deletion_log TO nir_retention;
GRANT SELECT, INSERT, DELETE ON nir.retention_rest TO nir_retention;
GRANT SELECT, DELETE ON nir.retention_hold TO nir_retention;
GRANT EXECUTE ON FUNCTION
	nir.is_forgotten(pg_catalog.regclass, bigint),
	nir.claim_subjects(pg_catalog.regclass, name, bigint[]),
	nir.is_released(pg_catalog.regclass, bigint),
	nir.release_clocks(pg_catalog.regclass, oid[], name[], bigint[]),
	nir.forget_subjects(pg_catalog.regclass, name, bigint[]),
	nir.deletion_link(text, bigint, bytea, text[]),
	nir.subject_digests(text, bigint[]),
	nir.deletion_fields(nir.deletion_log),
	nir.log_deletion(bigint, name, text, date, jsonb, bigint, bigint[]),
	nir.lists_of(name, text),
	nir.untransferred(name, text, bigint[]),
	nir.is_withheld(name, bigint),
	nir.prepare_step(bigint, text, integer, bigint, integer),
	nir.payload_step(bigint, text, integer, bigint, integer),
	nir.retention_tasks(text),
	nir.due_subjects(name, text, bigint, integer, boolean),
	nir.deletion_order(name, text),
	nir.delete_rows(name, text, bigint[]),
	nir.delete_clocks(name, text, bigint[]),
	nir.root_of(name),
	nir.delete_general(name, bigint[]),
	nir.held_subjects(oid[], name[], bigint[]),
	nir.delete_subjects(pg_catalog.regclass, name, bigint[]),
	nir.unreferred_rows(pg_catalog.regclass, name, bigint[]),
	nir.key_of(pg_catalog.regclass),
	nir.shred_forgotten(pg_catalog.regclass, bigint[]),
	nir.bound_as(pg_catalog.regclass),
	nir.subject_reference(pg_catalog.regclass, name),
	nir.in_retention(),
	nir.disclosure_function(name, text),
	nir.purge_rest(bigint, name, bigint[]),
	nir.task_failed(bigint, name, text, text, text),
	nir.purge_subjects_of(bigint, name, text, integer, bigint, integer),
	nir.purge_subjects(bigint, name, text, bigint[]),
	nir.require_poison(text, text),
	nir.purge_singly(bigint, name, text, bigint[]),
	nir.purge_step(bigint, text, integer, bigint, integer),
	nir.rest_step(bigint, text, integer, bigint, integer),
	nir.purge_begin(text, integer, text, text),
	nir.finish_step(bigint, text, integer, bigint, integer),
	nir.strangers_code(pg_catalog.regclass),
	nir.binding_conditions(nir.governed_relation, nir.retention_binding, boolean),
	nir.due_condition(nir.governed_relation, boolean, text),
	nir.due_rows()
	TO nir_retention;
-- who runs it, who watches it, who fetches
GRANT EXECUTE ON PROCEDURE nir.purge(text, integer) TO nir_operator;
GRANT EXECUTE ON FUNCTION nir.prepare_transfers(), nir.schedule_purge(text) TO nir_operator;
GRANT EXECUTE ON FUNCTION nir.count_due() TO nir_operator, nir_admin, nir_dpo;
GRANT SELECT ON nir.retention_due, nir.stat_retention TO nir_operator, nir_admin, nir_dpo;
GRANT SELECT ON nir.deletion_log, nir.deletion_head TO nir_operator, nir_dpo;
GRANT EXECUTE ON FUNCTION nir.verify_deletion_log() TO nir_operator, nir_dpo;
GRANT EXECUTE ON FUNCTION nir.was_deleted(name, bigint) TO nir_dpo;
GRANT SELECT, DELETE ON nir.quarantine TO nir_operator;
GRANT SELECT ON nir.retention_hold TO nir_dpo;
GRANT EXECUTE ON FUNCTION nir.hold(name, bigint, text, date), nir.release(bigint) TO nir_dpo;
GRANT EXECUTE ON FUNCTION nir.fetch_transfers(text, integer), nir.acknowledge_transfer(bigint) TO nir_immigration;
-- a register's triggers queue transfers as its owner
GRANT EXECUTE ON FUNCTION nir.queue_transfer(name, text, bigint), nir.rule_in_force(text) TO nir_owner;
GRANT INSERT ON nir.transfer TO nir_owner;
GRANT SELECT (register, subject, list, state, rule) ON nir.transfer TO nir_owner;
GRANT UPDATE (queued_at) ON nir.transfer TO nir_owner;	-- to lock it

-- nir_retention has these while the purge is at work, and whoever becomes it or
-- is a member of it has nothing
DO $policies$
DECLARE
	of_retention regclass;
	reader record;
BEGIN
	FOREACH of_retention IN ARRAY ARRAY['nir.transfer', 'nir.retention_run', 'nir.deletion_head', 'nir.quarantine',
		'nir.deletion_log', 'nir.retention_rest', 'nir.retention_hold']::regclass[]
	LOOP
		EXECUTE pg_catalog.format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', of_retention);
		EXECUTE pg_catalog.format('CREATE POLICY purge ON %s TO nir_retention USING ((SELECT nir.in_retention())) WITH CHECK ((SELECT nir.in_retention()))', of_retention);
	END LOOP;
	FOR reader IN SELECT * FROM (VALUES
		('nir.transfer', 'nir_owner'), ('nir.quarantine', 'nir_operator'), ('nir.deletion_log', 'nir_operator, nir_dpo'),
		('nir.deletion_head', 'nir_operator, nir_dpo'), ('nir.retention_hold', 'nir_dpo')) AS r (relation, roles)
	LOOP
		EXECUTE pg_catalog.format('CREATE POLICY others ON %s TO %s USING (true)', reader.relation, reader.roles);
	END LOOP;
END
$policies$;
-- whether there was one today; names nobody
CREATE POLICY others ON nir.retention_run FOR SELECT TO nir_retention USING (true);

CREATE EVENT TRIGGER nir_forget_dropped ON sql_drop EXECUTE FUNCTION nir.forget_dropped();
COMMENT ON EVENT TRIGGER nir_forget_dropped IS 'nir forgets governed relations that are dropped';
