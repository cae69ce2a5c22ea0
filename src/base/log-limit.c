/* log-limit.c: how many lines a second one board may write */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log-limit.h"

/* A stranger may come under ever new names. */
#define MAX_DEVICES 1024

typedef struct
{
  gint64 start_us; /* of the second that is counted */
  guint n;
  guint n_dropped;
} Budget;

struct _SondeLogLimit
{
  GHashTable *budgets; /* name -> Budget, both owned */
  guint lines_per_second;
  gboolean has_dropped;
};

SondeLogLimit *
sonde_log_limit_new (guint lines_per_second)
{
  SondeLogLimit *self = g_new0 (SondeLogLimit, 1);

  self->budgets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lines_per_second = lines_per_second;
  return self;
}

void
sonde_log_limit_free (SondeLogLimit *self)
{
  g_hash_table_unref (self->budgets);
  g_free (self);
}

static gboolean
is_over (const Budget *budget, gint64 now_us)
{
  return now_us - budget->start_us >= G_USEC_PER_SEC || now_us < budget->start_us;
}

static gboolean
is_forgotten (gpointer device, gpointer value, gpointer user_data)
{
  const Budget *budget = value;

  return budget->n_dropped == 0 && is_over (budget, *(const gint64 *) user_data);
}

static Budget *
get_budget (SondeLogLimit *self, const char *device, gint64 now_us)
{
  Budget *budget = g_hash_table_lookup (self->budgets, device);

  if (budget != NULL)
    return budget;
  if (g_hash_table_size (self->budgets) >= MAX_DEVICES)
    g_hash_table_foreach_remove (self->budgets, is_forgotten, &now_us);
  if (g_hash_table_size (self->budgets) >= MAX_DEVICES)
    return NULL;
  budget = g_new0 (Budget, 1);
  budget->start_us = now_us;
  g_hash_table_insert (self->budgets, g_strdup (device), budget);
  return budget;
}

gboolean
sonde_log_limit_take (SondeLogLimit *self, const char *device, gint64 now_us)
{
  Budget *budget = get_budget (self, device, now_us);

  if (budget == NULL)
    return FALSE;
  if (is_over (budget, now_us))
    {
      budget->start_us = now_us;
      budget->n = 0;
    }
  if (budget->n < self->lines_per_second)
    {
      budget->n++;
      return TRUE;
    }
  budget->n_dropped++;
  self->has_dropped = TRUE;
  return FALSE;
}

void
sonde_log_limit_tell (SondeLogLimit *self, gint64 now_us, SondeLogDroppedFunc func,
                      gpointer user_data)
{
  GHashTableIter iter;
  gpointer device, value;
  gboolean is_more = FALSE;

  if (!self->has_dropped)
    return;
  g_hash_table_iter_init (&iter, self->budgets);
  while (g_hash_table_iter_next (&iter, &device, &value))
    {
      Budget *budget = value;

      if (budget->n_dropped == 0)
        continue;
      if (!is_over (budget, now_us))
        {
          is_more = TRUE;
          continue;
        }
      func (device, budget->n_dropped, user_data);
      budget->n_dropped = 0;
    }
  self->has_dropped = is_more;
}
