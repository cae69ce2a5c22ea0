/* csv.c: rows of comma-separated values, in and out (RFC 4180) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

void
sonde_csv_reader_init (SondeCsvReader *self, const char *text, gsize size, char separator)
{
  const gsize mark = strlen (BYTE_ORDER_MARK);

  self->at = text;
  self->end = text + size;
  self->separator = separator;
  self->line = 1;
  if (size >= mark && memcmp (text, BYTE_ORDER_MARK, mark) == 0)
    self->at += mark;
}

GPtrArray *
sonde_csv_cells_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static gboolean
is_line_end (const SondeCsvReader *self)
{
  return *self->at == '\n'
         || (*self->at == '\r' && self->at + 1 < self->end && self->at[1] == '\n');
}

static gboolean
refuse (guint line, const char *why, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %u: %s", line, why);
  return FALSE;
}

/* Between the quotes; two in a row stand for one. */
static gboolean
read_quoted (SondeCsvReader *self, GString *cell, GError **error)
{
  const guint first_line = self->line;

  for (self->at++; self->at < self->end; self->at++)
    {
      if (*self->at == '\n')
        self->line++;
      if (*self->at == '"')
        {
          self->at++;
          if (self->at >= self->end || *self->at != '"')
            return TRUE;
        }
      g_string_append_c (cell, *self->at);
    }
  return refuse (first_line, "a quote is opened and never closed", error);
}

static gboolean
read_cell (SondeCsvReader *self, GString *cell, GError **error)
{
  if (self->at < self->end && *self->at == '"')
    {
      if (!read_quoted (self, cell, error))
        return FALSE;
      if (self->at < self->end && *self->at != self->separator && !is_line_end (self))
        return refuse (self->line, "text follows a closing quote", error);
    }
  while (self->at < self->end && *self->at != self->separator && !is_line_end (self))
    g_string_append_c (cell, *self->at++);
  return memchr (cell->str, 0, cell->len) == NULL
         || refuse (self->line, "a NUL byte: this is not text", error);
}

static void
skip_line_end (SondeCsvReader *self)
{
  self->at += *self->at == '\r' ? 2 : 1;
  self->line++;
}

gboolean
sonde_csv_reader_next (SondeCsvReader *self, GPtrArray *cells, guint *line, GError **error)
{
  g_ptr_array_set_size (cells, 0);
  while (self->at < self->end && is_line_end (self))
    skip_line_end (self);
  if (self->at >= self->end)
    return FALSE;

  *line = self->line;
  for (;;)
    {
      g_autoptr (GString) cell = g_string_new (NULL);

      if (!read_cell (self, cell, error))
        return FALSE;
      g_ptr_array_add (cells, g_string_free (g_steal_pointer (&cell), FALSE));
      if (self->at >= self->end)
        return TRUE;
      if (is_line_end (self))
        {
          skip_line_end (self);
          return TRUE;
        }
      self->at++;
    }
}

/* Blanks at an edge are part of the text, but some readers drop them where it is bare. */
static gboolean
needs_quotes (const char *text, char separator)
{
  const char special[] = { '"', '\n', '\r', separator, 0 };
  const gsize length = strlen (text);

  return strpbrk (text, special) != NULL
         || (length > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1])));
}

static void
append_quoted (GString *row, const char *prefix, const char *text)
{
  g_string_append_c (row, '"');
  g_string_append (row, prefix);
  for (; *text != 0; text++)
    {
      if (*text == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *text);
    }
  g_string_append_c (row, '"');
}

void
sonde_csv_append_field (GString *row, const char *text, char separator)
{
  if (needs_quotes (text, separator))
    append_quoted (row, "", text);
  else
    g_string_append (row, text);
}

void
sonde_csv_append_foreign (GString *row, const char *text, char separator)
{
  if (*text != 0 && strchr ("=+-@\t\r", *text) != NULL)
    append_quoted (row, "'", text);
  else
    sonde_csv_append_field (row, text, separator);
}
