/* poll-scheduler.c: what is asked of one board, and when */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-scheduler.h"

#include "base/clock.h"
#include "device/ask-queue.h"
#include "device/poll-roster.h"

#define STUCK_US 100000

/* Reference counted: whoever gets a reply may do anything, even forget this board. */
struct _SondePollScheduler
{
  SondeLink *link;        /* owned; NULL while not connected */
  SondeBoardClock *clock; /* borrowed */
  SondeWake *wake;        /* NULL: freed by its owner */
  SondePollRoster *roster;
  SondeAskQueue asks;
  SondePollRules rules;
  SondePollTally tally;
  gboolean is_pumping;
  gboolean is_stuck; /* the link has room and takes nothing: it is about to close */
};

static void pump (SondePollScheduler *self);

static void
on_wake (gpointer user_data)
{
  pump (user_data);
}

SondePollScheduler *
sonde_poll_scheduler_new (SondeBoardClock *clock)
{
  SondePollScheduler *self = g_rc_box_new0 (SondePollScheduler);

  self->clock = clock;
  self->wake = sonde_wake_new (NULL, on_wake, self);
  self->roster = sonde_poll_roster_new ();
  return self;
}

static void
clear (gpointer data)
{
  SondePollScheduler *self = data;

  sonde_poll_roster_free (self->roster);
}

static void
unref (SondePollScheduler *self)
{
  g_rc_box_release_full (self, clear);
}

void
sonde_poll_scheduler_free (SondePollScheduler *self)
{
  sonde_poll_scheduler_set_link (self, NULL);
  g_clear_pointer (&self->wake, sonde_wake_free);
  unref (self);
}

/* Sending */

static void
on_command_reply (const SondeReply *reply, gpointer owner, gpointer data, guint64 tag)
{
  SondePollScheduler *self = g_rc_box_acquire (owner);
  g_autofree SondeCommand *command = data;

  sonde_ask_queue_finish (&self->asks, command, reply);
  command->ask.func (reply, command->ask.owner, command->ask.data, command->ask.tag);
  pump (self);
  unref (self);
}

static gboolean
send_command (SondePollScheduler *self, SondeCommand *command)
{
  SondeAsk ask = { .func = on_command_reply, .owner = self, .data = command };
  gboolean is_sent = command->read != NULL ? sonde_link_read (self->link, command->read, &ask)
                                           : sonde_link_write (self->link, &command->write, &ask);

  self->is_stuck = !is_sent;
  if (!is_sent)
    sonde_ask_queue_return (&self->asks, command);
  return is_sent;
}

/* A read that was sent: which, of which set, in which round. */
#define TAG(index, round) ((guint64) (index) | (round) << 20)
#define TAG_INDEX(tag) ((guint) ((tag) &0xfffff))
#define TAG_ROUND(tag) ((tag) >> 20)

static void
on_reply (const SondeReply *reply, gpointer owner, gpointer data, guint64 tag)
{
  SondePollScheduler *self = owner;
  g_autoptr (SondePollSet) set = data;
  gint64 time_us;

  if (reply->outcome == SONDE_OUTCOME_GONE)
    return;
  time_us = reply->has_time ? sonde_board_clock_map (self->clock, reply->ticks, reply->received_us)
                            : sonde_board_clock_map_host (self->clock, reply->received_us);
  g_rc_box_acquire (self);
  sonde_poll_set_take (set, TAG_INDEX (tag), TAG_ROUND (tag), reply, time_us, &self->tally);
  if (self->wake != NULL)
    {
      sonde_poll_roster_settle (self->roster);
      pump (self);
    }
  unref (self);
}

static gboolean
send_due (SondePollScheduler *self, gint64 now_us)
{
  SondePollGroup *group
      = sonde_poll_roster_find_ready (self->roster, &self->rules, now_us, &self->tally);
  g_autoptr (SondePollSet) set = NULL;
  SondeAsk ask = { .func = on_reply, .owner = self };
  guint index;
  guint64 round;

  if (group == NULL)
    return FALSE;
  set = sonde_poll_set_ref (sonde_poll_group_get_next (group, &index, &round));
  ask.data = set;
  ask.tag = TAG (index, round);
  self->is_stuck
      = !sonde_link_read (self->link, &sonde_poll_plan_get_read (set->plan, index)->read, &ask);
  if (self->is_stuck)
    return FALSE;
  g_steal_pointer (&set);
  sonde_poll_group_advance (group);
  return TRUE;
}

static gboolean
send_next (SondePollScheduler *self, gint64 now_us)
{
  SondeCommand *command = sonde_ask_queue_take_urgent (&self->asks, now_us);

  if (command != NULL)
    return send_command (self, command);
  if (send_due (self, now_us))
    return TRUE;
  command = self->is_stuck ? NULL : sonde_ask_queue_take_idle (&self->asks);
  return command != NULL && send_command (self, command);
}

/* While the window is full an answer or a time-out goes on; the wake is for when nothing is due. */
static void
arm (SondePollScheduler *self)
{
  gint64 due_us = G_MAXINT64;

  if (self->link != NULL && sonde_link_has_room (self->link))
    due_us = sonde_poll_roster_get_due (self->roster);
  if (due_us == G_MAXINT64)
    sonde_wake_cancel (self->wake);
  else
    sonde_wake_at (self->wake, self->is_stuck ? sonde_clock_now_us () + STUCK_US : due_us);
}

static void
refuse_all (SondePollScheduler *self, GQueue *commands)
{
  SondeReply reply = { .outcome = SONDE_OUTCOME_GONE, .error = "the connection is gone", .at = -1 };
  SondeCommand *command;

  while ((command = g_queue_pop_head (commands)) != NULL)
    on_command_reply (&reply, self, command, 0);
}

static void
send_all (SondePollScheduler *self)
{
  self->is_pumping = TRUE;
  if (self->link == NULL)
    {
      refuse_all (self, &self->asks.front);
      refuse_all (self, &self->asks.back);
    }
  while (self->link != NULL && sonde_link_has_room (self->link))
    if (!send_next (self, sonde_clock_now_us ()))
      break;
  self->is_pumping = FALSE;
}

static void
pump (SondePollScheduler *self)
{
  if (self->is_pumping || self->wake == NULL)
    return;
  g_rc_box_acquire (self);
  send_all (self);
  if (self->wake != NULL)
    {
      sonde_poll_roster_drop_finished (self->roster);
      arm (self);
    }
  unref (self);
}

/* Public: connection */

static void
take_link (SondePollScheduler *self, SondeLink *link)
{
  self->link = g_object_ref (link);
  self->rules.limits = sonde_link_get_limits (link);
  sonde_poll_roster_restart (self->roster);
  pump (self);
}

void
sonde_poll_scheduler_set_link (SondePollScheduler *self, SondeLink *link)
{
  g_autoptr (SondeLink) old = g_steal_pointer (&self->link);

  g_rc_box_acquire (self);
  sonde_wake_cancel (self->wake);
  if (old != NULL)
    sonde_link_abort (old);
  /* What stands behind is in parts, which must not come of two programs. */
  refuse_all (self, &self->asks.back);
  if (self->wake != NULL && link != NULL)
    take_link (self, link);
  else
    refuse_all (self, &self->asks.front);
  unref (self);
}

void
sonde_poll_scheduler_set_memory_of (SondePollScheduler *self, SondeMemoryOf func,
                                    gpointer user_data)
{
  self->rules.memory_of = func;
  self->rules.user_data = user_data;
  sonde_poll_roster_replan (self->roster);
}

SondeMemory
sonde_poll_scheduler_find_memory (SondePollScheduler *self, guint64 address, guint64 size)
{
  if (self->rules.memory_of == NULL)
    return SONDE_MEMORY_PERIPHERAL;
  return self->rules.memory_of (address, size, self->rules.user_data);
}

void
sonde_poll_scheduler_forget_failures (SondePollScheduler *self)
{
  sonde_poll_roster_forget_failures (self->roster);
}

/* Public: watches */

void
sonde_poll_scheduler_add (SondePollScheduler *self, SondeWatch *watch)
{
  sonde_poll_roster_add (self->roster, watch);
  arm (self);
}

void
sonde_poll_scheduler_remove (SondePollScheduler *self, SondeWatch *watch)
{
  if (sonde_poll_roster_remove (self->roster, watch))
    arm (self);
}

/* Answers on their way were asked for by another address: a new entry does not get them. */
void
sonde_poll_scheduler_refresh (SondePollScheduler *self, SondeWatch *watch)
{
  sonde_poll_scheduler_remove (self, watch);
  sonde_poll_scheduler_add (self, watch);
}

/* Public: commands of a person */

static void
push (SondePollScheduler *self, const SondeCommand *command)
{
  sonde_ask_queue_push (&self->asks, command);
  /* A reply never comes from inside the asking call; without a link it must come all the same. */
  if (self->link == NULL)
    sonde_wake_at (self->wake, 0);
  else
    pump (self);
}

void
sonde_poll_scheduler_ask_read (SondePollScheduler *self, SondeRead *read, const SondeAsk *ask)
{
  push (self, &(SondeCommand){ .place = SONDE_ASK_FRONT, .read = read, .ask = *ask });
}

void
sonde_poll_scheduler_ask_idle_read (SondePollScheduler *self, SondeRead *read, const SondeAsk *ask)
{
  push (self, &(SondeCommand){ .place = SONDE_ASK_BACK, .read = read, .ask = *ask });
}

void
sonde_poll_scheduler_ask_write (SondePollScheduler *self, const SondeWrite *write,
                                const SondeAsk *ask)
{
  push (self, &(SondeCommand){ .place = SONDE_ASK_FRONT, .write = *write, .ask = *ask });
}

void
sonde_poll_scheduler_note_write (SondePollScheduler *self, guint64 address, guint64 size)
{
  SondeLinkStatus status;

  if (self->link == NULL)
    return;
  sonde_link_get_status (self->link, &status);
  sonde_poll_roster_note_write (self->roster, address, size, status.n_sent + 1);
}

const SondePollTally *
sonde_poll_scheduler_get_tally (SondePollScheduler *self)
{
  return &self->tally;
}

gboolean
sonde_poll_scheduler_has_watches (SondePollScheduler *self)
{
  return !sonde_poll_roster_is_empty (self->roster);
}
