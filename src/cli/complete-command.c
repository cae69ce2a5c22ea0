/* complete-command.c: sondectl complete, what a word on a shell's command line may become */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "symbols/path-completion.h"
#include "symbols/symbol-cage.h"
#include "workbench/recent-files.h"

#define MAX_WORDS 2000
/* Nobody waits longer for a TAB; a file that takes longer completes once its symbols were read. */
#define MAX_SECONDS 3

/* Memory maps (.csv) may be among the files that were opened. */
static char *
dup_newest_file (void)
{
  g_autoptr (SondeRecentFiles) files = sonde_recent_files_new (NULL);

  for (guint i = 0; i < sonde_recent_files_get_n (files); i++)
    {
      const char *path = sonde_recent_files_get (files, i)->path;

      if (!g_str_has_suffix (path, ".csv"))
        return g_strdup (path);
    }
  return NULL;
}

static gboolean
on_late (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static SondeSymbolTable *
load (const char *file)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_timeout_add_seconds (MAX_SECONDS, on_late, cancellable);
  sonde_symbol_cage_load_async (file, NULL, NULL, cancellable, on_loaded, &result);
  while (result == NULL)
    {
      if (sonde_stop_get_signal () != 0)
        g_cancellable_cancel (cancellable);
      g_main_context_iteration (NULL, TRUE);
    }
  return sonde_symbol_cage_load_finish (result, NULL);
}

SondeExit
sonde_complete_command (const SondeOptions *options)
{
  g_autofree char *file = options->elfs->len > 0 ? g_strdup (g_ptr_array_index (options->elfs, 0))
                                                 : dup_newest_file ();
  g_autoptr (SondeSymbolTable) table = file != NULL ? load (file) : NULL;
  g_autoptr (SondeAddressMap) map = NULL;
  g_autoptr (SondeOutput) output = NULL;
  g_autoptr (GPtrArray) words = NULL;

  if (table == NULL || !g_utf8_validate (options->arguments[0], -1, NULL))
    return SONDE_EXIT_OK;
  map = sonde_address_map_new (table);
  output = sonde_output_new (STDOUT_FILENO, "standard output");
  words = sonde_path_completion_find (map, options->arguments[0], MAX_WORDS);
  for (guint i = 0; i < words->len; i++)
    sonde_output_line (output, g_ptr_array_index (words, i));
  sonde_output_flush (output);
  return SONDE_EXIT_OK;
}
