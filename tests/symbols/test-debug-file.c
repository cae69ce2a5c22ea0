/* test-debug-file.c: separate debug information is taken where it belongs to the program */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "symbols/debug-file.h"

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static SondeSymbolTable *
load (const char *elf, const char *debug, GError **error)
{
  g_autofree char *elf_path = g_build_filename (g_getenv ("SONDE_FIXTURES"), elf, NULL);
  g_autofree char *debug_path = g_build_filename (g_getenv ("SONDE_FIXTURES"), debug, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  sonde_debug_file_load_async (elf_path, debug_path, NULL, NULL, NULL, on_loaded, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return sonde_debug_file_load_finish (result, error);
}

static gboolean
has_tools (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "parted-id.elf", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_test_skip ("objcopy is not installed");
  return FALSE;
}

static void
check_fits (const char *elf, const char *debug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = load (elf, debug, &error);
  g_autoptr (SondeVariable) motor = NULL;

  g_assert_no_error (error);
  g_assert_true (sonde_symbol_table_get_facts (table)->has_dwarf);
  motor = sonde_symbol_table_dup_by_path (table, "motor", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sonde_variable_get_size (motor), ==, 24);
}

static void
check_misfit (const char *elf, const char *debug, const char *first, const char *second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = load (elf, debug, &error);

  g_assert_null (table);
  g_assert_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, first));
  g_assert_nonnull (strstr (error->message, second));
}

static void
test_fits (void)
{
  if (!has_tools ())
    return;
  check_fits ("parted-id.elf", "parted-id.debug");
  check_fits ("parted-link.elf", "parted-link.debug");
}

static const SondeSection *
find_section (SondeSymbolTable *table, const char *name)
{
  for (guint i = 0; i < sonde_symbol_table_get_facts (table)->n_sections; i++)
    if (g_str_equal (sonde_symbol_table_get_section (table, i)->name, name))
      return sonde_symbol_table_get_section (table, i);
  g_assert_not_reached ();
}

/* Every section of a debug file is empty: what is in flash only the program knows. */
static void
test_sections (void)
{
  static const char *const names[] = { ".text", ".rodata", ".data", ".bss" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) parted = NULL, whole = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "whole-id.elf", NULL);

  if (!has_tools ())
    return;
  parted = load ("parted-id.elf", "parted-id.debug", &error);
  g_assert_no_error (error);
  whole = sonde_symbol_cage_load (path, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const SondeSection *is = find_section (parted, names[i]),
                         *should = find_section (whole, names[i]);

      g_assert_cmpuint (is->size, ==, should->size);
      g_assert_cmpuint (is->memory, ==, should->memory);
      g_assert_cmpuint (is->load_address, ==, should->load_address);
      g_assert_cmpint (is->is_nobits, ==, g_str_equal (names[i], ".bss"));
      g_assert_cmpint (is->has_crc, ==, should->has_crc);
      g_assert_cmpuint (is->crc, ==, should->crc);
    }
  g_assert_true (find_section (parted, ".rodata")->has_crc);
}

/* A stripped file has its sections still. */
static void
test_sections_alone (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "parted-bare.elf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = NULL;

  if (!has_tools ())
    return;
  table = sonde_symbol_cage_load_sections (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sonde_symbol_table_get_n (table), ==, 0);
  g_assert_true (find_section (table, ".text")->is_code);
  g_assert_null (sonde_symbol_cage_load_sections ("/nowhere/none.elf", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_misfits (void)
{
  if (!has_tools ())
    return;
  check_misfit ("parted-id.elf", "other-id.elf", "other-id.elf: has build id ", "same build");
  check_misfit ("parted-link.elf", "parted-id.debug", "has checksum ", "parted-link.debug");
  check_misfit ("parted-bare.elf", "parted-link.debug", "nothing says", "parted-bare.elf");
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load ("none.elf", "none.debug", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "none.elf: "));
  g_clear_error (&error);
  g_assert_null (load ("kinds-dwarf5.elf", "none.debug", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "none.debug: "));
}

/* A text for a person: nobody opens what a file names. */
static void
test_named (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "parted-link.elf", NULL);
  g_autoptr (GError) error = NULL;

  if (!has_tools ())
    return;
  g_assert_null (sonde_symbol_cage_load (path, NULL, NULL, &error));
  g_assert_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_STRIPPED);
  g_assert_nonnull (strstr (error->message, "its names are in parted-link.debug; "));
  g_assert_nonnull (strstr (error->message, "--debug-file"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/debug-file/fits", test_fits);
  g_test_add_func ("/debug-file/sections", test_sections);
  g_test_add_func ("/debug-file/sections-alone", test_sections_alone);
  g_test_add_func ("/debug-file/misfits", test_misfits);
  g_test_add_func ("/debug-file/errors", test_errors);
  g_test_add_func ("/debug-file/named", test_named);
  return g_test_run ();
}
