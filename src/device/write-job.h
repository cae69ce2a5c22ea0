/* write-job.h: one variable written, read back and compared */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/poll-scheduler.h"

typedef enum
{
  SONDE_WRITE_DONE,    /* read back as written */
  SONDE_WRITE_DIFFERS, /* read back as something else */
  SONDE_WRITE_FAILED,  /* outcome says why */
} SondeWriteEnd;

/* Borrowed for the call. */
typedef struct
{
  SondeWriteEnd end;
  const guint8 *bytes; /* what was read back; NULL: FAILED */
  gsize size;
  gboolean is_atomic; /* one access wrote it */
  SondeOutcome outcome;
  const char *error; /* for a person; NULL: DONE */
} SondeWriteResult;

typedef void (*SondeWriteJobFunc) (const SondeWriteResult *result, gpointer user_data);

/**
 * sonde_write_job_start:
 * @bytes: the variable's size; of a bit-field its unit, of which only the field's bits count
 *
 * @func is called once, never from inside this call. Each acknowledged command is told to the
 * scheduler, which keeps older answers from being shown.
 */
void sonde_write_job_start (SondePollScheduler *scheduler, SondeBoardClock *clock,
                            const SondeLimits *limits, SondeVariable *variable, const guint8 *bytes,
                            SondeWriteJobFunc func, gpointer user_data);
