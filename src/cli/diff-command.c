/* diff-command.c: sondectl diff, what a rebuild did to the variables */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/commands.h"
#include "cli/errand.h"
#include "cli/row.h"
#include "symbols/elf-diff.h"
#include "symbols/reader-run.h"

#define MAX_PATH_WIDTH 60
#define MAX_PATHS_FILE (16 * 1024 * 1024)
/* A watch by path survives that its variable has moved, but none of these. */
#define BREAKS (SONDE_CHANGE_REMOVED | SONDE_CHANGE_RETYPED | SONDE_CHANGE_RESIZED)

typedef struct
{
  SondeErrand *errand;
  const SondeOptions *options;
  SondeSymbolTable *old_table, *new_table;
} Job;

/* -- rows -- */

/* "0x20000100 float, 4 bytes"; NULL for what is not there. */
static char *
dup_place (SondeVariable *variable)
{
  const SondeVariableInfo *info;
  const char *type;
  guint bits;

  if (variable == NULL)
    return NULL;
  info = sonde_variable_get_info (variable);
  type = sonde_type_get_name (info->type);
  bits = sonde_type_get_bit_size (info->type);
  if (bits > 0)
    return g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x %s, bits %u..%u", info->address, type,
                            sonde_type_get_bit_offset (info->type),
                            sonde_type_get_bit_offset (info->type) + bits - 1);
  return g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x %s, %" G_GUINT64_FORMAT " byte%s",
                          info->address, type, sonde_type_get_size (info->type),
                          sonde_type_get_size (info->type) == 1 ? "" : "s");
}

/* "moved,resized" */
static char *
dup_change (guint changes)
{
  g_autofree char *text = sonde_change_describe (changes);
  g_auto (GStrv) words = g_strsplit (text, ", ", -1);

  return g_strjoinv (",", words);
}

static char *
make_json (const SondeDiffRow *row)
{
  g_autofree char *change = dup_change (row->changes);
  g_autofree char *old_place = dup_place (row->old_one);
  g_autofree char *new_place = dup_place (row->new_one);
  GString *json = sonde_json_row_new ();

  sonde_json_row_text (json, "path", row->path);
  sonde_json_row_text (json, "change", change);
  sonde_json_row_text (json, "old", old_place);
  sonde_json_row_text (json, "new", new_place);
  return sonde_json_row_end (json);
}

static char *
make_text (const SondeDiffRow *row, int width)
{
  g_autofree char *path = sonde_log_make_safe (row->path, -1);
  g_autofree char *change = dup_change (row->changes);
  g_autofree char *old_place = dup_place (row->old_one);
  g_autofree char *new_place = dup_place (row->new_one);
  g_autofree char *places = g_strdup_printf ("%s -> %s", old_place != NULL ? old_place : "-",
                                             new_place != NULL ? new_place : "-");
  g_autofree char *safe = sonde_log_make_safe (places, -1);

  return g_strdup_printf ("%-*s  %-21s  %s", width, path, change, safe);
}

static void
print_rows (Job *job)
{
  g_autoptr (SondeElfDiff) diff = sonde_elf_diff_new (job->old_table, job->new_table);
  SondeOutput *output = sonde_errand_get_output (job->errand);
  gsize width = 0;

  for (guint i = 0; i < sonde_elf_diff_get_n (diff); i++)
    width = MAX (width, strlen (sonde_elf_diff_get (diff, i)->path));
  for (guint i = 0; i < sonde_elf_diff_get_n (diff) && sonde_output_is_open (output); i++)
    {
      const SondeDiffRow *row = sonde_elf_diff_get (diff, i);
      g_autofree char *line = job->options->json
                                  ? make_json (row)
                                  : make_text (row, (int) MIN (width, MAX_PATH_WIDTH));

      sonde_output_line (output, line);
    }
}

/* -- watched paths -- */

/* What one watched path is in both; judged by what it means, place by place. */
static guint
judge_path (GPtrArray *old_places, GPtrArray *new_places)
{
  guint changes = 0;

  for (guint i = 0; i < old_places->len; i++)
    changes |= sonde_change_judge (old_places->pdata[i], new_places != NULL && i < new_places->len
                                                             ? new_places->pdata[i]
                                                             : NULL);
  return changes;
}

typedef struct
{
  SondeAddressMap *old_map, *new_map;
  const char *file;
  guint n_broken, n_unknown;
} Watch;

static void
check_path (Watch *self, const char *path, guint line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) new_error = NULL;
  g_autoptr (GPtrArray) old_places = sonde_address_map_resolve (self->old_map, path, &error);
  g_autoptr (GPtrArray) new_places = sonde_address_map_resolve (self->new_map, path, &new_error);
  guint breaks;

  if (old_places == NULL && new_places == NULL)
    {
      sonde_complain (SONDE_EXIT_USAGE, "%s:%u: %s", self->file, line, error->message);
      self->n_unknown++;
    }
  else if (old_places == NULL)
    sonde_note ("%s:%u: %s: only in the new file", self->file, line, path);
  breaks = old_places != NULL ? judge_path (old_places, new_places) & BREAKS : 0;
  if (breaks == 0)
    return;
  g_autofree char *change = dup_change (breaks);
  sonde_complain (SONDE_EXIT_ASSERTION, "%s: broke: %s%s%s; change %s line %u", path, change,
                  new_error != NULL ? ", " : "",
                  new_error != NULL ? sonde_error_get_text (new_error, path) : "", self->file,
                  line);
  self->n_broken++;
}

static SondeExit
check_paths (Job *job)
{
  g_autoptr (SondeAddressMap) old_map = sonde_address_map_new (job->old_table);
  g_autoptr (SondeAddressMap) new_map = sonde_address_map_new (job->new_table);
  Watch watch = { old_map, new_map, job->options->paths, 0, 0 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  const int fd = sonde_reader_open (job->options->paths, &error);

  if (fd < 0)
    return sonde_complain_error (SONDE_EXIT_MACHINE, error);
  close (fd);
  if (!g_file_get_contents (job->options->paths, &text, NULL, &error))
    return sonde_complain_error (SONDE_EXIT_MACHINE, error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *path = g_strstrip (lines[i]);

      if (*path != 0 && *path != '#')
        check_path (&watch, path, i + 1);
    }
  return watch.n_broken > 0    ? SONDE_EXIT_ASSERTION
         : watch.n_unknown > 0 ? SONDE_EXIT_USAGE
                               : SONDE_EXIT_OK;
}

/* -- both files -- */

static gboolean
read_table (Job *job, guint index, SondeSymbolTable **table, SondeExit *status)
{
  g_autoptr (GError) error = NULL;

  *table = sonde_errand_read_elf (job->errand, job->options->arguments[index], &error);
  if (sonde_errand_is_stopped (job->errand))
    *status = sonde_errand_get_stop_status (job->errand);
  else if (*table == NULL)
    *status = sonde_complain_error (SONDE_EXIT_MACHINE, error);
  else
    return TRUE;
  return FALSE;
}

SondeExit
sonde_diff_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  g_autoptr (SondeSymbolTable) old_table = NULL;
  g_autoptr (SondeSymbolTable) new_table = NULL;
  Job job = { errand, options, NULL, NULL };
  SondeExit status = SONDE_EXIT_OK;

  if (read_table (&job, 0, &old_table, &status) && read_table (&job, 1, &new_table, &status))
    {
      job.old_table = old_table;
      job.new_table = new_table;
      if (options->paths != NULL)
        status = check_paths (&job);
      if (status == SONDE_EXIT_OK || status == SONDE_EXIT_ASSERTION)
        print_rows (&job);
    }
  return sonde_errand_finish (errand, status);
}
