/* chase.c: a watch behind pointers: what is read of them, and what follows from it; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/chase.h"

/* A pointer that changed so often between two reads in a row is no longer run after. */
#define MAX_CHANGES 4
#define REFUSED_US G_USEC_PER_SEC

struct _SondeChase
{
  SondePointerChain *chain;
  guint n_known;                      /* places that were answered where the pointers lead now */
  guint64 values[SONDE_MAX_POINTERS]; /* of known pointers */
  guint8 bytes[SONDE_MAX_POINTERS][8];
  guint n_changes;     /* since the last value or failure */
  gboolean has_news;   /* other places are known than before */
  gboolean is_refused; /* the first place that is not known */
  gint64 refused_us;   /* monotonic */
  char *error;
};

SondeChase *
sonde_chase_new (SondeVariable *variable)
{
  SondePointerChain *chain = sonde_pointer_chain_new (variable);
  SondeChase *self;

  if (chain == NULL)
    return NULL;
  self = g_new0 (SondeChase, 1);
  self->chain = chain;
  return self;
}

void
sonde_chase_free (SondeChase *self)
{
  sonde_pointer_chain_free (self->chain);
  g_free (self->error);
  g_free (self);
}

void
sonde_chase_forget (SondeChase *self)
{
  self->n_known = 0;
  self->n_changes = 0;
  self->is_refused = FALSE;
  self->has_news = TRUE;
}

/* What a round reads */

static guint64
get_address (const SondeChase *self, guint place)
{
  return sonde_pointer_chain_get_address (self->chain, place,
                                          place > 0 ? self->values[place - 1] : 0);
}

static gboolean
can_try (const SondeChase *self)
{
  guint n = self->n_known;

  return n > 0 && n <= sonde_pointer_chain_get_n (self->chain)
         && sonde_pointer_chain_get_why (self->chain) == NULL
         && sonde_pointer_chain_leads (self->chain, n - 1, self->values[n - 1]);
}

static SondeMemory
find_memory (const SondeChase *self, guint place, const SondeChaseRules *rules, guint64 address)
{
  if (place == 0)
    return sonde_variable_get_info (sonde_pointer_chain_get_variable (self->chain, 0))->memory;
  if (rules->memory_of == NULL)
    return SONDE_MEMORY_PERIPHERAL;
  return rules->memory_of (address, sonde_pointer_chain_get_size (self->chain, place),
                           rules->user_data);
}

guint
sonde_chase_append_places (const SondeChase *self, const SondeChaseRules *rules, GArray *places)
{
  guint n = MAX (self->n_known, 1);

  if (rules->reach == SONDE_CHASE_TRIAL && can_try (self))
    n = self->n_known + 1;
  for (guint i = 0; i < n; i++)
    {
      SondePlace place = { .address = get_address (self, i),
                           .size = sonde_pointer_chain_get_size (self->chain, i),
                           .merge = rules->merge };

      place.memory = find_memory (self, i, rules, place.address);
      /* Not known: whoever shares a command with it may lose a round. */
      if (i > 0 && i == self->n_known)
        place.merge = self->is_refused ? SONDE_MERGE_ALONE : MAX (place.merge, SONDE_MERGE_EXACT);
      g_array_append_val (places, place);
    }
  return n;
}

SondeVariable *
sonde_chase_get_variable (const SondeChase *self, guint place)
{
  return sonde_pointer_chain_get_variable (self->chain, place);
}

guint8 *
sonde_chase_get_bytes (SondeChase *self, guint place)
{
  return place < sonde_pointer_chain_get_n (self->chain) ? self->bytes[place] : NULL;
}

/* What follows from it */

static SondeChaseStep
fail (SondeChase *self, char *error)
{
  g_free (self->error);
  self->error = error;
  self->n_changes = 0;
  return SONDE_CHASE_FAILED;
}

/* Returns: whether the pointer holds something else than it did. */
static gboolean
learn (SondeChase *self, guint place, guint64 value)
{
  gboolean was_known = place < self->n_known;

  if (was_known && self->values[place] == value)
    return FALSE;
  self->values[place] = value;
  self->n_known = place + 1;
  self->is_refused = FALSE;
  self->has_news = TRUE;
  return was_known;
}

static SondeChaseStep
go_on (SondeChase *self, guint place, gboolean has_changed, gint64 now_us)
{
  if (self->is_refused && now_us - self->refused_us < REFUSED_US)
    return SONDE_CHASE_FAILED;
  if (has_changed && ++self->n_changes > MAX_CHANGES)
    return fail (
        self, g_strdup_printf ("%s changes faster than it can be read",
                               sonde_variable_get_path (sonde_chase_get_variable (self, place))));
  return SONDE_CHASE_AGAIN;
}

static SondeChaseStep
arrive (SondeChase *self)
{
  guint n = sonde_pointer_chain_get_n (self->chain) + 1;

  self->has_news |= self->n_known != n;
  self->n_known = n;
  self->n_changes = 0;
  self->is_refused = FALSE;
  return SONDE_CHASE_ARRIVED;
}

SondeChaseStep
sonde_chase_conclude (SondeChase *self, const SondePlace *places, guint n, gint64 now_us)
{
  const guint last = sonde_pointer_chain_get_n (self->chain);
  const char *why = sonde_pointer_chain_get_why (self->chain);

  if (why != NULL)
    return fail (self, g_strdup (why));
  for (guint i = 0; i < MIN (n, last); i++)
    {
      guint64 value = sonde_pointer_chain_load (self->chain, i, self->bytes[i]);
      gboolean has_changed = learn (self, i, value);

      if (!sonde_pointer_chain_leads (self->chain, i, value))
        return fail (self, sonde_pointer_chain_dup_obstacle (self->chain, i, value));
      if (i + 1 == n
          || places[i + 1].address != sonde_pointer_chain_get_address (self->chain, i + 1, value))
        return go_on (self, i, has_changed, now_us);
    }
  return arrive (self);
}

SondeChaseStep
sonde_chase_refuse (SondeChase *self, guint place, const SondePlace *refused, SondeChaseReach reach,
                    const char *error, gint64 now_us)
{
  /* The pointers led elsewhere since it was asked for. */
  if (place > self->n_known || get_address (self, place) != refused->address)
    return SONDE_CHASE_AGAIN;
  self->has_news |= self->n_known != place;
  self->n_known = place;
  if (reach == SONDE_CHASE_KNOWN)
    return SONDE_CHASE_AGAIN;
  self->is_refused = TRUE;
  self->refused_us = now_us;
  return fail (self, sonde_pointer_chain_dup_refusal (self->chain, place - 1,
                                                      self->values[place - 1], error));
}

const char *
sonde_chase_get_error (const SondeChase *self)
{
  return self->error;
}

gboolean
sonde_chase_take_news (SondeChase *self)
{
  gboolean has_news = self->has_news;

  self->has_news = FALSE;
  return has_news;
}

gboolean
sonde_chase_overlaps (const SondeChase *self, guint64 address, guint64 size)
{
  for (guint i = 0; i < MAX (self->n_known, 1); i++)
    {
      guint64 place = get_address (self, i);

      if (place - address < size || address - place < sonde_pointer_chain_get_size (self->chain, i))
        return TRUE;
    }
  return FALSE;
}
