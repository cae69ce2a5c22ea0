/* log-list.c: the log console's lines: the ring, filtered */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/log-list.h"

#include <string.h>

#include "workbench/log-filter.h"

#define TAKE_MAX 20000    /* lines taken from the ring at a time */
#define SHOWN_MAX 1000000 /* as many as the ring holds */
#define ALL_LEVELS ((1u << SONDE_LOG_N_LEVELS) - 1)

struct _SondeLogRow
{
  GObject parent_instance;
  SondeLogLine *line;
};

G_DEFINE_FINAL_TYPE (SondeLogRow, sonde_log_row, G_TYPE_OBJECT)

static void
sonde_log_row_finalize (GObject *object)
{
  sonde_log_line_unref (SONDE_LOG_ROW (object)->line);
  G_OBJECT_CLASS (sonde_log_row_parent_class)->finalize (object);
}

static void
sonde_log_row_class_init (SondeLogRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_log_row_finalize;
}

static void
sonde_log_row_init (SondeLogRow *self)
{
}

const SondeLogLine *
sonde_log_row_get_line (SondeLogRow *self)
{
  return self->line;
}

struct _SondeLogList
{
  GObject parent_instance;
  GPtrArray *all;   /* SondeLogLine: what was taken from the ring since the last clear */
  GPtrArray *shown; /* SondeLogLine, borrowed from all: what the filter lets through */
  guint64 newest;   /* number of the newest line taken */
  guint n_waiting;
  guint64 n_total;
  guint64 n_level[SONDE_LOG_N_LEVELS];
  SondeLogFilter *filter;
  guint levels; /* bit per level */
  char *device; /* NULL: all */
  gboolean is_paused;
};

static GType
get_item_type (GListModel *model)
{
  return SONDE_TYPE_LOG_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return SONDE_LOG_LIST (model)->shown->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SondeLogList *self = SONDE_LOG_LIST (model);
  SondeLogRow *row = NULL;

  if (position >= self->shown->len)
    return NULL;
  row = g_object_new (SONDE_TYPE_LOG_ROW, NULL);
  row->line = sonde_log_line_ref (g_ptr_array_index (self->shown, position));
  return row;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeLogList, sonde_log_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
sonde_log_list_finalize (GObject *object)
{
  SondeLogList *self = SONDE_LOG_LIST (object);

  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->all);
  sonde_log_filter_free (self->filter);
  g_free (self->device);
  G_OBJECT_CLASS (sonde_log_list_parent_class)->finalize (object);
}

static void
sonde_log_list_class_init (SondeLogListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_log_list_finalize;
}

static void
sonde_log_list_init (SondeLogList *self)
{
  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_log_line_unref);
  self->shown = g_ptr_array_new ();
  self->filter = sonde_log_filter_new ("", NULL);
  self->levels = ALL_LEVELS;
}

SondeLogList *
sonde_log_list_new (void)
{
  return g_object_new (SONDE_TYPE_LOG_LIST, NULL);
}

static gboolean
is_wanted (SondeLogList *self, const SondeLogLine *line)
{
  if ((self->levels & (1u << line->level)) == 0)
    return FALSE;
  if (self->device != NULL
      && g_strcmp0 (self->device, line->device == NULL ? "" : line->device) != 0)
    return FALSE;
  return sonde_log_filter_matches (self->filter, line);
}

static void
show_all_again (SondeLogList *self)
{
  guint n_before = self->shown->len;

  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < self->all->len; i++)
    if (is_wanted (self, g_ptr_array_index (self->all, i)))
      g_ptr_array_add (self->shown, g_ptr_array_index (self->all, i));
  self->n_waiting = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->shown->len);
}

/* Lets the oldest tenth go, so that this happens seldom. */
static void
bound (SondeLogList *self)
{
  guint n_drop = SHOWN_MAX / 10;

  if (self->all->len <= SHOWN_MAX)
    return;
  g_ptr_array_remove_range (self->all, 0, n_drop);
  show_all_again (self);
}

void
sonde_log_list_update (SondeLogList *self)
{
  g_autoptr (GPtrArray) lines = sonde_log_dup_since (self->newest, TAKE_MAX);
  guint n_before = self->shown->len;

  for (guint i = 0; i < lines->len; i++)
    {
      SondeLogLine *line = sonde_log_line_ref (g_ptr_array_index (lines, i));

      self->newest = line->number;
      self->n_total++;
      self->n_level[line->level]++;
      g_ptr_array_add (self->all, line);
      if (!is_wanted (self, line))
        continue;
      if (self->is_paused)
        self->n_waiting++;
      else
        g_ptr_array_add (self->shown, line);
    }
  if (self->shown->len > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->shown->len - n_before);
  if (!self->is_paused)
    bound (self);
}

gboolean
sonde_log_list_set_filter (SondeLogList *self, const char *text, GError **error)
{
  SondeLogFilter *filter = sonde_log_filter_new (text, error);

  if (filter == NULL)
    return FALSE;
  sonde_log_filter_free (self->filter);
  self->filter = filter;
  show_all_again (self);
  return TRUE;
}

void
sonde_log_list_set_levels (SondeLogList *self, guint mask)
{
  self->levels = mask;
  show_all_again (self);
}

void
sonde_log_list_set_device (SondeLogList *self, const char *device)
{
  g_free (self->device);
  self->device = g_strdup (device);
  show_all_again (self);
}

void
sonde_log_list_set_paused (SondeLogList *self, gboolean is_paused)
{
  if (self->is_paused == is_paused)
    return;
  self->is_paused = is_paused;
  if (!is_paused && self->n_waiting > 0)
    show_all_again (self);
}

guint
sonde_log_list_get_n_waiting (SondeLogList *self)
{
  return self->n_waiting;
}

guint64
sonde_log_list_get_n_total (SondeLogList *self)
{
  return self->n_total;
}

guint64
sonde_log_list_get_n_level (SondeLogList *self, SondeLogLevel level)
{
  return self->n_level[level];
}

void
sonde_log_list_clear (SondeLogList *self)
{
  guint n_before = self->shown->len;

  g_ptr_array_set_size (self->shown, 0);
  g_ptr_array_set_size (self->all, 0);
  self->n_waiting = 0;
  self->n_total = 0;
  memset (self->n_level, 0, sizeof self->n_level);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
}

char *
sonde_log_line_dup_text (const SondeLogLine *line)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (line->time_us / G_USEC_PER_SEC);
  g_autofree char *clock = time == NULL ? g_strdup ("") : g_date_time_format (time, "%H:%M:%S");

  return g_strdup_printf ("%s.%03d %s %s %s %s", clock, (int) (line->time_us / 1000 % 1000),
                          line->device == NULL ? "sonde" : line->device,
                          sonde_log_level_glyph (line->level), line->tag, line->text);
}

char *
sonde_log_list_dup_text (SondeLogList *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->shown->len; i++)
    {
      g_autofree char *line = sonde_log_line_dup_text (g_ptr_array_index (self->shown, i));

      g_string_append (text, line);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
