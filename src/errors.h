/*
 * src/errors.h
 *
 * nir's own SQLSTATEs, class NR.  docs/reference/sqlstates.md lists them for
 * users and a test compares the two.  Malformed input text keeps the standard
 * 22P02, so that drivers treat it as they treat any other type's.
 *
 * No message that carries one of these may hold a personal value: name the
 * relation, the column, the purposes; never what is stored.
 */
#ifndef NIR_ERRORS_H
#define NIR_ERRORS_H

/*
 * What these files raise is known by its domain: any procedural language can
 * raise the SQLSTATEs.  There are no translations.
 */
#define NIR_MESSAGE_DOMAIN	"nir"
#undef TEXTDOMAIN
#define TEXTDOMAIN			NIR_MESSAGE_DOMAIN

/* the library and its surroundings */
#define NIR_ERRCODE_NOT_PRELOADED			MAKE_SQLSTATE('N','R','0','0','1')
#define NIR_ERRCODE_VERSION_MISMATCH		MAKE_SQLSTATE('N','R','0','0','2')
#define NIR_ERRCODE_ROLE_UNSAFE				MAKE_SQLSTATE('N','R','0','0','3')

/* context: who acts, for which body, unit and purpose */
#define NIR_ERRCODE_NO_CONTEXT				MAKE_SQLSTATE('N','R','0','1','0')
#define NIR_ERRCODE_ROLE_UNBOUND			MAKE_SQLSTATE('N','R','0','1','1')
#define NIR_ERRCODE_PURPOSE_NOT_BOUND		MAKE_SQLSTATE('N','R','0','1','2')
#define NIR_ERRCODE_UNIT_NOT_BOUND			MAKE_SQLSTATE('N','R','0','1','3')
#define NIR_ERRCODE_UNIT_UNKNOWN			MAKE_SQLSTATE('N','R','0','1','4')
#define NIR_ERRCODE_CONTEXT_CHANGED			MAKE_SQLSTATE('N','R','0','1','5')
#define NIR_ERRCODE_QUERY_OPEN				MAKE_SQLSTATE('N','R','0','1','6')
#define NIR_ERRCODE_NOT_IN_TRANSACTION		MAKE_SQLSTATE('N','R','0','1','7')
#define NIR_ERRCODE_CONTEXT_PROTECTED		MAKE_SQLSTATE('N','R','0','1','8')
#define NIR_ERRCODE_CASE_REF_REQUIRED		MAKE_SQLSTATE('N','R','0','1','9')

/* what a statement or a value may be used for */
#define NIR_ERRCODE_COLUMN_PURPOSE			MAKE_SQLSTATE('N','R','0','2','0')
#define NIR_ERRCODE_RELATION_PURPOSE		MAKE_SQLSTATE('N','R','0','2','1')
#define NIR_ERRCODE_VALUE_PURPOSE			MAKE_SQLSTATE('N','R','0','2','2')
#define NIR_ERRCODE_WRITE_UP				MAKE_SQLSTATE('N','R','0','2','3')
#define NIR_ERRCODE_PLAIN_UNBOUND			MAKE_SQLSTATE('N','R','0','2','4')
#define NIR_ERRCODE_BODY_ACCESS				MAKE_SQLSTATE('N','R','0','2','5')
#define NIR_ERRCODE_HELD_CURSOR				MAKE_SQLSTATE('N','R','0','2','6')
#define NIR_ERRCODE_PRIVILEGED_DENIED		MAKE_SQLSTATE('N','R','0','2','7')
#define NIR_ERRCODE_TRUNCATE				MAKE_SQLSTATE('N','R','0','2','8')
#define NIR_ERRCODE_ROWS_COUNTED			MAKE_SQLSTATE('N','R','0','2','9')

/* definitions */
#define NIR_ERRCODE_NO_MODIFIER				MAKE_SQLSTATE('N','R','0','3','0')
#define NIR_ERRCODE_BAD_MODIFIER			MAKE_SQLSTATE('N','R','0','3','1')
#define NIR_ERRCODE_TAGGED_KEY				MAKE_SQLSTATE('N','R','0','3','2')
#define NIR_ERRCODE_GOVERNED_DDL			MAKE_SQLSTATE('N','R','0','3','3')
#define NIR_ERRCODE_NOT_GOVERNABLE			MAKE_SQLSTATE('N','R','0','3','4')

/* identity numbers (format errors are 22P02) */
#define NIR_ERRCODE_ID_DATE					MAKE_SQLSTATE('N','R','0','4','0')
#define NIR_ERRCODE_ID_CHECK_DIGITS			MAKE_SQLSTATE('N','R','0','4','1')
#define NIR_ERRCODE_ID_SYNTHETIC			MAKE_SQLSTATE('N','R','0','4','2')
#define NIR_ERRCODE_ID_KIND					MAKE_SQLSTATE('N','R','0','4','3')

/* keyring and sealed values */
#define NIR_ERRCODE_KEYRING_MISSING			MAKE_SQLSTATE('N','R','0','5','0')
#define NIR_ERRCODE_KEYRING_UNSAFE			MAKE_SQLSTATE('N','R','0','5','1')
#define NIR_ERRCODE_KEYRING_DAMAGED			MAKE_SQLSTATE('N','R','0','5','2')
#define NIR_ERRCODE_KEYRING_WRONG			MAKE_SQLSTATE('N','R','0','5','3')
#define NIR_ERRCODE_CRYPTO					MAKE_SQLSTATE('N','R','0','5','4')
#define NIR_ERRCODE_SEAL_BROKEN				MAKE_SQLSTATE('N','R','0','5','5')
#define NIR_ERRCODE_SEAL_FOREIGN			MAKE_SQLSTATE('N','R','0','5','6')
#define NIR_ERRCODE_KEY_DESTROYED			MAKE_SQLSTATE('N','R','0','5','7')
#define NIR_ERRCODE_NOT_SEALED				MAKE_SQLSTATE('N','R','0','5','8')
#define NIR_ERRCODE_NO_LOG					MAKE_SQLSTATE('N','R','0','5','9')

/* the access log */
#define NIR_ERRCODE_LOG_UNWRITABLE			MAKE_SQLSTATE('N','R','0','6','0')

/* retention and transfers */
#define NIR_ERRCODE_PURGE_IN_TRANSACTION	MAKE_SQLSTATE('N','R','0','7','0')
#define NIR_ERRCODE_RULE_UNKNOWN			MAKE_SQLSTATE('N','R','0','7','1')
#define NIR_ERRCODE_NOT_BINDABLE			MAKE_SQLSTATE('N','R','0','7','2')
#define NIR_ERRCODE_TRANSFER_UNKNOWN		MAKE_SQLSTATE('N','R','0','7','3')
#define NIR_ERRCODE_RETENTION_ONLY			MAKE_SQLSTATE('N','R','0','7','4')
#define NIR_ERRCODE_STRANGERS_CODE			MAKE_SQLSTATE('N','R','0','7','5')
#define NIR_ERRCODE_NO_CRON					MAKE_SQLSTATE('N','R','0','7','6')
#define NIR_ERRCODE_DELETION_UNPROVEN		MAKE_SQLSTATE('N','R','0','7','7')

/* engagements, complaints and verification */
#define NIR_ERRCODE_NOT_ENGAGED				MAKE_SQLSTATE('N','R','0','8','5')
#define NIR_ERRCODE_ENGAGEMENT				MAKE_SQLSTATE('N','R','0','8','6')
#define NIR_ERRCODE_CASE					MAKE_SQLSTATE('N','R','0','8','7')
#define NIR_ERRCODE_CLAIM_MISSING			MAKE_SQLSTATE('N','R','0','8','8')

#endif							/* NIR_ERRORS_H */
