/* symbol-cage.c: runs sonde-symbols on an ELF file and opens what it wrote */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-cage.h"

#include "symbols/reader-ask.h"

static gpointer
check_image (GBytes *image, const char *path, GError **error)
{
  return sonde_symbol_table_new_from_bytes (image, path, error);
}

static gpointer
open_image (GBytes *image, const char *path, GError **error)
{
  return sonde_symbol_table_new_from_trusted (image, path, error);
}

static const SondeReaderQuestion question = {
  .kind = SONDE_CACHE_IMAGE,
  .check = check_image,
  .open = open_image,
  .free = (GDestroyNotify) sonde_symbol_table_unref,
};

void
sonde_symbol_cage_load_async (const char *elf_path, SondeSymbolProgress progress,
                              gpointer progress_data, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  sonde_reader_ask_async (&question, elf_path, progress, progress_data, cancellable, callback,
                          user_data);
}

SondeSymbolTable *
sonde_symbol_cage_load_finish (GAsyncResult *result, GError **error)
{
  return sonde_reader_ask_finish (result, error);
}

SondeSymbolTable *
sonde_symbol_cage_load (const char *elf_path, SondeSymbolProgress progress, gpointer progress_data,
                        GError **error)
{
  return sonde_reader_ask (&question, elf_path, progress, progress_data, error);
}

SondeSymbolTable *
sonde_symbol_cage_load_sections (const char *elf_path, GError **error)
{
  const char *const arguments[] = { "--sections", NULL };
  g_autoptr (GBytes) image = sonde_reader_run (elf_path, arguments, NULL, NULL, error);
  SondeSymbolTable *table;

  if (image == NULL)
    return NULL;
  table = sonde_symbol_table_new_from_bytes (image, elf_path, error);
  if (table == NULL)
    g_prefix_error (error, "%s: ", elf_path);
  return table;
}
