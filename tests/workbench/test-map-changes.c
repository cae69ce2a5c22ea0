/* test-map-changes.c: a rebuild is told in one sentence and in lines that name every change */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/map-changes.h"

#include "device/variables.h"

static void
test_nothing (void)
{
  g_autoptr (SondeMapChanges) changes = sonde_map_changes_new ();
  g_autoptr (SondeVariable) a = new_unsigned ("a", 0x20000000, 4);
  g_autoptr (SondeVariable) same = new_unsigned ("a", 0x20000000, 4);

  sonde_map_changes_add (changes, "a", a, same, NULL);
  g_assert_null (sonde_map_changes_dup_text (changes));
  g_assert_null (sonde_map_changes_get_lines (changes)[0]);
}

static void
test_each_kind (void)
{
  g_autoptr (SondeMapChanges) changes = sonde_map_changes_new ();
  g_autoptr (SondeVariable) old = new_unsigned ("a", 0x20000000, 4);
  g_autoptr (SondeVariable) moved = new_unsigned ("a", 0x20000010, 4);
  g_autoptr (SondeVariable) retyped = new_float ("a", 0x20000000);
  g_autofree char *text = NULL;
  char **lines = NULL;

  sonde_map_changes_add (changes, "a", old, moved, NULL);
  sonde_map_changes_add (changes, "b", old, moved, NULL);
  sonde_map_changes_add (changes, "c", old, retyped, NULL);
  sonde_map_changes_add (changes, "d", old, NULL, "d: no such variable");
  sonde_map_changes_add_back (changes, "e", moved);
  text = sonde_map_changes_dup_text (changes);
  lines = sonde_map_changes_get_lines (changes);
  g_assert_cmpstr (text, ==, "New symbols: 2 moved, 1 changed type, 1 gone, 1 back");
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_cmpstr (lines[0], ==, "a: 0x20000000 -> 0x20000010");
  g_assert_true (g_str_has_prefix (lines[2], "c: "));
  g_assert_true (g_str_has_suffix (lines[2], " at 0x20000000"));
  g_assert_cmpstr (lines[3], ==, "d: gone: no such variable");
  g_assert_cmpstr (lines[4], ==, "e: back at 0x20000010");
}

/* What lies behind a pointer is somewhere else when the pointer is. */
static void
test_behind_a_pointer (void)
{
  g_autoptr (SondeMapChanges) changes = sonde_map_changes_new ();
  g_autoptr (SondeVariable) old_root = new_pointer ("p", 0x20000000, NULL);
  g_autoptr (SondeVariable) new_root = new_pointer ("p", 0x20000040, NULL);
  g_autoptr (SondeVariable) old = new_behind (old_root, new_unsigned ("*p", 0, 4));
  g_autoptr (SondeVariable) now = new_behind (new_root, new_unsigned ("*p", 0, 4));

  sonde_map_changes_add (changes, "*p", old, now, NULL);
  g_assert_cmpstr (sonde_map_changes_get_lines (changes)[0], ==,
                   "*p: behind 0x20000000 -> behind 0x20000040");
}

/* A big build moves thousands: the log is told of fifty. */
static void
test_bounded (void)
{
  g_autoptr (SondeMapChanges) changes = sonde_map_changes_new ();
  g_autoptr (SondeVariable) old = new_unsigned ("a", 0x20000000, 4);
  g_autoptr (SondeVariable) moved = new_unsigned ("a", 0x20000010, 4);
  g_autofree char *text = NULL;
  char **lines = NULL;

  for (guint i = 0; i < 1000; i++)
    sonde_map_changes_add (changes, "a", old, moved, NULL);
  lines = sonde_map_changes_get_lines (changes);
  text = sonde_map_changes_dup_text (changes);
  g_assert_cmpuint (g_strv_length (lines), ==, SONDE_MAP_CHANGES_MAX_LINES + 1);
  g_assert_cmpstr (lines[SONDE_MAP_CHANGES_MAX_LINES], ==, "and 950 more");
  g_assert_cmpstr (text, ==, "New symbols: 1000 moved");
  g_assert_true (sonde_map_changes_get_lines (changes)[0] == lines[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-changes/nothing", test_nothing);
  g_test_add_func ("/map-changes/each-kind", test_each_kind);
  g_test_add_func ("/map-changes/behind-a-pointer", test_behind_a_pointer);
  g_test_add_func ("/map-changes/bounded", test_bounded);
  return g_test_run ();
}
