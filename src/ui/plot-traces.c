/* plot-traces.c: the signals on a plot, and what is newest in them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot-traces.h"

#include "base/clock.h"
#include "types/text.h"

#define DIGITS "%.7g" /* a float's worth: more only flickers */

struct _SondePlotTraces
{
  GPtrArray *entries; /* SondeTraceEntry */
};

static SondeTraceEntry *
entry_at (SondePlotTraces *self, guint index)
{
  return self->entries->pdata[index];
}

static void
clear_texts (SondeTraceEntry *entry)
{
  g_clear_pointer (&entry->name, g_free);
  g_clear_pointer (&entry->unit, g_free);
  g_clear_pointer (&entry->type, sonde_type_unref);
}

static void
free_entry (gpointer data)
{
  SondeTraceEntry *entry = data;

  clear_texts (entry);
  g_object_unref (entry->plot.source);
  g_free (entry);
}

SondePlotTraces *
sonde_plot_traces_new (void)
{
  SondePlotTraces *self = g_new (SondePlotTraces, 1);

  self->entries = g_ptr_array_new_with_free_func (free_entry);
  return self;
}

void
sonde_plot_traces_free (SondePlotTraces *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static SondeTraceEntry *
find_entry (SondePlotTraces *self, SondeSource *source)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (entry_at (self, i)->plot.source == source)
      return entry_at (self, i);
  return NULL;
}

/* What has no values in between is drawn as steps. */
static SondeLineStyle
style_of (const SondeType *type)
{
  SondeKind kind;

  if (type == NULL)
    return SONDE_LINE_STRAIGHT;
  kind = sonde_type_get_kind (type);
  if (kind == SONDE_KIND_BITFIELD)
    kind = sonde_type_get_kind (sonde_type_get_base (type));
  return kind == SONDE_KIND_ENUM || kind == SONDE_KIND_BOOL ? SONDE_LINE_STEPS
                                                            : SONDE_LINE_STRAIGHT;
}

void
sonde_plot_traces_put (SondePlotTraces *self, SondeSource *source, const SondeTraceTexts *texts)
{
  SondeTraceEntry *entry = find_entry (self, source);

  if (entry == NULL)
    {
      entry = g_new0 (SondeTraceEntry, 1);
      entry->plot.source = g_object_ref (source);
      entry->generation = G_MAXUINT64;
      g_ptr_array_add (self->entries, entry);
    }
  clear_texts (entry);
  entry->name = g_strdup (texts->name);
  entry->unit = g_strdup (texts->unit);
  entry->type = texts->type != NULL ? sonde_type_ref (texts->type) : NULL;
  entry->plot.unit = entry->unit;
  entry->plot.slot = texts->slot;
  entry->plot.style = style_of (entry->type);
}

const SondeTraceEntry *
sonde_plot_traces_lookup (SondePlotTraces *self, SondeSource *source)
{
  return find_entry (self, source);
}

void
sonde_plot_traces_remove (SondePlotTraces *self, SondeSource *source)
{
  SondeTraceEntry *entry = find_entry (self, source);

  if (entry != NULL)
    g_ptr_array_remove (self->entries, entry);
}

guint
sonde_plot_traces_get_n (SondePlotTraces *self)
{
  return self->entries->len;
}

const SondeTraceEntry *
sonde_plot_traces_get (SondePlotTraces *self, guint index)
{
  return entry_at (self, index);
}

guint
sonde_plot_traces_find_free_slot (SondePlotTraces *self)
{
  guint64 taken = 0;

  for (guint i = 0; i < self->entries->len; i++)
    taken |= G_GUINT64_CONSTANT (1) << (entry_at (self, i)->plot.slot & 63);
  for (guint slot = 0; slot < SONDE_PLOT_N_SLOTS; slot++)
    if ((taken >> slot & 1) == 0)
      return slot;
  return self->entries->len % SONDE_PLOT_N_SLOTS;
}

SondePlotTrace *
sonde_plot_traces_dup_plots (SondePlotTraces *self)
{
  SondePlotTrace *plots = g_new (SondePlotTrace, self->entries->len);

  for (guint i = 0; i < self->entries->len; i++)
    plots[i] = entry_at (self, i)->plot;
  return plots;
}

char *
sonde_plot_traces_dup_label (SondePlotTraces *self)
{
  GString *label = g_string_new ("Plot");

  for (guint i = 0; i < self->entries->len; i++)
    g_string_append_printf (label, "%s%s", i == 0 ? " of " : ", ", entry_at (self, i)->name);
  return g_string_free (label, FALSE);
}

static char *
text_of_value (const SondeType *type, const SondeValue *value)
{
  const gboolean is_float
      = value->kind == SONDE_VALUE_FLOAT32 || value->kind == SONDE_VALUE_FLOAT64;
  char number[40];

  if (!is_float && type != NULL)
    return sonde_text_from_value (type, value, SONDE_FORMAT_AUTO);
  g_ascii_formatd (number, sizeof number, DIGITS, sonde_value_to_double (value));
  return number[0] == '-' ? g_strconcat ("\u2212", number + 1, NULL) : g_strdup (number);
}

char *
sonde_plot_traces_dup_reading (const SondeTraceEntry *entry, gint64 time_us, gint64 *sample_us,
                               double *value)
{
  SondeValue sample;

  if (!sonde_source_get_nearest (entry->plot.source, time_us, sample_us, &sample))
    return g_strdup ("");
  if (value != NULL)
    *value = sonde_value_to_double (&sample);
  return text_of_value (entry->type, &sample);
}

gboolean
sonde_plot_traces_take_news (SondePlotTraces *self)
{
  gboolean has_news = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      SondeTraceEntry *entry = entry_at (self, i);
      const guint64 generation = sonde_source_get_generation (entry->plot.source);

      has_news |= generation != entry->generation;
      entry->generation = generation;
    }
  return has_news;
}

gboolean
sonde_plot_traces_get_extent (SondePlotTraces *self, gint64 *first_us, gint64 *last_us)
{
  *first_us = G_MAXINT64;
  *last_us = G_MININT64;
  for (guint i = 0; i < self->entries->len; i++)
    {
      gint64 from_us, to_us;

      if (!sonde_source_get_span (entry_at (self, i)->plot.source, &from_us, &to_us))
        continue;
      *first_us = MIN (*first_us, from_us);
      *last_us = MAX (*last_us, to_us);
    }
  return *first_us <= *last_us;
}

static gboolean
has_open_gap (SondeSource *source)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeMark));
  gint64 first_us, last_us;

  if (!sonde_source_get_span (source, &first_us, &last_us))
    return FALSE;
  sonde_source_read_marks (source, last_us, G_MAXINT64, marks);
  for (guint i = 0; i < marks->len; i++)
    {
      const SondeMark *mark = &g_array_index (marks, SondeMark, i);

      if (mark->kind == SONDE_MARK_GAP && mark->end_us == 0)
        return TRUE;
    }
  return FALSE;
}

gint64
sonde_plot_traces_get_newest (SondePlotTraces *self, gboolean *is_gap_open)
{
  gint64 first_us, newest_us;

  *is_gap_open = FALSE;
  if (!sonde_plot_traces_get_extent (self, &first_us, &newest_us))
    return G_MININT64;
  for (guint i = 0; i < self->entries->len; i++)
    *is_gap_open |= has_open_gap (entry_at (self, i)->plot.source);
  return *is_gap_open ? MAX (newest_us, sonde_clock_real_us ()) : newest_us;
}
