/* test-selection.c: raw places need no firmware, names do; PATH=VALUE becomes bytes */
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

static SondeVariable *
make_variable (SondeType *type)
{
  const SondeVariableInfo info = { .path = "v",
                                   .address = 0x20000000,
                                   .type = type,
                                   .byte_order = G_LITTLE_ENDIAN,
                                   .pointer_size = 4,
                                   .is_writable = TRUE };

  return sonde_variable_new (&info);
}

static void
test_split (void)
{
  static const struct
  {
    const char *text, *path, *value;
  } cases[] = {
    { "a=1", "a", "1" },  { "m.x[2]=", "m.x[2]", "" }, { "text=a=b", "text", "a=b" },
    { "=1", NULL, NULL }, { "a", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = NULL;
      g_autofree char *value = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (sonde_assignment_split (cases[i].text, &path, &value, &error)
                     == (cases[i].path != NULL));
      g_assert_true ((error == NULL) == (cases[i].path != NULL));
      g_assert_cmpstr (path, ==, cases[i].path);
      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

static void
test_number (void)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint16_t", SONDE_ENCODING_UNSIGNED, FALSE, 2);
  g_autoptr (SondeVariable) variable = make_variable (type);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sonde_assignment_encode (variable, "0x1234", &error);
  g_autoptr (GBytes) none = NULL;

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\x34\x12", 2);
  none = sonde_assignment_encode (variable, "65536", &error);
  g_assert_null (none);
  g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE);
  g_assert_true (g_str_has_prefix (error->message, "v: "));
}

static void
test_text (void)
{
  g_autoptr (SondeType) letter
      = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, FALSE, 1);
  g_autoptr (SondeType) type = sonde_type_new_array (NULL, letter, 4);
  g_autoptr (SondeVariable) variable = make_variable (type);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sonde_assignment_encode (variable, "ab", &error);
  g_autoptr (GBytes) full = sonde_assignment_encode (variable, "abc", &error);
  g_autoptr (GBytes) none = NULL;

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "ab\0\0", 4);
  g_assert_cmpmem (g_bytes_get_data (full, NULL), g_bytes_get_size (full), "abc\0", 4);
  none = sonde_assignment_encode (variable, "abcd", &error); /* no room for the end */
  g_assert_null (none);
  g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/raw", test_raw);
  g_test_add_func ("/selection/raw-without-type", test_raw_without_type);
  g_test_add_func ("/selection/name", test_name);
  g_test_add_func ("/assignment/split", test_split);
  g_test_add_func ("/assignment/number", test_number);
  g_test_add_func ("/assignment/text", test_text);
  return g_test_run ();
}
