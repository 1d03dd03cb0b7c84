/*
 * src/guard/code.h
 *
 * Whose code runs over tagged values.
 *
 * What an index, check, domain or generated column calls is run later by
 * whoever maintains the table, with no purpose to ask for.  So over tagged
 * values it may be the server's, nir's, or a superuser's code, never that of
 * an ordinary role (NR033).  Exempt sessions may define what they like.
 */
#ifndef NIR_GUARD_CODE_H
#define NIR_GUARD_CODE_H

/* True for a function of a superuser or of nir_owner. */
extern bool nir_code_is_trusted(Oid function);

/* What an ordinary role has just defined does not ask who is narrowed (NR091). */
extern void nir_code_check_call(Oid class_id, Oid object_id, int sub_id);

/* An index of the table that this command has just made: also that its statistics tell no values. */
extern void nir_code_check_index(Oid index, Oid relid);

/* A constraint of a table, or of a domain (relid is InvalidOid). */
extern void nir_code_check_constraint(Oid constraint, Oid relid, Oid domain);

/* A foreign key, with its columns: its checks run nobody's cast as the owner of the other table. */
extern void nir_code_check_key(Oid relid, Datum columns, Oid other, Datum other_columns);

/*
 * The expression of a generated column; of a governed table also a default,
 * which whoever inserts runs as himself.
 */
extern void nir_code_check_default(Oid relid, int attnum);

/* The type of a governed table's new column: a domain's checks run as whoever inserts. */
extern void nir_code_check_column(Oid relid, int attnum);

/* All of them, for a table that has just got tagged values. */
extern void nir_code_check_table(Oid relid);

#endif							/* NIR_GUARD_CODE_H */
