/* follow-job.h: the pointers before a variable read once, and where they lead */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/poll-scheduler.h"

/* Borrowed for the call. */
typedef struct
{
  SondeVariable *target; /* the variable where it is now, behind no pointer; NULL: it failed */
  const char *leader;    /* of the last pointer: "p points to 0x20000100" */
  SondeOutcome outcome;  /* why it failed; NULL and what is no address: REFUSED */
  const char *error;     /* for a person */
} SondeFollowResult;

typedef void (*SondeFollowJobFunc) (const SondeFollowResult *result, gpointer user_data);

/**
 * sonde_follow_job_start:
 * @variable: with a pointer
 *
 * One pointer after the other, in front of what is due. @func is called once, never from inside
 * this call.
 */
void sonde_follow_job_start (SondePollScheduler *scheduler, SondeBoardClock *clock,
                             const SondeLimits *limits, SondeVariable *variable,
                             SondeFollowJobFunc func, gpointer user_data);
