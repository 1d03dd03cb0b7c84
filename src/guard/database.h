/*
 * src/guard/database.h
 *
 * Commands that concern nir's workers: those that need a database without
 * other sessions, and CREATE EXTENSION nir, which brings a database a worker.
 */
#ifndef NIR_GUARD_DATABASE_H
#define NIR_GUARD_DATABASE_H

#include "nodes/nodes.h"

/* Before such a command; does nothing for any other. */
extern void nir_database_prepare(Node *statement);

/* True from CREATE EXTENSION nir to the end of its transaction. */
extern bool nir_database_waking;

/* At the end of the transaction, if nir_database_waking. */
extern void nir_database_wake(bool committed);

#endif							/* NIR_GUARD_DATABASE_H */
