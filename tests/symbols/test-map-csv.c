/* test-map-csv.c: memory maps from CSV and back: what is taken, what is refused, line by line */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/map-csv.h"

#include <glib/gstdio.h>
#include <string.h>

#include "symbols/symbol-error.h"

#define OURS "Variable,Address,No of Elements,Type,Path,Size,Access,Unit,Scale,Description\n"

static SondeMemoryMap *
read_text (const char *text, GPtrArray **refused, SondeMapFormat *format)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  SondeMemoryMap *map = sonde_map_csv_read (text, strlen (text), "map.csv", rows, format);

  if (refused != NULL)
    *refused = g_steal_pointer (&rows);
  else
    g_assert_cmpuint (rows->len, ==, 0);
  return map;
}

/* -- the original form -- */

typedef struct
{
  const char *row;
  guint64 address, count, size; /* of an element */
} Taken;

/* clang-format off */
static const Taken taken[] = {
  { "v,0x20000100,1,Uint32_t",           0x20000100, 1, 4 },
  { "v,0X2000ABCD,1,uint8_t",            0x2000abcd, 1, 1 },
  { "v,2000abcd,1,uint8_t",              0x2000abcd, 1, 1 },
  { "v,20000100,1,uint8_t",              0x20000100, 1, 1 },
  { "v,536871168,1,uint8_t",             0x20000100, 1, 1 },
  { "v,0,1,uint8_t",                     0,          1, 1 },
  { "v,0x20000100,,uint8_t",             0x20000100, 1, 1 },
  { "v,0x20000100,8,unsigned char",      0x20000100, 8, 1 },
  { "v,0x20000100,8,unsigned char,,,",   0x20000100, 8, 1 },
  { " v , 0x20000100 , 2 , short ",      0x20000100, 2, 2 },
  { "\"v\",\"0x20000100\",\"2\",\"double\"", 0x20000100, 2, 8 },
  { "v,0x20000100,1,",                   0x20000100, 1, 4 },
  { "v,0x20000100,1,struct motor",       0x20000100, 1, 4 },
  { "v,0xffffffffffffffff,1,uint8_t",    G_MAXUINT64, 1, 1 },
};

static const struct
{
  const char *row, *reason;
} refused[] = {
  { "v,xyz,1,int",                   "map.csv:2: address 'xyz' is no number; write 0x20000100" },
  { "v,0x,1,int",                    "map.csv:2: address '0x' is no number; write 0x20000100" },
  { "v,,1,int",                      "map.csv:2: address '' is no number; write 0x20000100" },
  { "v,-1,1,int",                    "map.csv:2: address '-1' is no number; write 0x20000100" },
  { "v,0x11223344556677889,1,int",   "is no number" },
  { "v,0x20000100,many,int",         "map.csv:2: number of elements 'many' is no number" },
  { "v,0x20000100,0,int",            "map.csv:2: 0 elements; write 1 or more" },
  { "v,0x20000100,99999999999999999999,int", "is no number" },
  { "v,0x20000100,18446744073709551615,int", "beyond all addresses" },
  { "v,0xffffffffffffffff,1,int",    "beyond all addresses" },
  { ",0x20000100,1,int",             "map.csv:2: no name" },
  { "v,0x20000100,1",                "map.csv:2: 3 columns instead of 4" },
  { "v",                             "map.csv:2: 1 columns instead of 4" },
  { "\"v,0x20000100,1,int",          "map.csv:2: a quote is opened" },
  { "\"v\"x,0x20000100,1,int",       "map.csv:2: text follows a closing quote" },
};
/* clang-format on */

static void
test_taken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autofree char *text = g_strconcat ("whatever\n", taken[i].row, "\n", NULL);
      SondeMapFormat format = SONDE_MAP_SONDE;
      g_autoptr (SondeMemoryMap) map = read_text (text, NULL, &format);
      const SondeMapEntry *entry;

      g_test_message ("%s", taken[i].row);
      g_assert_cmpuint (sonde_memory_map_get_n (map), ==, 1);
      g_assert_cmpint (format, ==, SONDE_MAP_ORIGINAL);
      entry = sonde_memory_map_get (map, 0);
      g_assert_cmpstr (entry->variable, ==, "v");
      g_assert_cmpstr (entry->path, ==, "v");
      g_assert_cmphex (entry->address, ==, taken[i].address);
      g_assert_cmpuint (entry->count, ==, taken[i].count);
      g_assert_cmpuint (entry->size, ==, taken[i].size);
      g_assert_cmpfloat (entry->scale, ==, 1);
      g_assert_false (entry->is_read_only);
    }
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *text = g_strconcat ("h\n", refused[i].row, "\nw,0x10,1,int\n", NULL);
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (SondeMemoryMap) map = read_text (text, &rows, NULL);

      g_test_message ("%s", refused[i].row);
      g_assert_cmpuint (rows->len, ==, 1);
      g_assert_nonnull (strstr (rows->pdata[0], refused[i].reason));
      g_assert_cmpuint (sonde_memory_map_get_n (map), ==, 1);
      g_assert_nonnull (sonde_memory_map_find (map, "w"));
    }
}

/* The first row is a header whatever it says; then come lines of every kind. */
static void
test_lines (void)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (SondeMemoryMap) map = read_text ("\xef\xbb\xbf"
                                              "first,0x1,1,int\r\n"
                                              "a,0x10,1,int\r\n"
                                              "\r\n"
                                              "   \r\n"
                                              "b,?,1,int\r\n"
                                              "a,0x20,1,int\r\n"
                                              "c,0x30,1,int",
                                              &rows, NULL);

  g_assert_cmpuint (sonde_memory_map_get_n (map), ==, 2);
  g_assert_null (sonde_memory_map_find (map, "first"));
  g_assert_cmphex (sonde_memory_map_find (map, "a")->address, ==, 0x10);
  g_assert_cmphex (sonde_memory_map_find (map, "c")->address, ==, 0x30);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_true (g_str_has_prefix (rows->pdata[0], "map.csv:5: "));
  g_assert_cmpstr (rows->pdata[1], ==, "map.csv:6: 'a' is there twice; rename one");
}

static void
test_separators (void)
{
  static const char *const texts[] = { "Variable;Address;No;Type\nv;0x10;2;int\n",
                                       "Variable\tAddress\tNo\tType\nv\t0x10\t2\tint\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SondeMemoryMap) map = read_text (texts[i], NULL, NULL);

      g_assert_cmpuint (sonde_memory_map_find (map, "v")->count, ==, 2);
    }
}

/* -- our own form -- */

static void
test_ours (void)
{
  SondeMapFormat format;
  g_autoptr (SondeMemoryMap) map
      = read_text (OURS "kp,0x10,1,float,motor.kp,4,r,V/rpm,0.5,\"the, \"\"gain\"\"\"\n"
                        "x,0x20,4,int,,2,,,,\ny,0x30,1,double\n",
                   NULL, &format);
  const SondeMapEntry *kp = sonde_memory_map_find (map, "motor.kp");
  const SondeMapEntry *x = sonde_memory_map_find (map, "x");

  g_assert_cmpint (format, ==, SONDE_MAP_SONDE);
  g_assert_true (kp == sonde_memory_map_find (map, "kp"));
  g_assert_true (kp->is_read_only);
  g_assert_cmpstr (kp->unit, ==, "V/rpm");
  g_assert_cmpfloat (kp->scale, ==, 0.5);
  g_assert_cmpstr (kp->description, ==, "the, \"gain\"");
  g_assert_cmpuint (x->size, ==, 2);
  g_assert_false (x->is_read_only);
  g_assert_null (x->unit);
  g_assert_cmpuint (sonde_memory_map_find (map, "y")->size, ==, 8);
}

static void
test_ours_refused (void)
{
  static const char *const rows[][2] = {
    { "v,0x10,1,int,v,no,r,,,", "size 'no' is no number of bytes" },
    { "v,0x10,1,int,v,0,r,,,", "size '0' is no number of bytes" },
    { "v,0x10,1,int,v,17,r,,,", "an element of 17 bytes" },
    { "v,0x10,1,int,v,4,sometimes,,,", "access 'sometimes' is not known" },
    { "v,0x10,1,int,v,4,r,,zero,", "scale 'zero'" },
    { "v,0x10,1,int,v,4,r,,0,", "scale '0'" },
    { "v,0x10,1,int,v,4,r,,1e999,", "scale '1e999'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (OURS, rows[i][0], "\n", NULL);
      g_autoptr (GPtrArray) told = NULL;
      g_autoptr (SondeMemoryMap) map = read_text (text, &told, NULL);

      g_assert_cmpuint (sonde_memory_map_get_n (map), ==, 0);
      g_assert_cmpuint (told->len, ==, 1);
      g_assert_nonnull (strstr (told->pdata[0], rows[i][1]));
    }
}

/* What was written reads back and is written the same, however odd it was. */
static void
test_round_trip (void)
{
  static const char *const texts[]
      = { OURS "\"std::array<int, 3>::zero\",0x1,3,int,\"a \"\"b\"\"\",4,r,=1+1,0.1,-minus\n",
          OURS "@x,0x20000100,1,float,=x,4,rw,+,1e-300,'=y\nplain,5,1,,,,,,,\n",
          OURS "\xe2\x84\xa6,0xffffffff,1,void *,,8,rw,\xc2\xb0"
               "C,,  blanks  \n" };
  static const SondeMapFormat formats[] = { SONDE_MAP_ORIGINAL, SONDE_MAP_SONDE };

  for (guint i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (formats); i++)
    {
      const SondeMapFormat format = formats[i % G_N_ELEMENTS (formats)];
      g_autoptr (SondeMemoryMap) map = read_text (texts[i / G_N_ELEMENTS (formats)], NULL, NULL);
      g_autoptr (GString) first = sonde_map_csv_write (map, format);
      g_autoptr (SondeMemoryMap) again = read_text (first->str, NULL, NULL);
      g_autoptr (GString) second = sonde_map_csv_write (again, format);

      g_assert_cmpstr (first->str, ==, second->str);
      g_assert_cmpuint (sonde_memory_map_get_n (map), ==, sonde_memory_map_get_n (again));
    }
}

static void
test_written (void)
{
  g_autoptr (SondeMapBuilder) builder = sonde_map_builder_new ();
  const SondeMapEntry entry = { .variable = "a\nb", .address = 0x100, .count = 2, .type = "int" };
  g_autoptr (GError) error = NULL;

  g_assert_true (sonde_map_builder_add (builder, &entry, &error));
  g_assert_no_error (error);
  g_assert_false (sonde_map_builder_add (builder, &entry, &error));
  g_assert_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT);
  g_autoptr (SondeMemoryMap) map = sonde_map_builder_end (builder);
  g_autoptr (GString) original = sonde_map_csv_write (map, SONDE_MAP_ORIGINAL);
  g_autoptr (GString) ours = sonde_map_csv_write (map, SONDE_MAP_SONDE);
  g_assert_cmpstr (original->str, ==,
                   "Variable,Address,No of Elements,Type\na b,0x00000100,2,int\n");
  g_assert_cmpstr (ours->str, ==, OURS "a b,0x00000100,2,int,a b,4,rw,,1,\n");
}

/* -- files -- */

static void
test_hostile (void)
{
  g_autoptr (GString) text = g_string_new ("h\n");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 10 * 1024 * 1024; i++)
    g_string_append_c (text, 'x');
  g_string_append_len (text, "\nv\0w,0x10,1,int\n", 16);
  g_string_append (text, "\xff\xfe,0x10,1,\xc0int\n");
  g_autoptr (SondeMemoryMap) map = sonde_map_csv_read (text->str, text->len, "map.csv", rows, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_nonnull (strstr (rows->pdata[0], "map.csv:2: a line of"));
  g_assert_nonnull (strstr (rows->pdata[1], "map.csv:3: holds NUL"));
  g_assert_cmpuint (sonde_memory_map_get_n (map), ==, 1);
  g_assert_true (g_utf8_validate (sonde_memory_map_get (map, 0)->path, -1, NULL));
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new ("h\n");

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "v%u,0x%08x,1,Uint32_t\n", i, 4 * i);
  g_autoptr (SondeMemoryMap) map = read_text (text->str, NULL, NULL);
  g_assert_cmpuint (sonde_memory_map_get_n (map), ==, 100000);
  g_assert_cmphex (sonde_memory_map_find (map, "v99999")->address, ==, 4 * 99999);
}

static void
test_load (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-map-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "m.csv", NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  SondeMemoryMap *map;

  g_assert_null (sonde_map_csv_load (path, rows, NULL, &error));
  g_assert_nonnull (strstr (error->message, "No such file"));
  g_clear_error (&error);
  g_assert_null (sonde_map_csv_load (folder, rows, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "v,0x10,1,int\n", -1, NULL));
  g_assert_null (sonde_map_csv_load (path, rows, NULL, &error));
  g_assert_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "h\nv,0x10,1,int\n", -1, NULL));
  map = sonde_map_csv_load (path, rows, NULL, &error);
  g_assert_no_error (error);
  sonde_memory_map_unref (map);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_file_name (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 11, 21, 13, 4, 5);
  g_autofree char *name = sonde_map_csv_dup_file_name ("build/motor.elf", time);
  g_autofree char *bare = sonde_map_csv_dup_file_name ("firmware", time);

  g_assert_cmpstr (name, ==, "motor_2026-11-21_130405.csv");
  g_assert_cmpstr (bare, ==, "firmware_2026-11-21_130405.csv");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-csv/taken", test_taken);
  g_test_add_func ("/map-csv/refused", test_refused);
  g_test_add_func ("/map-csv/lines", test_lines);
  g_test_add_func ("/map-csv/separators", test_separators);
  g_test_add_func ("/map-csv/ours", test_ours);
  g_test_add_func ("/map-csv/ours-refused", test_ours_refused);
  g_test_add_func ("/map-csv/round-trip", test_round_trip);
  g_test_add_func ("/map-csv/written", test_written);
  g_test_add_func ("/map-csv/hostile", test_hostile);
  g_test_add_func ("/map-csv/many", test_many);
  g_test_add_func ("/map-csv/load", test_load);
  g_test_add_func ("/map-csv/file-name", test_file_name);
  return g_test_run ();
}
