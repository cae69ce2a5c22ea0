/* dwarf-abbreviations.c: what the entries of a unit look like, decoded once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-abbreviations.h"

#define MAX_FIXED 0x10000

/* What is at hand while a table is read. */
typedef struct
{
  GArray *rows, *specs, *constants;
  GArray *codes; /* guint64 for each row */
  const SondeFormLayout *layout;
} Reading;

/* Adds the bytes of one more attribute to the entry's. */
static void
add_size (SondeAbbreviation *row, int size)
{
  if (size == SONDE_FORM_UNKNOWN)
    row->is_unreadable = TRUE;
  if (row->size == SONDE_NOT_FIXED)
    return;
  if (size >= 0 && row->size + (guint) size <= MAX_FIXED)
    {
      row->size += (guint) size;
      return;
    }
  row->varies = row->n_specs;
  row->varies_at = row->size;
  row->size = SONDE_NOT_FIXED;
}

static gboolean
read_specs (SondeCursor *cursor, Reading *reading, SondeAbbreviation *row)
{
  while (!cursor->has_failed)
    {
      const guint64 name = sonde_cursor_uleb (cursor), form = sonde_cursor_uleb (cursor);
      SondeSpec spec
          = { (guint16) MIN (name, G_MAXUINT16), (guint16) MIN (form, G_MAXUINT16), row->size };

      if (name == 0 && form == 0)
        break;
      if (form == DW_FORM_implicit_const)
        {
          const gint64 constant = sonde_cursor_sleb (cursor);

          spec.at = reading->constants->len;
          g_array_append_val (reading->constants, constant);
        }
      else
        add_size (row, sonde_form_get_size (spec.form, reading->layout));
      g_array_append_val (reading->specs, spec);
      row->n_specs++;
    }
  if (row->size != SONDE_NOT_FIXED)
    row->varies = row->n_specs;
  return !cursor->has_failed;
}

static gboolean
read_rows (SondeCursor *cursor, Reading *reading, guint max_specs)
{
  guint64 code;

  while ((code = sonde_cursor_uleb (cursor)) != 0)
    {
      SondeAbbreviation row = { .first = reading->specs->len };

      const guint64 tag = sonde_cursor_uleb (cursor);

      row.tag = (guint16) MIN (tag, G_MAXUINT16);
      row.has_children = sonde_cursor_u8 (cursor) != 0;
      if (!read_specs (cursor, reading, &row) || reading->specs->len > max_specs)
        return FALSE;
      g_array_append_val (reading->rows, row);
      g_array_append_val (reading->codes, code);
    }
  return !cursor->has_failed;
}

/* Every compiler counts from 1; then the code is the place. */
static GHashTable *
index_codes (GArray *codes)
{
  GHashTable *by_code = NULL;

  for (guint i = 0; i < codes->len && by_code == NULL; i++)
    if (g_array_index (codes, guint64, i) != i + 1)
      by_code = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < codes->len && by_code != NULL; i++)
    g_hash_table_insert (by_code, (gpointer) (guintptr) g_array_index (codes, guint64, i),
                         GUINT_TO_POINTER (i + 1));
  return by_code;
}

SondeAbbreviations *
sonde_abbreviations_new (SondeCursor *cursor, const SondeFormLayout *layout, guint max_specs)
{
  Reading reading = { .layout = layout };
  SondeAbbreviations *self = g_new0 (SondeAbbreviations, 1);
  gboolean ok;

  reading.rows = g_array_new (FALSE, FALSE, sizeof (SondeAbbreviation));
  reading.specs = g_array_new (FALSE, FALSE, sizeof (SondeSpec));
  reading.constants = g_array_new (FALSE, FALSE, sizeof (gint64));
  reading.codes = g_array_new (FALSE, FALSE, sizeof (guint64));
  ok = read_rows (cursor, &reading, max_specs);
  self->by_code = index_codes (reading.codes);
  self->n_rows = reading.rows->len;
  self->n_specs = reading.specs->len;
  self->n_constants = reading.constants->len;
  self->rows = (SondeAbbreviation *) g_array_free (reading.rows, FALSE);
  self->specs = (SondeSpec *) g_array_free (reading.specs, FALSE);
  self->constants = (gint64 *) g_array_free (reading.constants, FALSE);
  g_array_unref (reading.codes);
  if (!ok)
    g_clear_pointer (&self, sonde_abbreviations_free);
  return self;
}

void
sonde_abbreviations_free (SondeAbbreviations *self)
{
  g_clear_pointer (&self->by_code, g_hash_table_unref);
  g_free (self->rows);
  g_free (self->specs);
  g_free (self->constants);
  g_free (self);
}
