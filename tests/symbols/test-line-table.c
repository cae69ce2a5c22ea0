/* test-line-table.c: lines are found by address, and no damaged table gets past its check */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/line-image.h"
#include "symbols/line-table.h"
#include "symbols/symbol-error.h"

static const SondeLineRow rows[] = {
  { .address = 0x100, .file = 0, .line = 10, .column = 3 },
  { .address = 0x104, .file = 0, .line = 11 },
  { .address = 0x108, .file = SONDE_LINE_NO_FILE },
  { .address = 0x200, .file = 1, .line = 0 },
  { .address = 0x210, .file = 1, .line = 70000, .column = 4095 },
  { .address = 0x220, .file = SONDE_LINE_NO_FILE },
  { .address = G_MAXUINT64 - 7, .file = 1, .line = 5 },
};

static GBytes *
build (guint flags)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SondeLineRow));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  g_array_append_vals (all, rows, G_N_ELEMENTS (rows));
  g_ptr_array_add (files, (gpointer) "/src/main.c");
  g_ptr_array_add (files, (gpointer) "motor\033[31m\377.c");
  return sonde_line_image_build (all, files, flags);
}

static const struct
{
  guint64 address;
  guint line; /* G_MAXUINT: none */
  guint column;
} places[] = {
  { 0, G_MAXUINT, 0 },     { 0xff, G_MAXUINT, 0 },  { 0x100, 10, 3 },
  { 0x103, 10, 3 },        { 0x104, 11, 0 },        { 0x107, 11, 0 },
  { 0x108, G_MAXUINT, 0 }, { 0x1ff, G_MAXUINT, 0 }, { 0x200, 0, 0 },
  { 0x21f, 70000, 4095 },  { 0x220, G_MAXUINT, 0 }, { G_MAXUINT64 - 8, G_MAXUINT, 0 },
  { G_MAXUINT64, 5, 0 },
};

static void
test_find (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = build (0);
  g_autoptr (SondeLineTable) table = sonde_line_table_new_from_bytes (bytes, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      SondeLine line;
      const gboolean is_found = sonde_line_table_find (table, places[i].address, &line);

      g_assert_cmpint (is_found, ==, places[i].line != G_MAXUINT);
      if (!is_found)
        continue;
      g_assert_cmpuint (line.line, ==, places[i].line);
      g_assert_cmpuint (line.column, ==, places[i].column);
      g_assert_true (g_utf8_validate (line.file, -1, NULL));
      g_assert_null (strchr (line.file, '\033'));
    }
}

static void
test_thumb (void)
{
  g_autoptr (GBytes) arm = build (SONDE_LINE_IMAGE_THUMB);
  g_autoptr (GBytes) other = build (0);
  g_autoptr (SondeLineTable) thumb = sonde_line_table_new_from_bytes (arm, NULL);
  g_autoptr (SondeLineTable) plain = sonde_line_table_new_from_bytes (other, NULL);
  SondeLine line;

  g_assert_true (sonde_line_table_find (thumb, 0x105, &line));
  g_assert_cmpuint (line.line, ==, 11);
  g_assert_true (sonde_line_table_find (thumb, 0x101, &line));
  g_assert_cmpuint (line.line, ==, 10);
  g_assert_true (sonde_line_table_find (plain, 0x105, &line));
}

static void
test_empty (void)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (SondeLineRow));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = sonde_line_image_build (none, files, 0);
  g_autoptr (SondeLineTable) table = sonde_line_table_new_from_bytes (bytes, NULL);
  SondeLine line;

  g_assert_nonnull (table);
  g_assert_false (sonde_line_table_find (table, 0, &line));
}

static SondeLineRow *
get_rows (guint8 *data)
{
  return (SondeLineRow *) (data + sizeof (SondeLineImageHead));
}

static guint32 *
get_files (guint8 *data)
{
  return (guint32 *) (get_rows (data) + G_N_ELEMENTS (rows));
}

static void
harm_magic (guint8 *data, gsize size)
{
  data[0] ^= 1;
}

static void
harm_version (guint8 *data, gsize size)
{
  ((SondeLineImageHead *) data)->version++;
}

static void
harm_mark (guint8 *data, gsize size)
{
  ((SondeLineImageHead *) data)->mark = 0x04030201;
}

static void
harm_size (guint8 *data, gsize size)
{
  ((SondeLineImageHead *) data)->size--;
}

static void
harm_n_rows (guint8 *data, gsize size)
{
  ((SondeLineImageHead *) data)->n_rows = G_MAXUINT64 / 16 + 2;
}

static void
harm_n_files (guint8 *data, gsize size)
{
  ((SondeLineImageHead *) data)->n_files = 1000;
}

static void
harm_n_bytes (guint8 *data, gsize size)
{
  ((SondeLineImageHead *) data)->n_bytes++;
}

static void
harm_order (guint8 *data, gsize size)
{
  get_rows (data)[1].address = 0x100;
}

static void
harm_file (guint8 *data, gsize size)
{
  get_rows (data)[0].file = 2;
}

static void
harm_text (guint8 *data, gsize size)
{
  get_files (data)[1] = 1000;
}

static void
harm_end (guint8 *data, gsize size)
{
  data[size - 1] = 'x';
}

static void
harm_control (guint8 *data, gsize size)
{
  data[size - 2] = '\n';
}

static void
harm_utf8 (guint8 *data, gsize size)
{
  data[size - 2] = 0xff;
}

static void (*const harms[]) (guint8 *data, gsize size)
    = { harm_magic, harm_version, harm_mark, harm_size, harm_n_rows,  harm_n_files, harm_n_bytes,
        harm_order, harm_file,    harm_text, harm_end,  harm_control, harm_utf8 };

static void
check_refused (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (sonde_line_table_new_from_bytes (bytes, &error));
  g_assert_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT);
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) bytes = build (0);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);

      harms[i](copy, size);
      sonde_line_image_seal (copy, size);
      check_refused (copy, size);
    }
  for (gsize cut = 0; cut < size; cut += 5)
    check_refused (data, cut);
  g_autofree guint8 *copy = g_memdup2 (data, size);
  copy[sizeof (SondeLineImageHead) + 8] ^= 1;
  check_refused (copy, size);
}

static void
check_load_error (const char *fixture, int code)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), fixture, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (sonde_line_table_load (path, &error));
  g_assert_error (error, SONDE_SYMBOL_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
test_load (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-dwarf5.elf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeLineTable) table = sonde_line_table_load (path, &error);
  SondeLine line;

  g_assert_no_error (error);
  g_assert_false (sonde_line_table_find (table, 0x10, &line));
  if (g_file_test ("/usr/bin/strip", G_FILE_TEST_EXISTS))
    check_load_error ("kinds-stripped.elf", SONDE_SYMBOL_ERROR_STRIPPED);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
test_async (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sonde_line_table_load_async ("/nowhere/fw.elf", NULL, on_loaded, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (sonde_line_table_load_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-table/find", test_find);
  g_test_add_func ("/line-table/thumb", test_thumb);
  g_test_add_func ("/line-table/empty", test_empty);
  g_test_add_func ("/line-table/damaged", test_damaged);
  g_test_add_func ("/line-table/load", test_load);
  g_test_add_func ("/line-table/async", test_async);
  return g_test_run ();
}
