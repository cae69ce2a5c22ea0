/* log-places.c: what the addresses in lines of the log mean in the ELF that is open */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-symbols"

#include "workbench/log-places.h"

struct _SondeLogPlaces
{
  GObject parent_instance;
  SondeSymbolTable *table; /* (nullable) */
  SondeLineTable *lines;   /* (nullable) until it was read, or where there is none */
  GCancellable *reading;   /* (nullable) */
  gboolean was_asked_for;  /* the line table of this build */
};

G_DEFINE_FINAL_TYPE (SondeLogPlaces, sonde_log_places, G_TYPE_OBJECT)

static guint changed_signal;

static void
forget_table (SondeLogPlaces *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->lines, sonde_line_table_unref);
  g_clear_pointer (&self->table, sonde_symbol_table_unref);
  self->was_asked_for = FALSE;
}

static void
sonde_log_places_finalize (GObject *object)
{
  forget_table (SONDE_LOG_PLACES (object));
  G_OBJECT_CLASS (sonde_log_places_parent_class)->finalize (object);
}

static void
sonde_log_places_class_init (SondeLogPlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_log_places_finalize;
  changed_signal = g_signal_new ("changed", SONDE_TYPE_LOG_PLACES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
sonde_log_places_init (SondeLogPlaces *self)
{
}

SondeLogPlaces *
sonde_log_places_new (void)
{
  return g_object_new (SONDE_TYPE_LOG_PLACES, NULL);
}

void
sonde_log_places_set_table (SondeLogPlaces *self, SondeSymbolTable *table)
{
  if (table == self->table)
    return;
  forget_table (self);
  self->table = table == NULL ? NULL : sonde_symbol_table_ref (table);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_lines (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeLineTable) lines = sonde_line_table_load_finish (result, &error);
  SondeLogPlaces *self = user_data;

  /* Then @self may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (lines == NULL)
    {
      g_message ("%s", error->message);
      return;
    }
  self->lines = g_steal_pointer (&lines);
  g_signal_emit (self, changed_signal, 0);
}

static void
ask_for_lines (SondeLogPlaces *self)
{
  if (self->was_asked_for)
    return;
  self->was_asked_for = TRUE;
  self->reading = g_cancellable_new ();
  sonde_line_table_load_async (sonde_symbol_table_get_facts (self->table)->file, self->reading,
                               on_lines, self);
}

GArray *
sonde_log_places_find (SondeLogPlaces *self, const char *text)
{
  GArray *spans = NULL;

  if (self->table == NULL)
    return g_array_new (FALSE, FALSE, sizeof (SondeCodeSpan));
  spans = sonde_backtrace_text_find (self->table, self->lines, text, -1);
  if (spans->len > 0)
    ask_for_lines (self);
  return spans;
}

char *
sonde_log_places_dup_note (SondeLogPlaces *self, const char *text)
{
  g_autoptr (GArray) spans = sonde_log_places_find (self, text);
  g_autoptr (GString) note = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      g_autofree char *place
          = sonde_code_place_describe (&g_array_index (spans, SondeCodeSpan, i).place);

      g_string_append_printf (note, "%s%s", i == 0 ? "" : ", ", place);
    }
  return note->len == 0 ? NULL : g_string_free (g_steal_pointer (&note), FALSE);
}
