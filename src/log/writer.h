/*
 * src/log/writer.h
 *
 * The job that brings records from the spool into nir.access_log.
 */
#ifndef NIR_LOG_WRITER_H
#define NIR_LOG_WRITER_H

/* Register the job. */
extern void nir_log_writer_init(void);

#endif							/* NIR_LOG_WRITER_H */
