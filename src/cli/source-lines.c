/* source-lines.c: sondectl symbols --addr2line: which function and line an address of code is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/source-lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/lookup.h"
#include "cli/row.h"
#include "symbols/backtrace-text.h"

/* A line that is longer is told in parts. */
#define MAX_LINE 65536

typedef struct
{
  SondeErrand *errand;
  SondeSymbolTable *table;
  SondeLineTable *lines; /* NULL: functions only */
} Resolver;

/* -- the table of lines -- */

typedef struct
{
  SondeLineTable *lines;
  GError *error;
  gboolean is_done;
} Loading;

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Loading *loading = user_data;

  loading->lines = sonde_line_table_load_finish (result, &loading->error);
  loading->is_done = TRUE;
}

static gboolean
is_loaded (gpointer user_data)
{
  return ((Loading *) user_data)->is_done;
}

/* Without lines the functions are still worth telling. */
static SondeLineTable *
load_lines (SondeErrand *errand, const char *file)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Loading loading = { 0 };

  sonde_line_table_load_async (file, cancellable, on_loaded, &loading);
  sonde_errand_run (errand, G_MAXINT64, is_loaded, &loading);
  g_cancellable_cancel (cancellable);
  while (!loading.is_done)
    g_main_context_iteration (NULL, TRUE);
  if (loading.error != NULL && !sonde_errand_is_stopped (errand))
    sonde_warn ("%s", loading.error->message);
  g_clear_error (&loading.error);
  return loading.lines;
}

/* -- rows -- */

static char *
make_json (const SondeCodePlace *place)
{
  g_autofree char *address = g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", place->address);
  GString *row = sonde_json_row_new ();

  sonde_json_row_text (row, "address", address);
  sonde_json_row_text (row, "function", place->function);
  sonde_json_row_int (row, "offset", (gint64) place->offset);
  sonde_json_row_text (row, "file", place->file);
  sonde_json_row_int (row, "line", place->line);
  sonde_json_row_int (row, "column", place->column);
  if (place->why != NULL)
    sonde_json_row_text (row, "why", place->why);
  return sonde_json_row_end (row);
}

static char *
dup_described (const SondeCodePlace *place)
{
  g_autofree char *text = sonde_code_place_describe (place);

  return sonde_log_make_safe (text, -1);
}

/* "0x08000124 motor_step() motor.c:118:5" */
static void
print_address (Resolver *self, guint64 address)
{
  SondeOutput *output = sonde_errand_get_output (self->errand);
  g_autofree char *described = NULL;
  g_autofree char *line = NULL;
  SondeCodePlace place;

  sonde_code_place_find (self->table, self->lines, address, SONDE_CODE_EXACT, &place);
  described = dup_described (&place);
  line = sonde_errand_get_options (self->errand)->json
             ? make_json (&place)
             : g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x %s", address, described);
  sonde_output_line (output, line);
}

/* -- a text -- */

/* The text stays as it is, byte by byte; "(motor_step() motor.c:118:5)" joins behind an address. */
static void
print_resolved (Resolver *self, const char *line, const GArray *spans)
{
  SondeOutput *output = sonde_errand_get_output (self->errand);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize done = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const SondeCodeSpan *span = &g_array_index (spans, SondeCodeSpan, i);
      g_autofree char *described = dup_described (&span->place);

      g_string_append_len (text, line + done, (gssize) (span->start + span->length - done));
      g_string_append_printf (text, " (%s)", described);
      done = span->start + span->length;
    }
  g_string_append (text, line + done);
  sonde_output_line (output, text->str);
}

static void
print_line (Resolver *self, const char *line)
{
  g_autoptr (GArray) spans = sonde_backtrace_text_find (self->table, self->lines, line, -1);

  if (!sonde_errand_get_options (self->errand)->json)
    {
      print_resolved (self, line, spans);
      return;
    }
  for (guint i = 0; i < spans->len; i++)
    {
      g_autofree char *row = make_json (&g_array_index (spans, SondeCodeSpan, i).place);

      sonde_output_line (sonde_errand_get_output (self->errand), row);
    }
}

/* Prints the whole lines of @pending and leaves the rest there. */
static void
print_lines (Resolver *self, GString *pending)
{
  gsize start = 0;

  while (start < pending->len)
    {
      char *line = pending->str + start;
      const gsize left = pending->len - start;
      char *end = memchr (line, '\n', left);

      if (end == NULL && left < MAX_LINE)
        break;
      if (end == NULL)
        end = line + left;
      start += (gsize) (end - line) + (*end == '\n');
      *end = '\0';
      print_line (self, line);
    }
  g_string_erase (pending, 0, (gssize) start);
}

/* What comes is told at once: a log may be running. */
static SondeExit
print_standard_input (Resolver *self)
{
  g_autoptr (GString) pending = g_string_new (NULL);
  char buffer[8192];

  while (!sonde_errand_is_stopped (self->errand))
    {
      const gssize n = read (STDIN_FILENO, buffer, sizeof buffer);

      if (n < 0 && errno != EINTR)
        return sonde_complain (SONDE_EXIT_MACHINE, "standard input: %s; give it a text",
                               g_strerror (errno));
      if (n == 0)
        break;
      g_string_append_len (pending, buffer, MAX (n, 0));
      print_lines (self, pending);
      sonde_output_flush (sonde_errand_get_output (self->errand));
    }
  if (pending->len > 0 && !sonde_errand_is_stopped (self->errand))
    print_line (self, pending->str);
  return SONDE_EXIT_OK;
}

/* -- all that was asked -- */

static SondeExit
print_one (Resolver *self, const char *text)
{
  guint64 address;

  if (g_str_equal (text, "-"))
    return print_standard_input (self);
  if (sonde_lookup_scan (text, &address))
    print_address (self, address);
  return SONDE_EXIT_OK;
}

SondeExit
sonde_source_lines_print (SondeErrand *errand, SondeSymbolTable *table)
{
  const SondeOptions *options = sonde_errand_get_options (errand);
  g_autoptr (SondeLineTable) lines = load_lines (
      errand, options->debug_file != NULL ? options->debug_file : options->arguments[0]);
  Resolver self = { errand, table, lines };
  SondeExit status = SONDE_EXIT_OK;

  for (guint i = 0; i < options->addr2line->len && status == SONDE_EXIT_OK; i++)
    status = print_one (&self, g_ptr_array_index (options->addr2line, i));
  for (guint i = 1; options->arguments[i] != NULL && status == SONDE_EXIT_OK; i++)
    status = print_one (&self, options->arguments[i]);
  return status;
}
