/*
 * src/worker/launcher.h
 *
 * The launcher: registered with the server's static background workers.
 */
#ifndef NIR_WORKER_LAUNCHER_H
#define NIR_WORKER_LAUNCHER_H

extern void nir_launcher_register(void);

#endif							/* NIR_WORKER_LAUNCHER_H */
