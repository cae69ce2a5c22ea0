/* test-selection.c: raw places need no firmware, names do */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/selection.h"

#include <string.h>

#include "types/text.h"

static void
test_raw (void)
{
  g_autoptr (GPtrArray) leaves
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  g_autoptr (GError) error = NULL;

  g_assert_true (sonde_selection_add (leaves, NULL, "0x20000100:u32", SONDE_SELECT_OPENED, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (leaves->len, ==, 1);
  g_assert_cmpuint (sonde_variable_get_address (g_ptr_array_index (leaves, 0)), ==, 0x20000100);
  g_assert_cmpuint (sonde_variable_get_size (g_ptr_array_index (leaves, 0)), ==, 4);
}

/* Without firmware, what is wrong with an address is still told. */
static void
test_raw_without_type (void)
{
  g_autoptr (GPtrArray) leaves
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      sonde_selection_add (leaves, NULL, "0x20000100:float", SONDE_SELECT_OPENED, &error));
  g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH);
  g_assert_nonnull (strstr (error->message, ":f32"));
}

static void
test_name (void)
{
  g_autoptr (GPtrArray) leaves
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  g_autoptr (GError) error = NULL;

  g_assert_false (sonde_selection_add (leaves, NULL, "motor.speed", SONDE_SELECT_OPENED, &error));
  g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH);
  g_assert_nonnull (strstr (error->message, "--elf FILE"));
  g_assert_cmpuint (leaves->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/raw", test_raw);
  g_test_add_func ("/selection/raw-without-type", test_raw_without_type);
  g_test_add_func ("/selection/name", test_name);
  return g_test_run ();
}
