/* read-job.h: one variable read once, in front of what is due */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/poll-scheduler.h"

/* Borrowed for the call. */
typedef struct
{
  const guint8 *bytes; /* NULL: it failed */
  gsize size;
  gint64 time_us;       /* epoch */
  gboolean is_atomic;   /* all bytes came in one answer */
  SondeOutcome outcome; /* why it failed */
  const char *error;    /* for a person */
} SondeReadResult;

typedef void (*SondeReadJobFunc) (const SondeReadResult *result, gpointer user_data);

/** sonde_read_job_start: @func is called once, never from inside this call. */
void sonde_read_job_start (SondePollScheduler *scheduler, SondeBoardClock *clock,
                           const SondeLimits *limits, SondeVariable *variable,
                           SondeReadJobFunc func, gpointer user_data);
