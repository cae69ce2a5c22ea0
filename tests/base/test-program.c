/* test-program.c: where programs and data files are found */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/program.h"

#include <glib/gstdio.h>

static void
test_build_tree (void)
{
  g_autofree char *reader = sonde_program_dup_path ("sonde-symbols");

  g_assert_nonnull (reader);
  g_assert_true (g_path_is_absolute (reader));
  g_assert_true (g_str_has_suffix (reader, "/src/sonde-symbols"));
  g_assert_null (g_strstr_len (reader, -1, ".."));
}

static void
test_beside (void)
{
  g_autofree char *self = sonde_program_dup_path ("test-base-program");

  g_assert_nonnull (self);
  g_assert_true (g_file_test (self, G_FILE_TEST_IS_EXECUTABLE));
}

static void
test_absent (void)
{
  g_assert_null (sonde_program_dup_path ("no-such-program-of-ours"));
  g_assert_null (sonde_program_dup_data_path ("no-such-file-of-ours"));
}

/* A folder and a file that cannot be run are not programs, wherever they lie. */
static void
test_not_a_program (void)
{
  g_assert_null (sonde_program_dup_path ("libsonde-core.a"));
  g_assert_null (sonde_program_dup_path ("sonde-symbols.p"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program/build-tree", test_build_tree);
  g_test_add_func ("/program/beside", test_beside);
  g_test_add_func ("/program/absent", test_absent);
  g_test_add_func ("/program/not-a-program", test_not_a_program);
  return g_test_run ();
}
