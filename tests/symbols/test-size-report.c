/* test-size-report.c: what fills flash and RAM, of made-up images and of the fixtures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/size-report.h"

#include <string.h>

#include "symbols/symbol-cage.h"
#include "symbols/symbol-image-writer.h"

#define CODE (SONDE_IMAGE_SECTION_ALLOC | SONDE_IMAGE_SECTION_EXEC)
#define DATA (SONDE_IMAGE_SECTION_ALLOC | SONDE_IMAGE_SECTION_WRITE)
#define BSS (DATA | SONDE_IMAGE_SECTION_NOBITS)

enum
{
  TEXT_ROW,
  DATA_ROW,
  BSS_ROW,
  RAM_CODE_ROW,
};

static void
add_section (SondeImageWriter *writer, const char *name, guint flags, guint64 address,
             guint64 load_address, guint64 size)
{
  const SondeImageSection row = { .name = sonde_image_writer_text (writer, name),
                                  .flags = flags,
                                  .address = address,
                                  .load_address = load_address,
                                  .size = size };

  sonde_image_writer_add_section (writer, &row);
}

static void
add_place (SondeImageWriter *writer, const char *name, const char *file, guint section,
           guint64 address, guint64 size)
{
  const SondeImagePlace row
      = { .name = sonde_image_writer_text (writer, name),
          .file = sonde_image_writer_text (writer, file),
          .section = section,
          .flags = section == TEXT_ROW || section == RAM_CODE_ROW ? SONDE_IMAGE_PLACE_FUNCTION : 0,
          .address = address,
          .size = size };

  sonde_image_writer_add_place (writer, &row);
}

/* Flash 0x100 + 0x40 + 0x20, RAM 0x40 + 0x80 + 0x20. */
static SondeSymbolTable *
new_firmware (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const SondeImageType type = { .kind = SONDE_KIND_OPAQUE };
  const SondeImageFacts facts = { .pointer_size = 4 };
  g_autoptr (GError) error = NULL;
  SondeSymbolTable *table;

  sonde_image_writer_type (writer, &type, NULL, NULL, NULL);
  add_section (writer, ".text", CODE, 0x08000000, 0x08000000, 0x100);
  add_section (writer, ".data", DATA, 0x20000000, 0x08000100, 0x40);
  add_section (writer, ".bss", BSS, 0x20000040, 0x20000040, 0x80);
  add_section (writer, ".ramcode", CODE, 0x200000c0, 0x08000140, 0x20);
  add_section (writer, ".empty", DATA, 0x20000100, 0x20000100, 0);
  add_place (writer, "outer", "/src/a.c", TEXT_ROW, 0x08000010, 0x40);
  add_place (writer, "inner", "/src/b.c", TEXT_ROW, 0x08000020, 0x10);
  add_place (writer, "across", "/src/b.c", TEXT_ROW, 0x08000048, 0x10);
  add_place (writer, "beyond", "", TEXT_ROW, 0x080000f0, 0x1000);
  add_place (writer, "nothing", "/src/a.c", TEXT_ROW, 0x08000060, 0);
  add_place (writer, "table", "/src/a.c", DATA_ROW, 0x20000000, 0x40);
  add_place (writer, "buffer", "/src/b.c", BSS_ROW, 0x20000040, 0x70);
  add_place (writer, "fast", "/src/a.c", RAM_CODE_ROW, 0x200000c0, 0x20);
  add_place (writer, "astray", "/src/a.c", DATA_ROW, 0x10, 4);
  add_place (writer, "homeless", "/src/a.c", SONDE_IMAGE_NO_SECTION, 0x10, 4);
  g_autoptr (GBytes) image = sonde_image_writer_finish (writer, &facts);
  table = sonde_symbol_table_new_from_bytes (image, "fw.elf", &error);
  g_assert_no_error (error);
  return table;
}

typedef struct
{
  const char *name, *section;
  guint64 flash, ram;
} Expected;

static void
assert_rows (SondeSizeReport *report, SondeSizeView view, const Expected *expected, guint n)
{
  guint n_rows;
  const SondeSizeRow *rows = sonde_size_report_get_rows (report, view, &n_rows);

  for (guint i = 0; i < MIN (n, n_rows); i++)
    {
      g_assert_cmpstr (rows[i].name, ==, expected[i].name);
      g_assert_cmpstr (rows[i].section, ==, expected[i].section);
      g_assert_cmpuint (rows[i].flash, ==, expected[i].flash);
      g_assert_cmpuint (rows[i].ram, ==, expected[i].ram);
    }
  g_assert_cmpuint (n_rows, ==, n);
}

static void
assert_adds_up (SondeSizeReport *report)
{
  guint64 flash, ram;

  sonde_size_report_get_totals (report, &flash, &ram);
  for (SondeSizeView view = SONDE_SIZE_BY_SECTION; view <= SONDE_SIZE_BY_SYMBOL; view++)
    {
      guint n;
      const SondeSizeRow *rows = sonde_size_report_get_rows (report, view, &n);
      guint64 sum_of_flash = 0, sum_of_ram = 0;

      for (guint i = 0; i < n; i++)
        {
          sum_of_flash += rows[i].flash;
          sum_of_ram += rows[i].ram;
          if (i > 0)
            g_assert_cmpuint (rows[i - 1].flash + rows[i - 1].ram, >=, rows[i].flash + rows[i].ram);
        }
      g_assert_cmpuint (sum_of_flash, ==, flash);
      g_assert_cmpuint (sum_of_ram, ==, ram);
    }
}

static void
test_firmware (void)
{
  static const Expected sections[] = { { ".text", ".text", 0x100, 0 },
                                       { ".bss", ".bss", 0, 0x80 },
                                       { ".data", ".data", 0x40, 0x40 },
                                       { ".ramcode", ".ramcode", 0x20, 0x20 } };
  static const Expected symbols[]
      = { { "(no symbol)", ".text", 0xa8, 0 }, { "table", ".data", 0x40, 0x40 },
          { "buffer", ".bss", 0, 0x70 },       { "fast", ".ramcode", 0x20, 0x20 },
          { "outer", ".text", 0x40, 0 },       { "(no symbol)", ".bss", 0, 0x10 },
          { "beyond", ".text", 0x10, 0 },      { "across", ".text", 0x8, 0 } };
  static const Expected files[] = { { "/src/a.c", "", 0xa0, 0x60 },
                                    { "(no symbol)", ".text", 0xa8, 0 },
                                    { "/src/b.c", "", 0x8, 0x70 },
                                    { "", "", 0x10, 0 },
                                    { "(no symbol)", ".bss", 0, 0x10 } };
  g_autoptr (SondeSymbolTable) table = new_firmware ();
  g_autoptr (SondeSizeReport) report = sonde_size_report_new (table);
  guint64 flash, ram;

  sonde_size_report_get_totals (report, &flash, &ram);
  g_assert_cmpuint (flash, ==, 0x160);
  g_assert_cmpuint (ram, ==, 0xe0);
  assert_adds_up (report);
  assert_rows (report, SONDE_SIZE_BY_SECTION, sections, G_N_ELEMENTS (sections));
  assert_rows (report, SONDE_SIZE_BY_SYMBOL, symbols, G_N_ELEMENTS (symbols));
  assert_rows (report, SONDE_SIZE_BY_FILE, files, G_N_ELEMENTS (files));
}

/* The report holds what its rows borrow from. */
static void
test_outlives_table (void)
{
  SondeSymbolTable *table = new_firmware ();
  g_autoptr (SondeSizeReport) report = sonde_size_report_new (table);
  guint n;

  sonde_symbol_table_unref (table);
  g_assert_cmpstr (sonde_size_report_get_rows (report, SONDE_SIZE_BY_SECTION, &n)->name, ==,
                   ".text");
}

/* Sections of an object file all begin at 0: places count in their own only. */
static void
test_relocatable (void)
{
  static const Expected symbols[]
      = { { "value", ".data", 8, 8 }, { "f", ".text", 12, 0 }, { "(no symbol)", ".text", 4, 0 } };
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const SondeImageType type = { .kind = SONDE_KIND_OPAQUE };
  const SondeImageFacts facts = { .pointer_size = 8 };
  g_autoptr (GError) error = NULL;

  sonde_image_writer_type (writer, &type, NULL, NULL, NULL);
  add_section (writer, ".text", CODE, 0, 0, 16);
  add_section (writer, ".data", DATA, 0, 0, 8);
  add_place (writer, "f", "a.c", TEXT_ROW, 0, 12);
  add_place (writer, "value", "a.c", DATA_ROW, 0, 8);
  g_autoptr (GBytes) image = sonde_image_writer_finish (writer, &facts);
  g_autoptr (SondeSymbolTable) table = sonde_symbol_table_new_from_bytes (image, "a.o", &error);
  g_assert_no_error (error);
  g_autoptr (SondeSizeReport) report = sonde_size_report_new (table);
  assert_adds_up (report);
  assert_rows (report, SONDE_SIZE_BY_SYMBOL, symbols, G_N_ELEMENTS (symbols));
}

/* "text data bss dec hex filename" of another program, below a line of heads. */
static gboolean
ask_other_program (const char *path, guint64 sizes[3])
{
  g_autofree char *size = g_find_program_in_path ("size");
  const char *arguments[] = { size, path, NULL };
  g_autofree char *out = NULL;
  const char *at;

  if (size == NULL
      || !g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL,
                        NULL, NULL))
    return FALSE;
  at = strchr (out, '\n');
  for (guint i = 0; at != NULL && i < 3; i++)
    sizes[i] = g_ascii_strtoull (at, (char **) &at, 10);
  return at != NULL;
}

static void
test_fixture (gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), data, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (path, NULL, NULL, &error);
  guint64 flash, ram, sizes[3];
  guint n;

  g_assert_no_error (error);
  g_autoptr (SondeSizeReport) report = sonde_size_report_new (table);
  assert_adds_up (report);
  sonde_size_report_get_rows (report, SONDE_SIZE_BY_SYMBOL, &n);
  g_assert_cmpuint (n, >, 20);
  sonde_size_report_get_totals (report, &flash, &ram);
  if (!ask_other_program (path, sizes))
    {
      g_test_skip ("no other program to compare with");
      return;
    }
  g_assert_cmpuint (flash, ==, sizes[0] + sizes[1]);
  g_assert_cmpuint (ram, ==, sizes[1] + sizes[2]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/size-report/firmware", test_firmware);
  g_test_add_func ("/size-report/outlives-table", test_outlives_table);
  g_test_add_func ("/size-report/relocatable", test_relocatable);
  g_test_add_data_func ("/size-report/dwarf-5", "kinds-dwarf5.elf", test_fixture);
  g_test_add_data_func ("/size-report/dwarf-2", "kinds-dwarf2.elf", test_fixture);
  g_test_add_data_func ("/size-report/symbols", "kinds-symbols.elf", test_fixture);
  g_test_add_data_func ("/size-report/object", "kinds-relocatable.o", test_fixture);
  return g_test_run ();
}
