/* csv-writer.c: a capture as a wide table: a row a time, a column a signal */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/csv-writer.h"

#include "base/csv.h"
#include "types/text.h"

#define SEPARATOR ','

typedef struct
{
  gint64 time_us;
  guint column;
  guint order; /* of arrival: keeps equal times of one signal in their order */
  SondeValue value;
} Cell;

typedef struct
{
  SondeCaptureWriter parent;
  GOutputStream *out; /* referenced */
  guint n_columns;
  GArray *cells; /* Cell, as they came */
  GString *text; /* rows on their way out */
} CsvWriter;

static gboolean
write_text (CsvWriter *self, GError **error)
{
  const gboolean is_written
      = g_output_stream_write_all (self->out, self->text->str, self->text->len, NULL, NULL, error);

  g_string_truncate (self->text, 0);
  return is_written;
}

static void
append_title (GString *row, const SondeCaptureColumn *column)
{
  g_autoptr (GString) title = g_string_new (NULL);

  if (column->device != NULL)
    g_string_append_printf (title, "%s:", column->device);
  g_string_append (title, column->path);
  if (column->unit != NULL && *column->unit != 0)
    g_string_append_printf (title, " [%s]", column->unit);
  g_string_append_c (row, SEPARATOR);
  sonde_csv_append_foreign (row, title->str, SEPARATOR);
}

static void
csv_free (SondeCaptureWriter *writer)
{
  CsvWriter *self = (CsvWriter *) writer;

  g_object_unref (self->out);
  g_array_unref (self->cells);
  g_string_free (self->text, TRUE);
  g_free (self);
}

SondeCaptureWriter *
sonde_csv_writer_new (GOutputStream *out, const SondeCaptureColumn *columns, guint n,
                      GError **error)
{
  CsvWriter *self = g_new0 (CsvWriter, 1);

  self->parent.format = &sonde_csv_format;
  self->out = g_object_ref (out);
  self->n_columns = n;
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->text = g_string_new ("time_us");
  for (guint i = 0; i < n; i++)
    append_title (self->text, &columns[i]);
  g_string_append_c (self->text, '\n');
  if (write_text (self, error))
    return &self->parent;
  csv_free (&self->parent);
  return NULL;
}

static void
csv_append (SondeCaptureWriter *writer, gint64 time_us, guint column, const SondeValue *value)
{
  CsvWriter *self = (CsvWriter *) writer;
  const Cell cell = { time_us, column, self->cells->len, *value };

  g_return_if_fail (column < self->n_columns);
  g_array_append_val (self->cells, cell);
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const Cell *first = a, *second = b;

  if (first->time_us != second->time_us)
    return first->time_us < second->time_us ? -1 : 1;
  if (first->order != second->order)
    return first->order < second->order ? -1 : 1;
  return 0;
}

static void
append_value (GString *row, const SondeValue *value)
{
  char buffer[40];

  switch (value->kind)
    {
    case SONDE_VALUE_SIGNED:
      g_string_append_printf (row, "%" G_GINT64_FORMAT, value->i);
      break;
    case SONDE_VALUE_UNSIGNED:
      g_string_append_printf (row, "%" G_GUINT64_FORMAT, value->u);
      break;
    case SONDE_VALUE_FLOAT32:
    case SONDE_VALUE_FLOAT64:
      sonde_text_from_double (value->f, value->kind == SONDE_VALUE_FLOAT32, buffer);
      g_string_append (row, buffer);
      break;
    case SONDE_VALUE_NONE:
    case SONDE_VALUE_RAW:
      break;
    }
}

/* Writes one row from the cells of one time; those whose signal has a value in this row already are
 * kept at the front for the next row of the same time. Returns: how many. */
static guint
append_row (CsvWriter *self, Cell *cells, guint n, const Cell **row)
{
  guint n_left = 0;

  memset (row, 0, self->n_columns * sizeof *row);
  for (guint i = 0; i < n; i++)
    if (row[cells[i].column] == NULL)
      row[cells[i].column] = &cells[i];
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, cells[0].time_us);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_string_append_c (self->text, SEPARATOR);
      if (row[i] != NULL)
        append_value (self->text, &row[i]->value);
    }
  g_string_append_c (self->text, '\n');
  for (guint i = 0; i < n; i++)
    if (row[cells[i].column] != &cells[i])
      cells[n_left++] = cells[i];
  return n_left;
}

static guint
count_equal_times (const Cell *cells, guint n)
{
  guint n_equal = 1;

  while (n_equal < n && cells[n_equal].time_us == cells[0].time_us)
    n_equal++;
  return n_equal;
}

static gboolean
csv_flush_before (SondeCaptureWriter *writer, gint64 time_us, GError **error)
{
  CsvWriter *self = (CsvWriter *) writer;
  g_autofree const Cell **row = g_new (const Cell *, self->n_columns);
  Cell *cells = (Cell *) self->cells->data;
  guint done = 0;

  g_array_sort (self->cells, compare_cells);
  while (done < self->cells->len && (cells[done].time_us < time_us || time_us == G_MAXINT64))
    {
      const guint n = count_equal_times (cells + done, self->cells->len - done);

      for (guint left = n; left > 0;)
        left = append_row (self, cells + done, left, row);
      done += n;
    }
  if (done > 0)
    g_array_remove_range (self->cells, 0, done);
  for (guint i = 0; i < self->cells->len; i++)
    g_array_index (self->cells, Cell, i).order = i;
  return write_text (self, error);
}

const SondeCaptureFormat sonde_csv_format = {
  .id = "csv",
  .extension = "csv",
  .label = "Comma-Separated Values",
  .create = sonde_csv_writer_new,
  .append = csv_append,
  .flush_before = csv_flush_before,
  .free = csv_free,
};
