/* symbol-cage.c: runs sonde-symbols on an ELF file and opens what it wrote */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-cage.h"

static SondeSymbolTable *
open_image (GBytes *image, const char *path, GError **error)
{
  g_autoptr (GError) failure = NULL;
  SondeSymbolTable *table = sonde_symbol_table_new_from_bytes (image, path, &failure);

  if (table == NULL)
    g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                 "%s: what sonde-symbols wrote is damaged: %s; install Sonde again", path,
                 failure->message);
  return table;
}

static void
open_image_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  SondeSymbolTable *table = open_image (data, g_object_get_data (G_OBJECT (task), "path"), &error);

  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify) sonde_symbol_table_unref);
  else
    g_task_return_error (task, error);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *image = sonde_reader_run_finish (result, &error);

  if (image == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, image, (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, open_image_in_thread);
}

void
sonde_symbol_cage_load_async (const char *elf_path, SondeSymbolProgress progress,
                              gpointer progress_data, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sonde_symbol_cage_load_async);
  g_object_set_data_full (G_OBJECT (task), "path", g_strdup (elf_path), g_free);
  sonde_reader_run_async (elf_path, NULL, progress, progress_data, cancellable, on_run, task);
}

SondeSymbolTable *
sonde_symbol_cage_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

SondeSymbolTable *
sonde_symbol_cage_load (const char *elf_path, SondeSymbolProgress progress, gpointer progress_data,
                        GError **error)
{
  g_autoptr (GBytes) image = sonde_reader_run (elf_path, NULL, progress, progress_data, error);

  return image != NULL ? open_image (image, elf_path, error) : NULL;
}
