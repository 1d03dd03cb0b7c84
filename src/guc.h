/*
 * src/guc.h
 *
 * Every setting that an administrator sets, and the functions that read them.
 * The variables themselves stay in guc.c.  nir.context and nir.broken_glass
 * live in context/context.c and context/exempt.c, which alone may write them.
 */
#ifndef NIR_GUC_H
#define NIR_GUC_H

typedef enum NirIdentityMode
{
	NIR_IDENTITY_PRODUCTION,	/* synthetic numbers are refused */
	NIR_IDENTITY_TEST,			/* synthetic numbers are accepted beside real ones */
} NirIdentityMode;

typedef enum NirFnrRule
{
	NIR_FNR_AUTO,				/* 1964 until 2031-12-31, then 2032 */
	NIR_FNR_1964,
	NIR_FNR_2032,
} NirFnrRule;

typedef enum NirDufChecksum
{
	NIR_DUF_OFF,
	NIR_DUF_WARN,
	NIR_DUF_ERROR,
} NirDufChecksum;

typedef enum NirPrivilegedAccess
{
	NIR_PRIVILEGED_ALLOW,		/* exempt sessions pass in silence */
	NIR_PRIVILEGED_LOG,			/* ... and leave a line in the server log */
	NIR_PRIVILEGED_DENY,		/* ... and are refused */
} NirPrivilegedAccess;

extern void nir_guc_init(void);

extern NirIdentityMode nir_identity_mode(void);
extern NirFnrRule nir_fnr_rule(void);
extern NirDufChecksum nir_duf_checksum(void);
extern NirPrivilegedAccess nir_privileged_access(void);
extern int	nir_max_workers(void);
extern bool nir_access_log_sync(void);
extern int	nir_access_log_timeout(void);	/* milliseconds */
extern int	nir_actor_review_interval(void);	/* minutes */

/* Where the keyring is; empty where not set. */
extern const char *nir_keyring_file(void);
extern const char *nir_keyring_command(void);

#endif							/* NIR_GUC_H */
