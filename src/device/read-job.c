/* read-job.c: one variable read once, in front of what is due */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/read-job.h"

#include <string.h>

#include "device/answer-bytes.h"

/* Owns itself until its last answer. */
typedef struct
{
  SondePollPlan *plan;
  SondeVariable *variable;
  SondeBoardClock *clock; /* borrowed */
  guint n_left;           /* reads without a reply */
  guint8 *bytes;
  SondeReadResult result;
  char error[257];
  SondeReadJobFunc func;
  gpointer user_data;
} Job;

static void
finish (Job *self)
{
  if (self->result.outcome == SONDE_OUTCOME_ANSWERED)
    self->result.bytes = self->bytes;
  self->func (&self->result, self->user_data);
  sonde_poll_plan_free (self->plan);
  sonde_variable_unref (self->variable);
  g_free (self->bytes);
  g_free (self);
}

static void
fail (Job *self, SondeOutcome outcome, const char *error)
{
  if (self->result.outcome != SONDE_OUTCOME_ANSWERED)
    return;
  self->result.outcome = outcome;
  g_strlcpy (self->error, error, sizeof self->error);
  self->result.error = self->error;
}

static void
store (Job *self, const SondeReply *reply, const SondePlanRead *read)
{
  for (guint i = 0; i < read->slices->len; i++)
    {
      const char *error = sonde_answer_store (reply, &g_array_index (read->slices, SondeSlice, i),
                                              self->variable, self->bytes);

      if (error != NULL)
        fail (self, SONDE_OUTCOME_REFUSED, error);
    }
  self->result.time_us = reply->has_time
                             ? sonde_board_clock_map (self->clock, reply->ticks, reply->received_us)
                             : sonde_board_clock_map_host (self->clock, reply->received_us);
}

static void
on_reply (const SondeReply *reply, gpointer owner, gpointer data, guint64 tag)
{
  Job *self = owner;

  if (reply->outcome == SONDE_OUTCOME_ANSWERED)
    store (self, reply, sonde_poll_plan_get_read (self->plan, (guint) tag));
  else
    fail (self, reply->outcome, reply->error);
  if (--self->n_left == 0)
    finish (self);
}

void
sonde_read_job_start (SondePollScheduler *scheduler, SondeBoardClock *clock,
                      const SondeLimits *limits, SondeVariable *variable, SondeReadJobFunc func,
                      gpointer user_data)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  SondePlace place = { .address = info->address,
                       .size = (guint32) sonde_variable_get_size (variable),
                       .memory = info->memory,
                       .merge = SONDE_MERGE_EXACT };
  Job *self = g_new0 (Job, 1);
  guint n_reads;

  self->variable = sonde_variable_ref (variable);
  self->clock = clock;
  self->func = func;
  self->user_data = user_data;
  self->bytes = g_malloc0 (MAX (place.size, 1));
  self->plan = sonde_poll_plan_new (&place, 1, limits, NULL, NULL);
  self->result.size = place.size;
  self->result.is_atomic = sonde_poll_plan_is_atomic (self->plan, 0);
  n_reads = self->n_left = sonde_poll_plan_get_n_reads (self->plan);
  /* The job may be over, and free, before the loop is: a link that breaks answers at once. */
  for (guint i = 0; i < n_reads; i++)
    sonde_poll_scheduler_ask_read (scheduler, &sonde_poll_plan_get_read (self->plan, i)->read,
                                   &(SondeAsk){ .func = on_reply, .owner = self, .tag = i });
}
