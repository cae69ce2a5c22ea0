/* test-elf-diff.c: what became of variables between two builds */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/elf-diff.h"

#include "small-image.h"

#define GUINT32S(...) ((const guint32[]){ __VA_ARGS__ })
#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static SondeSymbolTable *
make_old (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const guint32 number = small_number (writer, "int", SONDE_ENCODING_SIGNED, 4);
  const guint32 real = small_number (writer, "float", SONDE_ENCODING_FLOAT, 4);
  const guint32 motor = small_struct (writer, "struct motor", NAMES ("speed", "target", "mode"),
                                      GUINT32S (real, real, number));

  small_variable (writer, "same", number, 0x100, NULL);
  small_variable (writer, "moved", number, 0x104, NULL);
  small_variable (writer, "gone", number, 0x108, NULL);
  small_variable (writer, "retyped", number, 0x10c, NULL);
  small_variable (writer, "resized", small_array (writer, "int[4]", number, 4), 0x110, NULL);
  small_variable (writer, "motor", motor, 0x200, NULL);
  small_variable (writer, "axis", small_array (writer, "struct motor[2]", motor, 2), 0x300, NULL);
  small_variable (writer, "optimised", number, 0x120, NULL);
  small_variable (writer, "never", number, 0, "optimised away");
  small_variable (writer, "pointer", small_pointer (writer, "struct motor *", motor), 0x130, NULL);
  return small_finish (writer);
}

static SondeSymbolTable *
make_new (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const guint32 number = small_number (writer, "int", SONDE_ENCODING_SIGNED, 4);
  const guint32 word = small_number (writer, "unsigned int", SONDE_ENCODING_UNSIGNED, 4);
  const guint32 real = small_number (writer, "float", SONDE_ENCODING_FLOAT, 4);
  const guint32 motor
      = small_struct (writer, "struct motor", NAMES ("speed", "flags", "target", "extra"),
                      GUINT32S (real, word, real, number));

  small_variable (writer, "same", number, 0x100, NULL);
  small_variable (writer, "moved", number, 0x204, NULL);
  small_variable (writer, "retyped", word, 0x10c, NULL);
  small_variable (writer, "resized", small_array (writer, "int[5]", number, 5), 0x110, NULL);
  small_variable (writer, "motor", motor, 0x200, NULL);
  small_variable (writer, "axis", small_array (writer, "struct motor[2]", motor, 2), 0x300, NULL);
  small_variable (writer, "optimised", number, 0, "optimised away");
  small_variable (writer, "never", number, 0x400, NULL);
  small_variable (writer, "fresh", number, 0x404, NULL);
  small_variable (writer, "pointer", small_pointer (writer, "struct motor *", motor), 0x130, NULL);
  return small_finish (writer);
}

static void
test_rows (void)
{
  static const struct
  {
    const char *path, *changes;
  } expected[] = {
    { "axis", "retyped, resized" },
    { "axis[0].extra", "added" },
    { "axis[0].flags", "added" },
    { "axis[0].mode", "removed" },
    { "axis[0].target", "moved" },
    { "axis[1].extra", "added" },
    { "axis[1].flags", "added" },
    { "axis[1].mode", "removed" },
    { "axis[1].speed", "moved" },
    { "axis[1].target", "moved" },
    { "fresh", "added" },
    { "gone", "removed" },
    { "motor", "retyped, resized" },
    { "motor.extra", "added" },
    { "motor.flags", "added" },
    { "motor.mode", "removed" },
    { "motor.target", "moved" },
    { "moved", "moved" },
    { "never", "added" },
    { "optimised", "removed" },
    { "resized", "retyped, resized" },
    { "retyped", "retyped" },
  };
  g_autoptr (SondeSymbolTable) old_table = make_old ();
  g_autoptr (SondeSymbolTable) new_table = make_new ();
  g_autoptr (SondeElfDiff) diff = sonde_elf_diff_new (old_table, new_table);

  g_clear_pointer (&old_table, sonde_symbol_table_unref);
  g_clear_pointer (&new_table, sonde_symbol_table_unref);
  for (guint i = 0; i < MIN (sonde_elf_diff_get_n (diff), G_N_ELEMENTS (expected)); i++)
    {
      const SondeDiffRow *row = sonde_elf_diff_get (diff, i);
      g_autofree char *changes = sonde_change_describe (row->changes);

      g_assert_cmpstr (row->path, ==, expected[i].path);
      g_assert_cmpstr (changes, ==, expected[i].changes);
      g_assert_true ((row->old_one == NULL) == ((row->changes & SONDE_CHANGE_ADDED) != 0));
      g_assert_true ((row->new_one == NULL) == ((row->changes & SONDE_CHANGE_REMOVED) != 0));
    }
  g_assert_cmpuint (sonde_elf_diff_get_n (diff), ==, G_N_ELEMENTS (expected));
}

static void
test_nothing (void)
{
  g_autoptr (SondeSymbolTable) table = make_old ();
  g_autoptr (SondeSymbolTable) again = make_old ();
  g_autoptr (SondeElfDiff) diff = sonde_elf_diff_new (table, again);

  g_assert_cmpuint (sonde_elf_diff_get_n (diff), ==, 0);
}

/* A second static of the name came: the first one is still the same variable. */
static SondeSymbolTable *
make_statics (gboolean has_second)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const guint32 number = small_number (writer, "int", SONDE_ENCODING_SIGNED, 4);

  small_variable_of (writer, has_second ? "a.c::count" : "count", number, 0x100, "src/a.c");
  if (has_second)
    small_variable_of (writer, "b.c::count", number, 0x104, "src/b.c");
  return small_finish (writer);
}

static void
test_statics (void)
{
  g_autoptr (SondeSymbolTable) one = make_statics (FALSE);
  g_autoptr (SondeSymbolTable) two = make_statics (TRUE);
  g_autoptr (SondeElfDiff) there = sonde_elf_diff_new (one, two);
  g_autoptr (SondeElfDiff) back = sonde_elf_diff_new (two, one);

  g_assert_cmpuint (sonde_elf_diff_get_n (there), ==, 1);
  g_assert_cmpstr (sonde_elf_diff_get (there, 0)->path, ==, "b.c::count");
  g_assert_cmpuint (sonde_elf_diff_get (there, 0)->changes, ==, SONDE_CHANGE_ADDED);
  g_assert_cmpuint (sonde_elf_diff_get_n (back), ==, 1);
  g_assert_cmpuint (sonde_elf_diff_get (back, 0)->changes, ==, SONDE_CHANGE_REMOVED);
}

static guint
judge (SondeSymbolTable *old_table, SondeSymbolTable *new_table, const char *path)
{
  g_autoptr (SondeVariable) old_one = sonde_symbol_table_dup_by_path (old_table, path, NULL);
  g_autoptr (SondeVariable) new_one = sonde_symbol_table_dup_by_path (new_table, path, NULL);

  return sonde_change_judge (old_one, new_one);
}

static void
test_judge (void)
{
  g_autoptr (SondeSymbolTable) old_table = make_old ();
  g_autoptr (SondeSymbolTable) new_table = make_new ();

  g_assert_cmpuint (sonde_change_judge (NULL, NULL), ==, 0);
  g_assert_cmpuint (judge (old_table, new_table, "same"), ==, 0);
  g_assert_cmpuint (judge (old_table, new_table, "gone"), ==, SONDE_CHANGE_REMOVED);
  g_assert_cmpuint (judge (old_table, new_table, "fresh"), ==, SONDE_CHANGE_ADDED);
  g_assert_cmpuint (judge (old_table, new_table, "never"), ==, SONDE_CHANGE_ADDED);
  g_assert_cmpuint (judge (old_table, new_table, "optimised"), ==, SONDE_CHANGE_REMOVED);
  g_assert_cmpuint (judge (old_table, new_table, "pointer->speed"), ==, 0);
  g_assert_cmpuint (judge (old_table, new_table, "pointer->target"), ==, SONDE_CHANGE_MOVED);
  g_assert_cmpuint (judge (old_table, new_table, "pointer->mode"), ==, SONDE_CHANGE_REMOVED);
}

/* @path of a field at @bit_offset. */
static SondeVariable *
new_field (guint bit_offset, guint bit_size)
{
  g_autoptr (SondeType) word
      = sonde_type_new_base (SONDE_KIND_NUMBER, "int", SONDE_ENCODING_SIGNED, TRUE, 4);
  g_autoptr (SondeType) field = sonde_type_new_bitfield (word, bit_offset, bit_size);

  return sonde_variable_new (&(SondeVariableInfo){ .path = "f", .type = field });
}

static void
test_fields (void)
{
  g_autoptr (SondeVariable) field = new_field (3, 4);
  g_autoptr (SondeVariable) later = new_field (5, 4);
  g_autoptr (SondeVariable) wider = new_field (3, 5);

  g_assert_cmpuint (sonde_change_judge (field, field), ==, 0);
  g_assert_cmpuint (sonde_change_judge (field, later), ==, SONDE_CHANGE_MOVED);
  g_assert_cmpuint (sonde_change_judge (field, wider), ==, SONDE_CHANGE_RESIZED);
}

static void
test_describe (void)
{
  g_autofree char *all = sonde_change_describe (31);
  g_autofree char *none = sonde_change_describe (0);

  g_assert_cmpstr (all, ==, "added, removed, moved, retyped, resized");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elf-diff/rows", test_rows);
  g_test_add_func ("/elf-diff/nothing", test_nothing);
  g_test_add_func ("/elf-diff/statics", test_statics);
  g_test_add_func ("/elf-diff/judge", test_judge);
  g_test_add_func ("/elf-diff/fields", test_fields);
  g_test_add_func ("/elf-diff/describe", test_describe);
  return g_test_run ();
}
