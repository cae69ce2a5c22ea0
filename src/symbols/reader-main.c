/* reader-main.c: sonde-symbols, reads one ELF file and writes its symbol image or another answer */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define G_LOG_DOMAIN "sonde-symbols"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "symbols/debug-link.h"
#include "symbols/dwarf-lines.h"
#include "symbols/image-builder.h"
#include "symbols/line-image.h"
#include "symbols/name-explain.h"
#include "symbols/reader-jail.h"
#include "symbols/symbol-table.h"

typedef struct _Mode Mode;

typedef struct
{
  int input, output, progress;
  const char *file;
  const Mode *mode;
  const char *argument; /* of the mode, NULL: it takes none */
  int last_percent;
} Options;

/* One kind of answer. */
struct _Mode
{
  const char *option;   /* its name, NULL: asked for by none */
  const char *argument; /* what it takes, NULL: nothing */
  const char *help;
  /* (transfer full): what is written to the output */
  GBytes *(*build) (Options *options, GError **error);
  /* Run by hand: the same for a person, on stdout. */
  gboolean (*print) (const Options *options, GBytes *answer, GError **error);
};

static int
fail (const Options *options, SondeReaderStatus status, const char *message)
{
  if (options->progress >= 0)
    dprintf (options->progress, "error %s\n", message);
  else
    fprintf (stderr, "sonde-symbols: %s\n", message);
  return status;
}

static void
on_progress (double fraction, const char *stage, gpointer user_data)
{
  Options *options = user_data;
  const int percent = (int) (fraction * 100);

  if (options->progress < 0 || percent == options->last_percent)
    return;
  options->last_percent = percent;
  dprintf (options->progress, "%.2f %s\n", fraction, stage);
}

static GBytes *
build_image (Options *options, GError **error)
{
  return sonde_image_build (options->input, options->file, on_progress, options, error);
}

static void
print_variable (SondeSymbolTable *table, guint index)
{
  g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, index);
  const SondeVariableInfo *info = sonde_variable_get_info (variable);

  printf ("0x%08" G_GINT64_MODIFIER "x %6" G_GUINT64_FORMAT " %s  %s%s%s\n", info->address,
          sonde_variable_get_size (variable), info->path, sonde_type_get_name (info->type),
          info->why != NULL ? "  # " : "", info->why != NULL ? info->why : "");
}

static gboolean
print_image (const Options *options, GBytes *image, GError **error)
{
  g_autoptr (SondeSymbolTable) table
      = sonde_symbol_table_new_from_bytes (image, options->file, error);

  if (table == NULL)
    return FALSE;
  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    print_variable (table, i);
  for (guint i = 0; i < sonde_symbol_table_get_facts (table)->n_skipped_units; i++)
    fprintf (stderr, "skipped %s\n", sonde_symbol_table_get_skipped (table, i));
  return TRUE;
}

/* A name may hold letters that no locale of this program knows: it comes as a URI has it. */
static GBytes *
build_explanation (Options *options, GError **error)
{
  g_autofree char *name = g_uri_unescape_string (options->argument, NULL);

  return sonde_name_explain (options->input, options->file, name != NULL ? name : options->argument,
                             error);
}

static gboolean
print_text (const Options *options, GBytes *answer, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (answer, &size);

  fwrite (text, 1, size, stdout);
  return TRUE;
}

static GBytes *
build_identity (Options *options, GError **error)
{
  return sonde_debug_link_describe (options->input, options->file, error);
}

static GBytes *
build_sections (Options *options, GError **error)
{
  return sonde_image_build_sections (options->input, options->file, on_progress, options, error);
}

static gboolean
print_sections (const Options *options, GBytes *image, GError **error)
{
  g_autoptr (SondeSymbolTable) table
      = sonde_symbol_table_new_from_bytes (image, options->file, error);

  if (table == NULL)
    return FALSE;
  for (guint i = 0; i < sonde_symbol_table_get_facts (table)->n_sections; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (table, i);

      printf ("0x%08" G_GINT64_MODIFIER "x %6" G_GUINT64_FORMAT " %s\n", section->address,
              section->size, section->name);
    }
  return TRUE;
}

static GBytes *
build_lines (Options *options, GError **error)
{
  return sonde_dwarf_lines_build (options->input, options->file, error);
}

static gboolean
print_lines (const Options *options, GBytes *lines, GError **error)
{
  SondeLineImage image;

  if (!sonde_line_image_open (&image, lines, error))
    return FALSE;
  for (guint i = 0; i < image.n_rows; i++)
    {
      const SondeLineRow *row = &image.rows[i];

      if (row->file == SONDE_LINE_NO_FILE)
        printf ("0x%08" G_GINT64_MODIFIER "x end\n", row->address);
      else
        printf ("0x%08" G_GINT64_MODIFIER "x %s:%u:%u\n", row->address,
                image.strings + image.files[row->file], row->line, row->column);
    }
  sonde_line_image_close (&image);
  return TRUE;
}

/* The first is what is built where no option says otherwise. */
static const Mode modes[] = {
  { NULL, NULL, NULL, build_image, print_image },
  { "identity", NULL, "Tell build id and debug link", build_identity, print_text },
  { "sections", NULL, "List the sections", build_sections, print_sections },
  { "lines", NULL, "List the source line of each address", build_lines, print_lines },
  { "explain", "NAME", "Say why NAME is no variable", build_explanation, print_text },
};

static gboolean
on_mode (const char *option, const char *value, gpointer user_data, GError **error)
{
  Options *options = user_data;

  for (guint i = 1; i < G_N_ELEMENTS (modes); i++)
    if (g_str_equal (option + strlen ("--"), modes[i].option))
      options->mode = &modes[i];
  options->argument = value != NULL ? g_intern_string (value) : NULL;
  return TRUE;
}

static void
add_modes (GOptionContext *context, Options *options)
{
  GOptionGroup *group = g_option_group_new ("modes", "", "", options, NULL);

  for (guint i = 1; i < G_N_ELEMENTS (modes); i++)
    {
      const GOptionEntry entry[]
          = { { modes[i].option, 0, modes[i].argument == NULL ? G_OPTION_FLAG_NO_ARG : 0,
                G_OPTION_ARG_CALLBACK, on_mode, modes[i].help, modes[i].argument },
              { NULL } };

      g_option_group_add_entries (group, entry);
    }
  g_option_context_set_main_group (context, group);
}

static gboolean
parse_arguments (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "input-fd", 0, 0, G_OPTION_ARG_INT, &options->input, "Read this descriptor", "N" },
    { "output-fd", 0, 0, G_OPTION_ARG_INT, &options->output, "Write the answer there", "N" },
    { "progress-fd", 0, 0, G_OPTION_ARG_INT, &options->progress, "Write progress lines there",
      "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE - list a firmware's variables");

  add_modes (context, options);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  /* "--" stays where it guards a name that begins with a dash. */
  if (*argc == 3 && g_str_equal ((*argv)[1], "--"))
    (*argv)[1] = (*argv)[2], (*argc)--;
  if (*argc != 2)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "one FILE is needed, see --help");
      return FALSE;
    }
  options->file = (*argv)[1];
  return TRUE;
}

/* GLib's own way asks for files, too late for that; and it says no more. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (g_log_writer_default_would_drop (level, G_LOG_DOMAIN))
    return G_LOG_WRITER_HANDLED;
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      dprintf (STDERR_FILENO, "sonde-symbols: %s\n", (const char *) fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

/* Whatever the file makes the libraries do ends here. */
static void
lock_in (const Options *options, guint64 file_size)
{
  const int all[] = { STDOUT_FILENO, STDERR_FILENO, options->output, options->progress };
  int writable[G_N_ELEMENTS (all)];
  guint n = 0;

  /* Loads what it needs to speak of errors, once. */
  if (g_strerror (EIO) == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] >= 0)
      writable[n++] = all[i];
  g_log_set_writer_func (write_log, NULL, NULL);
  sonde_reader_jail_limit (file_size);
  sonde_reader_jail_lock (writable, n);
}

static gboolean
write_all (int fd, GBytes *answer)
{
  gsize size;
  const char *data = g_bytes_get_data (answer, &size);

  while (size > 0)
    {
      const ssize_t written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      size -= (gsize) written;
    }
  return TRUE;
}

static int
run (Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = NULL;
  struct stat info = { 0 };

  if (fstat (options->input, &info) != 0)
    return fail (options, SONDE_READER_MACHINE, g_strerror (errno));
  lock_in (options, (guint64) MAX (info.st_size, 0));
  answer = options->mode->build (options, &error);
  if (answer == NULL)
    return fail (options, sonde_reader_status_from_error (error->code), error->message);
  if (options->output >= 0)
    return write_all (options->output, answer)
               ? SONDE_READER_OK
               : fail (options, SONDE_READER_MACHINE, g_strerror (errno));
  if (!options->mode->print (options, answer, &error))
    return fail (options, SONDE_READER_CORRUPT, error->message);
  return fflush (stdout) == 0 ? SONDE_READER_OK : SONDE_READER_MACHINE;
}

int
main (int argc, char **argv)
{
  Options options
      = { .input = -1, .output = -1, .progress = -1, .mode = &modes[0], .last_percent = -1 };
  g_autoptr (GError) error = NULL;

  if (!parse_arguments (&argc, &argv, &options, &error))
    return fail (&options, SONDE_READER_USAGE, error->message);
  if (options.input < 0)
    options.input = open (options.file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (options.input < 0)
    {
      g_autofree char *message = g_strdup_printf ("%s: %s", options.file, g_strerror (errno));

      return fail (&options, SONDE_READER_MACHINE, message);
    }
  return run (&options);
}
