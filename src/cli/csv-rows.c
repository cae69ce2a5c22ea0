/* csv-rows.c: samples of several variables as they come, written as one row a time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/csv-rows.h"

#include <string.h>

#include "base/csv.h"

/* Variables of one batch share their time but arrive one after the other; boards and single reads
 * overtake each other by a round trip. */
#define SETTLE_US (300 * 1000)

typedef struct
{
  gint64 time_us;
  gint64 received_us; /* monotonic, of its first sample */
  char **cells;       /* NULL: no sample */
} Row;

struct _SondeCsvRows
{
  SondeOutput *output;
  GPtrArray *columns; /* of char*, finished header cells */
  GArray *rows;       /* Row, rising by time */
};

SondeCsvRows *
sonde_csv_rows_new (SondeOutput *output)
{
  SondeCsvRows *self = g_new0 (SondeCsvRows, 1);

  self->output = output;
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  return self;
}

static void
clear_row (const SondeCsvRows *self, Row *row)
{
  for (guint i = 0; i < self->columns->len; i++)
    g_free (row->cells[i]);
  g_free (row->cells);
}

void
sonde_csv_rows_free (SondeCsvRows *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    clear_row (self, &g_array_index (self->rows, Row, i));
  g_array_unref (self->rows);
  g_ptr_array_unref (self->columns);
  sonde_output_free (self->output);
  g_free (self);
}

/* A text that a spreadsheet would run as a formula gets an apostrophe in front. */
static char *
quote (const char *text)
{
  const char *guard = text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL ? "'" : "";
  g_autofree char *guarded = g_strconcat (guard, text, NULL);
  GString *field = g_string_new (NULL);

  sonde_csv_append_field (field, guarded, ',');
  return g_string_free (field, FALSE);
}

guint
sonde_csv_rows_add_column (SondeCsvRows *self, const char *name, const char *unit)
{
  g_autofree char *head
      = unit == NULL || unit[0] == '\0' ? g_strdup (name) : g_strdup_printf ("%s [%s]", name, unit);

  g_ptr_array_add (self->columns, quote (head));
  return self->columns->len - 1;
}

void
sonde_csv_rows_start (SondeCsvRows *self)
{
  g_autoptr (GString) line = g_string_new ("time_us");

  for (guint i = 0; i < self->columns->len; i++)
    g_string_append_printf (line, ",%s", (char *) g_ptr_array_index (self->columns, i));
  sonde_output_line (self->output, line->str);
  sonde_output_flush (self->output);
}

static void
write_row (SondeCsvRows *self, const Row *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%" G_GINT64_FORMAT, row->time_us);
  for (guint i = 0; i < self->columns->len; i++)
    g_string_append_printf (line, ",%s", row->cells[i] != NULL ? row->cells[i] : "");
  sonde_output_line (self->output, line->str);
}

/* Looks from the newest row backwards: samples come nearly in order. */
static Row *
find_row (SondeCsvRows *self, gint64 time_us, guint column, gint64 now_us)
{
  guint at = self->rows->len;
  Row row = { time_us, now_us, NULL };

  while (at > 0 && g_array_index (self->rows, Row, at - 1).time_us > time_us)
    at--;
  for (guint i = at; i > 0 && g_array_index (self->rows, Row, i - 1).time_us == time_us; i--)
    if (g_array_index (self->rows, Row, i - 1).cells[column] == NULL)
      return &g_array_index (self->rows, Row, i - 1);
  row.cells = g_new0 (char *, self->columns->len);
  g_array_insert_val (self->rows, at, row);
  return &g_array_index (self->rows, Row, at);
}

void
sonde_csv_rows_add_number (SondeCsvRows *self, guint column, gint64 time_us, const char *number,
                           gint64 now_us)
{
  find_row (self, time_us, column, now_us)->cells[column] = g_strdup (number);
}

void
sonde_csv_rows_add_text (SondeCsvRows *self, guint column, gint64 time_us, const char *text,
                         gint64 now_us)
{
  find_row (self, time_us, column, now_us)->cells[column] = quote (text);
}

void
sonde_csv_rows_settle (SondeCsvRows *self, gint64 now_us)
{
  guint n = 0;

  while (n < self->rows->len)
    {
      Row *row = &g_array_index (self->rows, Row, n);

      if (now_us != G_MAXINT64 && now_us - row->received_us < SETTLE_US)
        break;
      write_row (self, row);
      clear_row (self, row);
      n++;
    }
  g_array_remove_range (self->rows, 0, n);
  sonde_output_flush (self->output);
}

SondeExit
sonde_csv_rows_finish (SondeCsvRows *self)
{
  sonde_csv_rows_settle (self, G_MAXINT64);
  return sonde_output_finish (self->output);
}

gboolean
sonde_csv_rows_is_open (const SondeCsvRows *self)
{
  return sonde_output_is_open (self->output);
}
