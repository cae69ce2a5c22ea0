/* size-command.c: sondectl size, what fills flash and RAM */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/log.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/errand.h"
#include "cli/file-notes.h"
#include "cli/row.h"
#include "symbols/size-report.h"
#include "symbols/symbol-cage.h"

#define MAX_NAME_WIDTH 44

/* A table of the page; @top rows where all are shown. */
static const struct
{
  SondeSizeView view;
  const char *name;
  guint top;
} views[] = {
  { SONDE_SIZE_BY_SECTION, "section", G_MAXUINT },
  { SONDE_SIZE_BY_FILE, "file", 10 },
  { SONDE_SIZE_BY_SYMBOL, "symbol", 20 },
};

typedef struct
{
  SondeOutput *output;
  const SondeOptions *options;
  guint64 flash, ram; /* totals */
} Page;

static double
get_percent (guint64 part, guint64 whole)
{
  return whole > 0 ? 100.0 * (double) part / (double) whole : 0;
}

/* -- JSON -- */

static void
print_json (Page *self, const char *by, const SondeSizeRow *row, gboolean has_place)
{
  const gboolean has_address
      = has_place && (g_str_equal (by, "section") || g_str_equal (by, "symbol"));
  g_autofree char *address
      = has_address ? g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", row->address) : NULL;
  GString *json = sonde_json_row_new ();
  g_autofree char *line = NULL;

  sonde_json_row_text (json, "by", by);
  sonde_json_row_text (json, "name", row->name);
  sonde_json_row_text (json, "address", address);
  sonde_json_row_int (json, "flash", (gint64) row->flash);
  sonde_json_row_double (json, "flash_percent",
                         round (get_percent (row->flash, self->flash) * 100) / 100);
  sonde_json_row_int (json, "ram", (gint64) row->ram);
  sonde_json_row_double (json, "ram_percent",
                         round (get_percent (row->ram, self->ram) * 100) / 100);
  sonde_json_row_text (json, "section", row->section != NULL ? row->section : "");
  sonde_json_row_text (json, "file", row->file != NULL ? row->file : "");
  line = sonde_json_row_end (json);
  sonde_output_line (self->output, line);
}

static SondeSizeRow
sum_up (const SondeSizeRow *rows, guint n)
{
  SondeSizeRow sum = { 0 };

  for (guint i = 0; i < n; i++)
    {
      sum.flash += rows[i].flash;
      sum.ram += rows[i].ram;
    }
  return sum;
}

static void
print_json_rest (Page *self, const char *by, const SondeSizeRow *rows, guint n)
{
  g_autofree char *name = g_strdup_printf ("(%u more)", n);
  SondeSizeRow rest = sum_up (rows, n);

  rest.name = name;
  print_json (self, by, &rest, FALSE);
}

/* -- text -- */

static void
append_numbers (GString *line, const Page *self, guint64 flash, guint64 ram)
{
  g_string_append_printf (line, "%10" G_GUINT64_FORMAT " %6.1f%% %10" G_GUINT64_FORMAT " %6.1f%%  ",
                          flash, get_percent (flash, self->flash), ram,
                          get_percent (ram, self->ram));
}

static char *
dup_name (const SondeSizeRow *row)
{
  return *row->name == '\0' ? g_strdup ("(no file)") : sonde_log_make_safe (row->name, -1);
}

static guint
measure_names (const SondeSizeRow *rows, guint n)
{
  guint width = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = dup_name (&rows[i]);

      width = MAX (width, (guint) g_utf8_strlen (name, -1));
    }
  return MIN (width, MAX_NAME_WIDTH);
}

/* "motor_step   0x08000124  .text  motor.c" */
static void
append_place (GString *line, const SondeSizeRow *row, SondeSizeView view, guint width)
{
  g_autofree char *name = dup_name (row);
  const gboolean has_file = view == SONDE_SIZE_BY_SYMBOL && row->file != NULL && *row->file != '\0';
  g_autofree char *base = has_file ? g_path_get_basename (row->file) : g_strdup ("");
  g_autofree char *file = sonde_log_make_safe (base, -1);

  g_string_append (line, name);
  if (view == SONDE_SIZE_BY_FILE) /* what has no symbol, is told by section */
    {
      if (row->section != NULL && *row->section != '\0')
        g_string_append_printf (line, "  %s", row->section);
      return;
    }
  for (guint i = (guint) g_utf8_strlen (name, -1); i < width; i++)
    g_string_append_c (line, ' ');
  g_string_append_printf (line, "  0x%08" G_GINT64_MODIFIER "x", row->address);
  if (view == SONDE_SIZE_BY_SYMBOL)
    g_string_append_printf (line, "  %s%s%s", row->section, *file != '\0' ? "  " : "", file);
}

static void
print_line (Page *self, GString *line)
{
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  sonde_output_line (self->output, line->str);
  g_string_truncate (line, 0);
}

static void
print_rest (Page *self, GString *line, const SondeSizeRow *rows, guint n)
{
  const SondeSizeRow rest = sum_up (rows, n);

  append_numbers (line, self, rest.flash, rest.ram);
  g_string_append_printf (line, "(%u more)", n);
  print_line (self, line);
}

static void
print_table (Page *self, SondeSizeView view, const char *name, const SondeSizeRow *rows, guint n,
             guint top)
{
  const guint n_shown = MIN (n, top);
  const guint width = measure_names (rows, n_shown);
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%10s %7s %10s %7s  %s", "flash", "%", "RAM", "%", name);
  print_line (self, line);
  for (guint i = 0; i < n_shown; i++)
    {
      append_numbers (line, self, rows[i].flash, rows[i].ram);
      append_place (line, &rows[i], view, width);
      print_line (self, line);
    }
  if (n > n_shown)
    print_rest (self, line, rows + n_shown, n - n_shown);
}

static void
print_totals (Page *self)
{
  const SondeSizeRow row = { .name = "total", .flash = self->flash, .ram = self->ram };
  g_autoptr (GString) line = g_string_new (NULL);

  if (self->options->json)
    {
      print_json (self, "total", &row, FALSE);
      return;
    }
  g_string_append_printf (line, "%10s %7s %10s %7s", "flash", "%", "RAM", "%");
  print_line (self, line);
  append_numbers (line, self, self->flash, self->ram);
  g_string_append (line, "total");
  print_line (self, line);
}

/* -- the page -- */

static void
print_view (Page *self, SondeSizeReport *report, guint index)
{
  const gboolean is_alone = self->options->by >= 0;
  guint n;
  const SondeSizeRow *rows = sonde_size_report_get_rows (report, views[index].view, &n);
  const guint top = self->options->top > 0 ? (guint) self->options->top
                    : is_alone             ? G_MAXUINT
                                           : views[index].top;

  if (!self->options->json)
    {
      sonde_output_line (self->output, "");
      print_table (self, views[index].view, views[index].name, rows, n, top);
      return;
    }
  for (guint i = 0; i < MIN (n, top); i++)
    print_json (self, views[index].name, &rows[i], TRUE);
  if (n > top)
    print_json_rest (self, views[index].name, rows + top, n - top);
}

static void
print_page (SondeErrand *errand, SondeSymbolTable *table)
{
  g_autoptr (SondeSizeReport) report = sonde_size_report_new (table);
  Page page = { sonde_errand_get_output (errand), sonde_errand_get_options (errand), 0, 0 };

  sonde_size_report_get_totals (report, &page.flash, &page.ram);
  print_totals (&page);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (page.options->by < 0 || page.options->by == (int) views[i].view)
      print_view (&page, report, i);
}

/* What fills a stripped file is known by section at least. */
static SondeSymbolTable *
read_file (SondeErrand *errand, const char *file, GError **error)
{
  g_autoptr (GError) failure = NULL;
  SondeSymbolTable *table = sonde_errand_read_elf (errand, file, &failure);

  if (table != NULL)
    sonde_file_notes_tell (table);
  else if (g_error_matches (failure, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_STRIPPED)
           && sonde_errand_get_options (errand)->debug_file == NULL)
    {
      sonde_warn ("%s", failure->message);
      return sonde_symbol_cage_load_sections (file, error);
    }
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return table;
}

SondeExit
sonde_size_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = read_file (errand, options->arguments[0], &error);

  if (table == NULL && error != NULL && !sonde_errand_is_stopped (errand))
    return sonde_errand_finish (errand, sonde_complain_error (SONDE_EXIT_MACHINE, error));
  if (table != NULL)
    print_page (errand, table);
  return sonde_errand_finish (errand, sonde_errand_get_stop_status (errand));
}
