/* follow-job.c: the pointers before a variable read once, and where they lead */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/follow-job.h"

#include "device/pointer-chain.h"
#include "device/read-job.h"

/* Owns itself until its end. */
typedef struct
{
  SondePollScheduler *scheduler; /* borrowed */
  SondeBoardClock *clock;        /* borrowed */
  SondeLimits limits;
  SondePointerChain *chain;
  guint place;   /* that is being read */
  guint64 value; /* of the pointer before it */
  SondeFollowJobFunc func;
  gpointer user_data;
} Job;

static void
finish (Job *self, const SondeFollowResult *result)
{
  self->func (result, self->user_data);
  sonde_pointer_chain_free (self->chain);
  g_free (self);
}

static void
fail (Job *self, SondeOutcome outcome, const char *error)
{
  finish (self, &(SondeFollowResult){ .outcome = outcome, .error = error });
}

static void
refuse (Job *self, const SondeReadResult *result)
{
  g_autofree char *error = NULL;

  if (self->place == 0 || result->outcome != SONDE_OUTCOME_REFUSED)
    {
      fail (self, result->outcome, result->error);
      return;
    }
  error
      = sonde_pointer_chain_dup_refusal (self->chain, self->place - 1, self->value, result->error);
  fail (self, result->outcome, error);
}

static SondeVariable *
dup_place (Job *self)
{
  guint64 address = sonde_pointer_chain_get_address (self->chain, self->place, self->value);
  SondeVariable *variable = sonde_pointer_chain_get_variable (self->chain, self->place);
  SondeMemory memory = sonde_variable_get_info (variable)->memory;

  if (self->place > 0)
    memory = sonde_poll_scheduler_find_memory (
        self->scheduler, address, sonde_pointer_chain_get_size (self->chain, self->place));
  return sonde_pointer_chain_dup_target (self->chain, self->place, address, memory);
}

static void on_pointer (const SondeReadResult *result, gpointer user_data);

static void
go_on (Job *self)
{
  g_autoptr (SondeVariable) variable = dup_place (self);
  g_autofree char *leader = NULL;

  if (self->place < sonde_pointer_chain_get_n (self->chain))
    {
      sonde_read_job_start (self->scheduler, self->clock, &self->limits, variable, on_pointer,
                            self);
      return;
    }
  leader = sonde_pointer_chain_dup_leader (self->chain, self->place - 1, self->value);
  finish (self, &(SondeFollowResult){ .target = variable, .leader = leader });
}

static void
on_pointer (const SondeReadResult *result, gpointer user_data)
{
  Job *self = user_data;
  const char *why = sonde_pointer_chain_get_why (self->chain);

  if (result->bytes == NULL)
    {
      refuse (self, result);
      return;
    }
  if (why != NULL)
    {
      fail (self, SONDE_OUTCOME_REFUSED, why);
      return;
    }
  self->value = sonde_pointer_chain_load (self->chain, self->place, result->bytes);
  if (!sonde_pointer_chain_leads (self->chain, self->place, self->value))
    {
      g_autofree char *obstacle
          = sonde_pointer_chain_dup_obstacle (self->chain, self->place, self->value);

      fail (self, SONDE_OUTCOME_REFUSED, obstacle);
      return;
    }
  self->place++;
  go_on (self);
}

void
sonde_follow_job_start (SondePollScheduler *scheduler, SondeBoardClock *clock,
                        const SondeLimits *limits, SondeVariable *variable, SondeFollowJobFunc func,
                        gpointer user_data)
{
  Job *self = g_new0 (Job, 1);

  self->scheduler = scheduler;
  self->clock = clock;
  self->limits = *limits;
  self->chain = sonde_pointer_chain_new (variable);
  self->func = func;
  self->user_data = user_data;
  go_on (self);
}
