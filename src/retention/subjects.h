/*
 * src/retention/subjects.h
 *
 * Which subjects a batch works on, and which of them nothing keeps any more.
 * Both are asked as a foreign-key check asks: as the tables' owner, with
 * row-level security off, over plain key columns and nothing else, so that
 * nir_retention itself need not see what is not due.
 */
#ifndef NIR_RETENTION_SUBJECTS_H
#define NIR_RETENTION_SUBJECTS_H

/* What was found of subjects holds no longer. */
extern void nir_subjects_forget(void);

#endif							/* NIR_RETENTION_SUBJECTS_H */
