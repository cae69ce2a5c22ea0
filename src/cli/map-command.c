/* map-command.c: sondectl map, variables and their addresses as a memory map */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/errand.h"
#include "cli/file-notes.h"
#include "cli/row.h"
#include "symbols/map-listing.h"

static SondeMapFormat
get_format (const SondeOptions *options)
{
  return g_strcmp0 (options->format, "sonde") == 0 ? SONDE_MAP_SONDE : SONDE_MAP_ORIGINAL;
}

/* -- where the entries come from -- */

static gboolean
is_csv (const char *path)
{
  char magic[4] = { 0 };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  FILE *file = fopen (path, "rb");
  gboolean is_elf = FALSE;

  if (file != NULL)
    {
      is_elf = fread (magic, 1, sizeof magic, file) == sizeof magic
               && memcmp (magic, "\177ELF", sizeof magic) == 0;
      fclose (file);
    }
  return !is_elf && g_str_has_suffix (lower, ".csv");
}

static SondeMemoryMap *
keep_own (SondeMemoryMap *map)
{
  g_autoptr (SondeMapBuilder) builder = sonde_map_builder_new ();

  for (guint i = 0; i < sonde_memory_map_get_n (map); i++)
    if (!sonde_map_listing_is_internal (sonde_memory_map_get (map, i)->path))
      sonde_map_builder_add (builder, sonde_memory_map_get (map, i), NULL);
  return sonde_map_builder_end (builder);
}

static SondeMemoryMap *
read_csv (const SondeOptions *options, GError **error)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SondeMemoryMap) map = sonde_map_csv_load (options->arguments[0], refused, NULL, error);

  for (guint i = 0; i < refused->len; i++)
    sonde_warn ("%s", (const char *) refused->pdata[i]);
  if (map == NULL || !options->like_original)
    return g_steal_pointer (&map);
  return keep_own (map);
}

static SondeMemoryMap *
read_elf (SondeErrand *errand, const SondeOptions *options, GError **error)
{
  g_autoptr (SondeSymbolTable) table = sonde_errand_read_elf (errand, options->arguments[0], error);

  SondeMemoryMap *map;

  if (table == NULL)
    return NULL;
  sonde_file_notes_tell (table);
  map = sonde_map_listing_new (
      table, options->like_original ? SONDE_LISTING_LIKE_ORIGINAL : SONDE_LISTING_EVERYTHING,
      get_format (options));
  if (sonde_memory_map_get_n (map) >= SONDE_MAP_LISTING_MAX)
    sonde_warn ("%s: more than %d values, the rest is left out; see sondectl symbols",
                options->arguments[0], SONDE_MAP_LISTING_MAX);
  return map;
}

/* -- where they go -- */

static void
print_json (SondeOutput *output, const SondeMapEntry *entry)
{
  g_autofree char *address = g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", entry->address);
  GString *row = sonde_json_row_new ();
  g_autofree char *line = NULL;

  sonde_json_row_text (row, "variable", entry->variable);
  sonde_json_row_text (row, "address", address);
  sonde_json_row_int (row, "elements", (gint64) entry->count);
  sonde_json_row_text (row, "type", entry->type);
  sonde_json_row_text (row, "path", entry->path);
  sonde_json_row_int (row, "size", (gint64) entry->size);
  sonde_json_row_text (row, "access", entry->is_read_only ? "r" : "rw");
  sonde_json_row_text (row, "unit", entry->unit != NULL ? entry->unit : "");
  sonde_json_row_double (row, "scale", entry->scale);
  sonde_json_row_text (row, "description", entry->description != NULL ? entry->description : "");
  line = sonde_json_row_end (row);
  sonde_output_line (output, line);
}

static SondeExit
write_file (const SondeOptions *options, const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = sonde_map_csv_dup_file_name (options->arguments[0], now);
  g_autofree char *path = g_file_test (options->csv, G_FILE_TEST_IS_DIR)
                              ? g_build_filename (options->csv, name, NULL)
                              : g_strdup (options->csv);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeOutput) output = sonde_output_new_for_file (path, &error);

  if (output == NULL)
    return sonde_complain_error (SONDE_EXIT_MACHINE, error);
  sonde_output_text (output, text);
  if (!g_str_equal (path, options->csv))
    sonde_note ("%s: written", path);
  return sonde_output_finish (output);
}

static SondeExit
print_map (SondeErrand *errand, const SondeOptions *options, const SondeMemoryMap *map)
{
  SondeOutput *output = sonde_errand_get_output (errand);
  GString *text = sonde_map_csv_write (map, get_format (options));
  g_autofree char *csv = g_string_free (text, FALSE);

  for (guint i = 0; i < sonde_memory_map_get_n (map) && options->json; i++)
    print_json (output, sonde_memory_map_get (map, i));
  if (options->csv != NULL)
    return write_file (options, csv);
  if (!options->json)
    sonde_output_text (output, csv);
  return SONDE_EXIT_OK;
}

SondeExit
sonde_map_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeMemoryMap) map = is_csv (options->arguments[0])
                                       ? read_csv (options, &error)
                                       : read_elf (errand, options, &error);
  SondeExit status;

  if (sonde_errand_is_stopped (errand))
    status = sonde_errand_get_stop_status (errand);
  else if (map == NULL)
    status = sonde_complain_error (SONDE_EXIT_MACHINE, error);
  else
    status = print_map (errand, options, map);
  return sonde_errand_finish (errand, status);
}
