/* table.c: name, value, unit; redrawn in place on a terminal */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#define MIN_VALUE_WIDTH 12

typedef struct
{
  char *name;
  char *value;
  char *unit;
} Row;

struct _SondeTable
{
  SondeOutput *output;
  GArray *rows;        /* Row */
  guint n_lines_drawn; /* what the cursor stands under */
  gboolean is_terminal;
  gboolean has_colour;
  glong name_width;
  glong value_width; /* only ever grows: columns that jump are hard to read */
};

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->value);
  g_free (row->unit);
}

SondeTable *
sonde_table_new (SondeOutput *output, gboolean has_colour)
{
  SondeTable *self = g_new0 (SondeTable, 1);

  self->output = output;
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  self->is_terminal = sonde_output_is_terminal (output);
  self->has_colour = has_colour;
  self->name_width = 4;
  self->value_width = MIN_VALUE_WIDTH;
  return self;
}

void
sonde_table_free (SondeTable *self)
{
  g_array_unref (self->rows);
  g_free (self);
}

guint
sonde_table_add_row (SondeTable *self, const char *name, const char *unit)
{
  const Row row = { g_strdup (name), g_strdup (""), g_strdup (unit) };

  g_array_append_val (self->rows, row);
  self->name_width = MAX (self->name_width, g_utf8_strlen (name, -1));
  return self->rows->len - 1;
}

void
sonde_table_set_value (SondeTable *self, guint row, const char *text)
{
  Row *changed = &g_array_index (self->rows, Row, row);

  g_free (changed->value);
  changed->value = g_strdup (text);
  self->value_width = MAX (self->value_width, g_utf8_strlen (text, -1));
}

static void
append_padding (GString *line, const char *text, glong width)
{
  for (glong n = g_utf8_strlen (text, -1); n < width; n++)
    g_string_append_c (line, ' ');
}

/* Cuts a line to @columns letters: a line that wraps would break the count of lines drawn. */
static void
append_line (GString *screen, const SondeTable *self, const Row *row, glong columns)
{
  g_autoptr (GString) line = g_string_new (row->name);
  g_autofree char *cut = NULL;

  append_padding (line, row->name, self->name_width + 2);
  append_padding (line, row->value, self->value_width);
  g_string_append (line, row->value);
  if (row->unit[0] != '\0')
    g_string_append_printf (line, "  %s", row->unit);
  cut = g_utf8_substring (line->str, 0, MIN (columns, g_utf8_strlen (line->str, -1)));
  g_string_append (screen, cut);
}

static void
get_size (const SondeTable *self, guint *n_rows, glong *columns)
{
  guint terminal_rows, terminal_columns;

  sonde_output_get_size (self->output, &terminal_rows, &terminal_columns);
  *n_rows = self->rows->len;
  *columns = terminal_columns > 0 ? terminal_columns : G_MAXINT;
  if (terminal_rows > 2) /* the head, and the line where the cursor stands */
    *n_rows = MIN (*n_rows, terminal_rows - 2);
}

void
sonde_table_draw (SondeTable *self)
{
  static const Row head = { (char *) "NAME", (char *) "VALUE", (char *) "UNIT" };
  const char *line_start = self->is_terminal ? "\r\033[2K" : "";
  g_autoptr (GString) screen = g_string_new (NULL);
  guint n_rows;
  glong columns;

  get_size (self, &n_rows, &columns);
  if (self->is_terminal && self->n_lines_drawn > 0)
    g_string_append_printf (screen, "\033[%uA", self->n_lines_drawn);
  else if (self->n_lines_drawn > 0)
    g_string_append_c (screen, '\n');
  g_string_append_printf (screen, "%s%s", line_start, self->has_colour ? "\033[1m" : "");
  append_line (screen, self, &head, columns);
  g_string_append (screen, self->has_colour ? "\033[0m\n" : "\n");
  for (guint i = 0; i < n_rows; i++)
    {
      g_string_append (screen, line_start);
      append_line (screen, self, &g_array_index (self->rows, Row, i), columns);
      g_string_append_c (screen, '\n');
    }
  self->n_lines_drawn = n_rows + 1;
  sonde_output_text (self->output, screen->str);
}
