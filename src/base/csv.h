/* csv.h: rows of comma-separated values, in and out (RFC 4180) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Reads from text that it borrows. A byte-order mark at its start is passed over. */
typedef struct
{
  const char *at;
  const char *end;
  char separator;
  guint line; /* of the next row, from 1 */
} SondeCsvReader;

void sonde_csv_reader_init (SondeCsvReader *self, const char *text, gsize size, char separator);
/**
 * sonde_csv_reader_next:
 * @cells: (element-type utf8): emptied, then filled with the row's cells; made by
 * sonde_csv_cells_new()
 * @line: (out): the line the row begins in; rows with line ends in quotes take several
 *
 * Takes "\n" and "\r\n"; empty lines are passed over. Bytes are kept as they are, whatever their
 * encoding.
 *
 * Returns: FALSE at the end, and with @error set (G_IO_ERROR_INVALID_DATA, the message begins with
 * "line 12: ") at a quote that never closes, text behind a closing quote, or a NUL
 */
gboolean sonde_csv_reader_next (SondeCsvReader *self, GPtrArray *cells, guint *line,
                                GError **error);
/** sonde_csv_cells_new: (transfer full) (element-type utf8): owns its texts. */
GPtrArray *sonde_csv_cells_new (void);

/** sonde_csv_append_field: quotes @text where the separator, a quote, a line end or a blank at its
 * edge asks for it. No separator is written. */
void sonde_csv_append_field (GString *row, const char *text, char separator);
/** sonde_csv_append_foreign: likewise, for text of boards and people: what a spreadsheet would run
 * as a formula (= + - @, tab and carriage return in front) gets an apostrophe before it. */
void sonde_csv_append_foreign (GString *row, const char *text, char separator);
