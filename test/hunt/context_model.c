/*
 * test/hunt/context_model.c
 *
 * The rules, written from the design and not from the library: who may declare
 * what, how it ends, and what is then seen.
 */
#include "context_model.h"

#include <stdio.h>
#include <string.h>

const char *const role_names[ROLES] = {
	[R_NONE] = "none",
	[R_SUPER] = "hunt_super",
	[R_POOL] = "hunt_pool",
	[R_OSLO] = "hunt_oslo",
	[R_BERGEN] = "hunt_bergen",
	[R_IMDI] = "hunt_imdi",
	[R_HKDIR] = "hunt_hkdir",
	[R_REPORT] = "hunt_report",
	[R_TWO] = "hunt_two",
	[R_ATTR] = "hunt_attr",
	[R_NOBODY] = "hunt_nobody",
	[R_DESK] = "hunt_desk",
	[R_GATE] = "hunt_gate",
};

const char *const actor_names[ACTORS] = {"anna", "berit"};

static const char *const body_names[BODIES] = {"0301", "4601", "imdi", "hkdir"};
static const char *const kind_names[KINDS] = {"municipality", "imdi", "hkdir"};
static const Kind body_kinds[BODIES] = {K_MUNICIPALITY, K_MUNICIPALITY, K_IMDI, K_HKDIR};

#define A(c) LETTER(c)

const Table tables[2] = {
	{
		.name = "wish",
		.touch = A('d') | A('g') | A('m') | A('n') | A('p') | A('q'),
		.columns = {A('d') | A('p'), A('p') | A('q')},
		.nrows = 5,
		.units = {"0301", "030101", "4601", "1201", "460101"},
		.access = {
			[K_MUNICIPALITY] = {A('d') | A('p') | A('q'), A('d'), A('d') | A('p')},
			[K_IMDI] = {A('d') | A('g') | A('p') | A('q'), A('d'), A('d') | A('p')},
		},
	},
	{
		.name = "candidate",
		.touch = A('c') | A('m') | A('n') | A('p') | A('q'),
		.columns = {A('c') | A('p'), A('q')},
		.nrows = 3,
		.units = {"0301", "4601", "030102"},
		.access = {
			[K_MUNICIPALITY] = {A('c') | A('p') | A('q'), A('c'), A('c') | A('p')},
			[K_HKDIR] = {A('c') | A('p') | A('q'), A('c'), A('c') | A('p')},
		},
	},
};

static const Mask needs_case = A('f') | A('k') | A('m') | A('n');

int			mutation = 0;

/* ---- users ---- */

Role
model_session_user(const Session *s)
{
	return s->now.authorization_local != R_UNSET ? s->now.authorization_local : s->now.authorization;
}

Role
model_outer_user(const Session *s)
{
	Role		role = s->now.role_local != R_UNSET ? s->now.role_local : s->now.role;

	return role != R_NONE ? role : model_session_user(s);
}

bool
model_is_superuser(Role role)
{
	return role == R_SUPER;
}

static bool
bypasses(const World *world, Role role)
{
	return role == R_SUPER || (role == R_ATTR && world->attr_bypasses);
}

bool
model_exempt(const Session *s)
{
	return bypasses(s->world, model_session_user(s)) && bypasses(s->world, model_outer_user(s));
}

static bool
is_member(const World *world, Role member, Role role)
{
	if (member == role || member == R_SUPER)
		return true;
	return member == R_POOL &&
		(role == R_OSLO || role == R_IMDI || role == R_REPORT || role == R_TWO ||
		 role == R_DESK || role == R_GATE ||
		 (role == R_BERGEN && world->pool_has_bergen));
}

/* Rights of the group role of a kind of body, own or inherited. */
static bool
has_group(const World *world, Role user, Kind kind)
{
	for (Role role = R_SUPER; role < ROLES; role++)
		if (is_member(world, user, role) && (user == R_SUPER || world->in_group[role][kind]))
			return true;
	return false;
}

bool
model_may_set_role(const Session *s, Role role)
{
	return role == R_NONE || is_member(s->world, model_session_user(s), role);
}

/* ---- units ---- */

static bool
within(const char *unit, const char *outer)
{
	return strncmp(unit, outer, strlen(outer)) == 0;
}

/* Bergen was 1201 until 2020. */
static bool
in_scope(const char *unit, const char *acting)
{
	if (acting[0] == '\0')
		return false;
	if (within(unit, acting))
		return true;
	return mutation != 7 && strcmp(unit, "1201") == 0 && within("4601", acting);
}

const char *
model_unit_error(const char *unit)
{
	if (unit != NULL && strspn(unit, "0123456789") != strlen(unit))
		return "22P02";
	return NULL;
}

/* ---- what is in force ---- */

static bool
default_context(const World *world, Role role, Context *context)
{
	int			defaults = 0;

	for (int body = 0; body < BODIES; body++)
	{
		const Binding *b = &world->bindings[role][body];

		if (!b->exists || !b->in_force)
			continue;
		if (b->actors || b->token)
			return false;
		if (b->default_purpose == 0)
			continue;
		defaults++;
		memset(context, 0, sizeof(Context));
		context->set = true;
		context->role = role;
		context->purposes = b->default_purpose;
		context->body = body;
		context->unit = b->default_unit != NULL ? b->default_unit : b->nunits == 1 ? b->units[0] : "";
	}
	return defaults == 1;
}

/* False where asking is itself an error: another role declared it. */
bool
model_current(const Session *s, Context *context)
{
	Role		role = model_outer_user(s);

	if (s->now.declared.set)
	{
		*context = s->now.declared;
		return mutation == 3 || context->role == role;
	}
	if (!default_context(s->world, role, context))
		context->set = false;
	return true;
}

static void
print_mask(Mask mask, char *text)
{
	char	   *at = text;

	*at++ = '{';
	for (char letter = 'a'; letter <= 'x'; letter++)
		if ((mask & LETTER(letter)) != 0)
			at += sprintf(at, "%s%c", at[-1] == '{' ? "" : ",", letter);
	strcpy(at, "}");
}

static const char *
truth(bool value, bool words)
{
	return value ? (words ? "true" : "t") : words ? "false" : "f";
}

/* As nir.context() and nir.has_function() show it; with booleans as words or as letters. */
void
model_context_text(const Session *s, bool words, char *text)
{
	Context		c;
	char		purposes[64];

	(void) model_current(s, &c);
	if (!c.set)
	{
		sprintf(text, "||||||%s", words ? "|false|false" : "|f|f");
		return;
	}
	print_mask(c.purposes, purposes);
	snprintf(text, ANSWER_SIZE / 2, "%s|%s|%s|%s|%s|%s|%s|%s|%s", purposes, c.unit, body_names[c.body],
			 kind_names[body_kinds[c.body]], c.actor, c.case_ref, truth(c.declared, words),
			 truth((c.functions & F_SHIELDED) != 0, words), truth((c.functions & F_SPECIAL) != 0, words));
}

void
model_context_answer(const Session *s, char *answer)
{
	Context		c;

	if (!model_current(s, &c))
	{
		strcpy(answer, "NR015");
		return;
	}
	strcpy(answer, "ok:");
	model_context_text(s, false, answer + 3);
}

/* ---- nir.begin_processing ---- */

bool
model_same_context(const Context *a, const Context *b)
{
	return a->set == b->set && a->declared == b->declared && a->role == b->role &&
		a->purposes == b->purposes && strcmp(a->unit, b->unit) == 0 && a->body == b->body &&
		strcmp(a->actor, b->actor) == 0 && strcmp(a->case_ref, b->case_ref) == 0 &&
		a->vouched == b->vouched && a->granted == b->granted && a->functions == b->functions;
}

static bool
covers(const Binding *b, const char *unit)
{
	if (unit == NULL)
		return b->nunits <= 1;
	for (int i = 0; i < b->nunits; i++)
		if (within(unit, b->units[i]))
			return true;
	return b->nunits == 0;
}

static const char *
choose(const World *world, Role role, const Declaration *d, Context *context)
{
	int			any = 0,
				bound = 0,
				with_purposes = 0,
				fitting = 0;

	for (int body = 0; body < BODIES; body++)
	{
		const Binding *b = &world->bindings[role][body];

		if (!b->exists || !b->in_force)
			continue;
		any++;
		if (d->body != NULL && d->body[0] != '\0' && strcmp(d->body, body_names[body]) != 0)
			continue;
		bound++;
		if ((d->purposes & ~b->purposes) != 0)
			continue;
		with_purposes++;
		if (!covers(b, d->unit))
			continue;
		fitting++;
		context->body = body;
		context->unit = d->unit != NULL ? d->unit : b->nunits == 1 ? b->units[0] : "";
	}
	if (any == 0 || bound == 0)
		return "NR011";
	if (d->unit != NULL && (strcmp(d->unit, "1601") == 0 || strcmp(d->unit, "9999") == 0))
		return "NR014";
	if (with_purposes == 0)
		return "NR012";
	return fitting == 1 ? NULL : fitting == 0 ? "NR013" : "NR083";
}

/* What the actor's grant gives; NULL or the SQLSTATE. */
static const char *
use_grant(const World *world, Context *context)
{
	const Grant *grant = NULL;

	if (strspn(context->actor, " ") == strlen(context->actor))
		return "22004";
	for (int actor = 0; actor < ACTORS; actor++)
		if (strcmp(context->actor, actor_names[actor]) == 0)
			grant = &world->grants[actor][context->body];
	if (grant == NULL || !grant->exists || !grant->in_force || (context->purposes & ~grant->purposes) != 0 ||
		!within(context->unit, grant->unit))
		return "NR081";
	if (grant->overdue)
		return "NR082";
	context->functions = grant->functions;
	return NULL;
}

/* NULL, or why what was declared could not be declared now. */
const char *
model_standing(const Session *s, const Context *context)
{
	Context		now = *context;
	Declaration d = {.purposes = context->purposes, .unit = context->unit[0] != '\0' ? context->unit : NULL,
	.body = body_names[context->body]};
	const Binding *b = &s->world->bindings[context->role][context->body];
	const char *error;

	if (!context->declared)
		return NULL;
	error = choose(s->world, context->role, &d, &now);
	if (error != NULL)
		return error;
	now.granted = b->actors;
	now.functions = 0;
	if (mutation == 10)
		return NULL;
	if (b->actors && (error = use_grant(s->world, &now)) != NULL)
		return error;
	if (strcmp(now.unit, context->unit) != 0 || now.granted != context->granted || (b->token && !context->vouched) ||
		(context->functions & ~now.functions) != 0)
		return "NR015";
	return NULL;
}

static bool
narrows(const Context *old, const Context *new)
{
	if ((new->purposes & ~old->purposes) != 0 && mutation != 6)
		return false;
	if (old->body != new->body)
		return false;
	if (old->unit[0] != '\0' && (new->unit[0] == '\0' || !within(new->unit, old->unit)))
		return false;
	if ((old->vouched && !new->vouched) || old->granted != new->granted || (new->functions & ~old->functions) != 0)
		return false;
	return (old->actor[0] == '\0' || strcmp(old->actor, new->actor) == 0) &&
		(old->case_ref[0] == '\0' || strcmp(old->case_ref, new->case_ref) == 0);
}

static bool
governed_cursor_open(const Session *s)
{
	for (int i = 0; i < CURSORS; i++)
		if (s->cursors[i].exists && s->cursors[i].stamped && mutation != 5)
			return true;
	return false;
}

/* NULL: *context is what is in force from now on; else the SQLSTATE. */
const char *
model_declare(const Session *s, const Declaration *d, Call call, Context *context)
{
	const char *error = model_unit_error(d->unit);
	const Binding *b;
	Context		old;

	memset(context, 0, sizeof(Context));
	if (error != NULL)
		return error;
	if (call.bare && s->tx == TX_NONE)
		return "NR017";
	if (d->purpose == NULL)
		return "22004";
	if (d->purposes == 0)
		return strcmp(d->purpose, "arch") == 0 ? "NR080" : "NR012";
	if ((d->actor != NULL && strlen(d->actor) > 127) || (d->case_ref != NULL && strlen(d->case_ref) > 255))
		return "22001";
	context->set = context->declared = true;
	context->role = model_outer_user(s);
	context->purposes = d->purposes;
	strcpy(context->actor, d->actor != NULL ? d->actor : "");
	strcpy(context->case_ref, d->case_ref != NULL ? d->case_ref : "");
	error = choose(s->world, context->role, d, context);
	if (error != NULL)
		return error;
	b = &s->world->bindings[context->role][context->body];
	context->vouched = b->token;
	context->granted = b->actors;
	if (b->token && !d->token_fits && mutation != 12)
		return "NR084";
	if (b->actors && (error = use_grant(s->world, context)) != NULL)
		return error;
	if (mutation == 11 && !b->actors)
		(void) use_grant(s->world, context);
	if ((d->purposes & needs_case) != 0 && strspn(context->case_ref, " ") == strlen(context->case_ref))
		return "NR019";
	old = s->now.declared;
	if (old.set && (!(model_current(s, &old)) || !narrows(&old, context)))
		return "NR015";
	if ((call.in_governed || governed_cursor_open(s)) && (!old.set || !model_same_context(&old, context)))
		return "NR016";
	return NULL;
}

/* ---- what a statement may use ---- */

static bool
has_right(const World *world, int table, Role user, int verbs)
{
	for (int verb = 0; verb < 3; verb++)
	{
		bool		granted = user == R_SUPER;

		if ((verbs & (1 << verb)) == 0)
			continue;
		for (int kind = 0; kind < KINDS; kind++)
			granted = granted || (tables[table].access[kind][verb] != 0 && has_group(world, user, kind));
		if (!granted)
			return false;
	}
	return true;
}

static const char *
check_purposes(const Table *t, const Context *c, int columns, int verbs)
{
	Mask		allowed = c->purposes & t->touch;

	if (allowed == 0)
		return "NR021";
	for (int i = 0; i < 2; i++)
		if ((columns & (1 << i)) != 0)
			allowed &= t->columns[i];
	if (allowed == 0)
		return "NR020";
	for (int verb = 0; verb < 3; verb++)
		if ((verbs & (1 << verb)) != 0)
			allowed &= t->access[body_kinds[c->body]][verb];
	return allowed == 0 ? "NR025" : NULL;
}

/* NULL, or how a statement on a table ends; user is the current one. */
const char *
model_check(const Session *s, int table, Role user, int columns, int verbs)
{
	const char *error;
	Context		c;

	if (s->read_only && (verbs & (V_INSERT | V_UPDATE)) != 0)
		return "25006";
	if (!has_right(s->world, table, user, verbs))
		return "42501";
	if (model_exempt(s) && bypasses(s->world, user))
		return NULL;
	if (!model_current(s, &c))
		return "NR015";
	if (!c.set)
		return "NR010";
	error = model_standing(s, &c);
	if (error != NULL)
		return error;
	if (model_exempt(s))
		return NULL;
	error = check_purposes(&tables[table], &c, columns, verbs);
	if (error != NULL)
		return error;
	if (bypasses(s->world, user) || !has_group(s->world, user, body_kinds[c.body]))
		return "NR025";
	if ((verbs & (V_INSERT | V_UPDATE)) != 0 && (c.purposes & (c.purposes - 1)) != 0 && mutation != 9)
		return "NR024";
	return NULL;
}

static bool
sees(const Context *c, const char *unit)
{
	return body_kinds[c->body] != K_MUNICIPALITY || in_scope(unit, c->unit);
}

int
model_rows(const Session *s, int table, Role user, int *rows)
{
	Context		c;
	int			count = 0;

	(void) model_current(s, &c);
	for (int i = 0; i < tables[table].nrows; i++)
		if (bypasses(s->world, user) || sees(&c, tables[table].units[i]))
			rows[count++] = i + 1;
	return count;
}

bool
model_may_write(const Session *s, Role user, const char *unit)
{
	Context		c;

	(void) model_current(s, &c);
	return bypasses(s->world, user) || sees(&c, unit);
}

/* NULL, or what showing a tagged value ends with. */
const char *
model_value(const Session *s, Mask tag)
{
	Context		c;

	if (model_exempt(s))
		return NULL;
	if (!model_current(s, &c))
		return "NR015";
	if (!c.set)
		return "NR010";
	return (c.purposes & tag) != 0 ? NULL : "NR022";
}

/* ---- transactions ---- */

void
model_begin(Session *s)
{
	s->tx = TX_OPEN;
	s->depth = 0;
	s->before = s->now;
}

void
model_end(Session *s, bool commit)
{
	if (!commit)
		s->now = s->before;
	else
		s->now.authorization_local = s->now.role_local = R_UNSET;
	if (!(mutation == 2 && commit))
		memset(&s->now.declared, 0, sizeof(Context));
	for (int i = 0; i < CURSORS; i++)
	{
		Cursor	   *c = &s->cursors[i];

		if (c->exists && !c->held && !(c->hold && commit))
			c->exists = false;
		c->held = c->exists;
	}
	s->tx = TX_NONE;
	s->read_only = false;
	s->depth = 0;
	s->stale = false;
}

void
model_savepoint(Session *s, int name)
{
	s->savepoints[s->depth].name = name;
	s->savepoints[s->depth].before = s->now;
	s->depth++;
}

/* The innermost of that name, or -1. */
int
model_find_savepoint(const Session *s, int name)
{
	for (int i = s->depth - 1; i >= 0; i--)
		if (s->savepoints[i].name == name)
			return i;
	return -1;
}

void
model_release(Session *s, int at)
{
	for (int i = 0; i < CURSORS; i++)
		if (s->cursors[i].depth > at)
			s->cursors[i].depth = at;
	s->depth = at;
	if (mutation == 8)
		s->now.declared = s->savepoints[at].before.declared;
}

void
model_rollback_to(Session *s, int at)
{
	Context		declared = s->now.declared;

	for (int i = 0; i < CURSORS; i++)
		if (!s->cursors[i].held && s->cursors[i].depth > at)
			s->cursors[i].exists = false;
	s->now = s->savepoints[at].before;
	if (mutation == 1)
		s->now.declared = declared;
	s->depth = at + 1;
	s->tx = TX_OPEN;
}

/* ---- settings of the session ---- */

/* SET LOCAL outside a transaction block is a warning and nothing else. */
void
model_set_role(Session *s, Role role, bool local)
{
	if (local && s->tx == TX_NONE)
		return;
	s->now.role_local = R_UNSET;
	*(local ? &s->now.role_local : &s->now.role) = role;
}

void
model_set_authorization(Session *s, Role role, bool local)
{
	if (local && s->tx == TX_NONE)
		return;
	s->now.authorization_local = R_UNSET;
	*(local ? &s->now.authorization_local : &s->now.authorization) = role;
	model_set_role(s, R_NONE, local);
}

void
model_discard_all(Session *s)
{
	model_set_authorization(s, s->login, false);
	memset(s->cursors, 0, sizeof(s->cursors));
	memset(s->prepared, 0, sizeof(s->prepared));
}

/* ---- bindings ---- */

void
model_bind(World *world, Role role, Body body, const Binding *binding)
{
	world->bindings[role][body] = *binding;
	world->bindings[role][body].exists = true;
	world->in_group[role][body_kinds[body]] = true;
}

void
model_unbind(World *world, Role role, Body body)
{
	bool		left[KINDS] = {false};

	world->bindings[role][body].exists = false;
	for (int i = 0; i < BODIES; i++)
		if (world->bindings[role][i].exists)
			left[body_kinds[i]] = true;
	memcpy(world->in_group[role], left, sizeof(left));
}
