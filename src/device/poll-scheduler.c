/* poll-scheduler.c: what is asked of one board, and when */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-scheduler.h"

#include "base/clock.h"
#include "device/poll-group.h"

/* A watch that joins a slow group is read once at once: nobody waits ten seconds for a value. */
#define SLOW_PERIOD_US 250000
#define SOON_US 2000 /* but one that is due so soon is not worth a read of its own */
#define STUCK_US 100000

/* A command of a person, waiting for room. */
typedef struct
{
  SondeRead *read; /* borrowed; NULL: a write */
  SondeWrite write;
  SondeAsk ask;
} Front;

struct _SondePollScheduler
{
  SondeLink *link;        /* owned; NULL while not connected */
  SondeBoardClock *clock; /* borrowed */
  SondeWake *wake;
  GPtrArray *entries; /* of SondePollEntry */
  GPtrArray *groups;  /* of SondePollGroup */
  guint turn;         /* the group that is asked first next time */
  GQueue front;       /* of Front */
  SondePollRules rules;
  SondePollTally tally;
  gboolean is_pumping;
  gboolean is_stuck;  /* the link has room and takes nothing: it is about to close */
  gboolean *is_freed; /* (nullable) set when freed inside a reply */
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
  SondePollScheduler *self = g_new0 (SondePollScheduler, 1);

  self->clock = clock;
  self->wake = sonde_wake_new (NULL, on_wake, self);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_poll_entry_unref);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_poll_group_free);
  g_queue_init (&self->front);
  return self;
}

void
sonde_poll_scheduler_free (SondePollScheduler *self)
{
  sonde_poll_scheduler_set_link (self, NULL);
  if (self->is_freed != NULL)
    *self->is_freed = TRUE;
  sonde_wake_free (self->wake);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* Groups */

static SondePollGroup *
lookup_group (SondePollScheduler *self, double rate_hz)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      SondePollGroup *group = g_ptr_array_index (self->groups, i);

      if (!sonde_poll_group_is_once (group) && sonde_poll_group_get_rate (group) == rate_hz)
        return group;
    }
  return NULL;
}

static SondePollGroup *
add_group (SondePollScheduler *self, SondeGroupKind kind, double rate_hz)
{
  SondePollGroup *group = sonde_poll_group_new (kind, rate_hz, sonde_clock_now_us ());

  g_ptr_array_add (self->groups, group);
  return group;
}

static gboolean
must_wait (const SondePollEntry *entry, const SondePollGroup *group, double rate_hz)
{
  return !entry->is_backed_off && rate_hz > 0 && G_USEC_PER_SEC / rate_hz > SLOW_PERIOD_US
         && sonde_poll_group_get_next_round (group) - sonde_clock_now_us () > SOON_US;
}

static void
enter_group (SondePollScheduler *self, SondePollEntry *entry)
{
  double rate_hz = sonde_poll_entry_get_rate (entry);
  SondePollGroup *group = lookup_group (self, rate_hz);

  entry->needs_move = FALSE;
  if (group == NULL)
    group = add_group (self, SONDE_GROUP_REPEATS, rate_hz);
  else if (must_wait (entry, group, rate_hz))
    sonde_poll_group_add (add_group (self, SONDE_GROUP_ONCE, 0), entry);
  sonde_poll_group_add (group, entry);
}

static void
leave_groups (SondePollScheduler *self, SondePollEntry *entry)
{
  for (guint i = 0; i < self->groups->len; i++)
    sonde_poll_group_remove (g_ptr_array_index (self->groups, i), entry);
}

static void
drop_finished_groups (SondePollScheduler *self)
{
  for (guint i = self->groups->len; i-- > 0;)
    if (sonde_poll_group_is_over (g_ptr_array_index (self->groups, i)))
      g_ptr_array_remove_index (self->groups, i);
}

static void
move_entries (SondePollScheduler *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->needs_move)
        continue;
      leave_groups (self, entry);
      enter_group (self, entry);
    }
}

/* Sending */

/* Whoever gets a reply may do anything, even forget this board. Returns: FALSE when that happened.
 */
static gboolean
finish_front (SondePollScheduler *self, Front *front, const SondeReply *reply)
{
  gboolean is_freed = FALSE, *outer = self->is_freed;

  self->is_freed = &is_freed;
  front->ask.func (reply, front->ask.owner, front->ask.data, front->ask.tag);
  g_free (front);
  if (!is_freed)
    self->is_freed = outer;
  else if (outer != NULL)
    *outer = TRUE;
  return !is_freed;
}

static void
on_front_reply (const SondeReply *reply, gpointer owner, gpointer data, guint64 tag)
{
  if (finish_front (owner, data, reply))
    pump (owner);
}

static gboolean
send_front (SondePollScheduler *self)
{
  Front *front = g_queue_pop_head (&self->front);
  SondeAsk ask = { .func = on_front_reply, .owner = self, .data = front };
  gboolean is_sent = front->read != NULL ? sonde_link_read (self->link, front->read, &ask)
                                         : sonde_link_write (self->link, &front->write, &ask);

  self->is_stuck = !is_sent;
  if (!is_sent)
    g_queue_push_head (&self->front, front);
  return is_sent;
}

static SondePollGroup *
find_ready_group (SondePollScheduler *self, gint64 now_us)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      guint index = (self->turn + i) % self->groups->len;
      SondePollGroup *group = g_ptr_array_index (self->groups, index);

      if (!sonde_poll_group_is_ready (group, &self->rules, now_us, &self->tally))
        continue;
      self->turn = index + 1;
      return group;
    }
  return NULL;
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
  gboolean is_freed = FALSE, *outer = self->is_freed;
  gint64 time_us;

  if (reply->outcome == SONDE_OUTCOME_GONE)
    return;
  time_us = reply->has_time ? sonde_board_clock_map (self->clock, reply->ticks, reply->received_us)
                            : sonde_board_clock_map_host (self->clock, reply->received_us);
  self->is_freed = &is_freed;
  sonde_poll_set_take (set, TAG_INDEX (tag), TAG_ROUND (tag), reply, time_us, &self->tally);
  if (is_freed)
    {
      if (outer != NULL)
        *outer = TRUE;
      return;
    }
  self->is_freed = outer;
  move_entries (self);
  pump (self);
}

static gboolean
send_due (SondePollScheduler *self, gint64 now_us)
{
  SondePollGroup *group = find_ready_group (self, now_us);
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

/* While the window is full an answer or a time-out goes on; the wake is for when nothing is due. */
static void
arm (SondePollScheduler *self)
{
  gint64 due_us = G_MAXINT64;

  if (self->link != NULL && sonde_link_has_room (self->link))
    for (guint i = 0; i < self->groups->len; i++)
      due_us = MIN (due_us, sonde_poll_group_get_due (g_ptr_array_index (self->groups, i)));
  if (due_us == G_MAXINT64)
    sonde_wake_cancel (self->wake);
  else
    sonde_wake_at (self->wake, self->is_stuck ? sonde_clock_now_us () + STUCK_US : due_us);
}

static void
refuse_front (SondePollScheduler *self)
{
  SondeReply reply = { .outcome = SONDE_OUTCOME_GONE, .error = "the connection is gone", .at = -1 };
  Front *front;

  while ((front = g_queue_pop_head (&self->front)) != NULL)
    if (!finish_front (self, front, &reply))
      return;
}

static void
pump (SondePollScheduler *self)
{
  if (self->is_pumping)
    return;
  if (self->link == NULL)
    refuse_front (self);
  self->is_pumping = TRUE;
  while (self->link != NULL && sonde_link_has_room (self->link))
    if (self->front.length > 0 ? !send_front (self) : !send_due (self, sonde_clock_now_us ()))
      break;
  drop_finished_groups (self);
  self->is_pumping = FALSE;
  arm (self);
}

/* Public: connection */

void
sonde_poll_scheduler_set_link (SondePollScheduler *self, SondeLink *link)
{
  g_autoptr (SondeLink) old = g_steal_pointer (&self->link);

  sonde_wake_cancel (self->wake);
  if (old != NULL)
    sonde_link_abort (old);
  if (link == NULL)
    {
      refuse_front (self);
      return;
    }
  self->link = g_object_ref (link);
  self->rules.limits = sonde_link_get_limits (link);
  sonde_poll_scheduler_forget_failures (self);
  for (guint i = 0; i < self->entries->len; i++)
    ((SondePollEntry *) g_ptr_array_index (self->entries, i))->stale_before = 0;
  for (guint i = 0; i < self->groups->len; i++)
    sonde_poll_group_restart (g_ptr_array_index (self->groups, i), sonde_clock_now_us ());
  pump (self);
}

void
sonde_poll_scheduler_set_memory_of (SondePollScheduler *self, SondeMemoryOf func,
                                    gpointer user_data)
{
  self->rules.memory_of = func;
  self->rules.user_data = user_data;
  for (guint i = 0; i < self->groups->len; i++)
    sonde_poll_group_replan (g_ptr_array_index (self->groups, i));
}

void
sonde_poll_scheduler_forget_failures (SondePollScheduler *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (self->entries, i);

      entry->needs_move = entry->is_backed_off || entry->merge != SONDE_MERGE_FREELY;
      sonde_poll_entry_forget (entry);
    }
  move_entries (self);
}

/* Public: watches */

static SondePollEntry *
lookup_entry (SondePollScheduler *self, SondeWatch *watch, guint *index)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->watch != watch)
        continue;
      *index = i;
      return entry;
    }
  return NULL;
}

void
sonde_poll_scheduler_add (SondePollScheduler *self, SondeWatch *watch)
{
  SondePollEntry *entry = sonde_poll_entry_new (watch);

  g_ptr_array_add (self->entries, entry);
  enter_group (self, entry);
  arm (self);
}

void
sonde_poll_scheduler_remove (SondePollScheduler *self, SondeWatch *watch)
{
  guint index;
  SondePollEntry *entry = lookup_entry (self, watch, &index);

  if (entry == NULL)
    return;
  entry->is_removed = TRUE;
  leave_groups (self, entry);
  g_ptr_array_remove_index (self->entries, index);
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
push_front (SondePollScheduler *self, const Front *front)
{
  g_queue_push_tail (&self->front, g_memdup2 (front, sizeof *front));
  /* A reply never comes from inside the asking call; without a link it must come all the same. */
  if (self->link == NULL)
    sonde_wake_at (self->wake, 0);
  else
    pump (self);
}

void
sonde_poll_scheduler_ask_read (SondePollScheduler *self, SondeRead *read, const SondeAsk *ask)
{
  push_front (self, &(Front){ .read = read, .ask = *ask });
}

void
sonde_poll_scheduler_ask_write (SondePollScheduler *self, const SondeWrite *write,
                                const SondeAsk *ask)
{
  push_front (self, &(Front){ .write = *write, .ask = *ask });
}

static void
expire_entry (SondePollScheduler *self, SondePollEntry *entry)
{
  SondeLinkStatus status;

  if (self->link == NULL)
    return;
  sonde_link_get_status (self->link, &status);
  entry->stale_before = status.n_sent + 1;
}

void
sonde_poll_scheduler_note_write (SondePollScheduler *self, guint64 address, guint64 size)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (self->entries, i);
      guint64 place = sonde_variable_get_address (sonde_watch_get_variable (entry->watch));

      if (place - address < size || address - place < entry->size)
        expire_entry (self, entry);
    }
}

const SondePollTally *
sonde_poll_scheduler_get_tally (SondePollScheduler *self)
{
  return &self->tally;
}

gboolean
sonde_poll_scheduler_has_watches (SondePollScheduler *self)
{
  return self->entries->len > 0;
}
