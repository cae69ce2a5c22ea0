/* reader-main.c: sonde-symbols, reads one ELF file and writes its symbol image */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "symbols/image-builder.h"
#include "symbols/symbol-table.h"

typedef struct
{
  int input, output, progress;
  const char *file;
  int last_percent;
} Options;

static int
fail (const Options *options, SondeReaderStatus status, const char *message)
{
  if (options->progress >= 0)
    dprintf (options->progress, "error %s\n", message);
  else
    fprintf (stderr, "sonde-symbols: %s\n", message);
  return status;
}

static gboolean
parse_arguments (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "input-fd", 0, 0, G_OPTION_ARG_INT, &options->input, "Read this descriptor", "N" },
    { "output-fd", 0, 0, G_OPTION_ARG_INT, &options->output, "Write the symbol image there", "N" },
    { "progress-fd", 0, 0, G_OPTION_ARG_INT, &options->progress, "Write progress lines there",
      "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE - list a firmware's variables");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc != 2)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "one FILE is needed, see --help");
      return FALSE;
    }
  options->file = (*argv)[1];
  return TRUE;
}

/* Whatever the file makes the libraries do ends here: memory, time, other files, other programs. A
 * sanitizer needs address space and time of its own. */
static void
set_limits (guint64 file_size)
{
#ifndef SONDE_SANITIZE
  const rlim_t large = file_size > (256u << 20) ? file_size * 8 : (rlim_t) 1 << 30;
  const struct rlimit memory = { large, large };
  const struct rlimit time = { 20, 21 };

  setrlimit (RLIMIT_AS, &memory);
  setrlimit (RLIMIT_CPU, &time);
#endif
  const struct rlimit none = { 0, 0 };
  const struct rlimit output = { (rlim_t) 1 << 31, (rlim_t) 1 << 31 };

  setrlimit (RLIMIT_CORE, &none);
  setrlimit (RLIMIT_FSIZE, &output);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
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

static gboolean
write_all (int fd, GBytes *image)
{
  gsize size;
  const char *data = g_bytes_get_data (image, &size);

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

/* Run by hand: what the image says, a line for each variable. */
static int
print_table (const Options *options, GBytes *image)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table
      = sonde_symbol_table_new_from_bytes (image, options->file, &error);

  if (table == NULL)
    return fail (options, SONDE_READER_CORRUPT, error->message);
  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    {
      g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, i);
      const SondeVariableInfo *info = sonde_variable_get_info (variable);

      printf ("0x%08" G_GINT64_MODIFIER "x %6" G_GUINT64_FORMAT " %s  %s%s%s\n", info->address,
              sonde_variable_get_size (variable), info->path, sonde_type_get_name (info->type),
              info->why != NULL ? "  # " : "", info->why != NULL ? info->why : "");
    }
  for (guint i = 0; i < sonde_symbol_table_get_facts (table)->n_skipped_units; i++)
    fprintf (stderr, "skipped %s\n", sonde_symbol_table_get_skipped (table, i));
  return fflush (stdout) == 0 ? SONDE_READER_OK : SONDE_READER_MACHINE;
}

static int
run (Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) image = NULL;
  struct stat info = { 0 };

  if (fstat (options->input, &info) != 0)
    return fail (options, SONDE_READER_MACHINE, g_strerror (errno));
  set_limits ((guint64) MAX (info.st_size, 0));
  image = sonde_image_build (options->input, options->file, on_progress, options, &error);
  if (image == NULL)
    return fail (options, sonde_reader_status_from_error (error->code), error->message);
  if (options->output < 0)
    return print_table (options, image);
  if (!write_all (options->output, image))
    return fail (options, SONDE_READER_MACHINE, g_strerror (errno));
  return SONDE_READER_OK;
}

int
main (int argc, char **argv)
{
  Options options = { .input = -1, .output = -1, .progress = -1, .last_percent = -1 };
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
