/* test-cell-text.c: what a value cell says, and why it is locked */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "workbench/cell-text.h"

static SondeType *
make_u16 (void)
{
  return sonde_type_new_base (SONDE_KIND_NUMBER, "uint16_t", SONDE_ENCODING_UNSIGNED, FALSE, 2);
}

static SondeVariable *
make_variable (SondeType *type, gboolean is_writable)
{
  SondeVariableInfo info = { .path = "v",
                             .type = type,
                             .byte_order = G_LITTLE_ENDIAN,
                             .pointer_size = 4,
                             .is_writable = is_writable };

  return sonde_variable_new (&info);
}

static void
assert_text (SondeType *type, const SondeWatchState *state, const char *chars, SondeFormat format,
             const char *wanted)
{
  g_autoptr (SondeVariable) variable = make_variable (type, TRUE);
  g_autofree char *text = sonde_cell_text (variable, state, chars, format);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_texts (void)
{
  g_autoptr (SondeType) number = make_u16 ();
  g_autoptr (SondeType) array = sonde_type_new_array (NULL, number, 8);
  g_autoptr (SondeType) letter
      = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, TRUE, 1);
  g_autoptr (SondeType) chars = sonde_type_new_array (NULL, letter, 8);
  SondeMember members[] = { { "a", number, 0 }, { "b", number, 2 } };
  g_autoptr (SondeType) pair = sonde_type_new_struct (SONDE_KIND_STRUCT, "pair", 4, members, 2);
  SondeWatchState nothing = { 0 };
  SondeWatchState something = { .has_value = TRUE };

  something.value = sonde_value_unsigned (2623);
  assert_text (number, &nothing, NULL, SONDE_FORMAT_AUTO, "");
  assert_text (number, &something, NULL, SONDE_FORMAT_AUTO, "2623");
  assert_text (number, &something, NULL, SONDE_FORMAT_HEX, "0x0A3F");
  assert_text (array, &nothing, NULL, SONDE_FORMAT_AUTO, "[8]");
  assert_text (pair, &nothing, NULL, SONDE_FORMAT_AUTO, "{2}");
  assert_text (chars, &something, "hello", SONDE_FORMAT_AUTO, "hello");
}

static void
test_locks (void)
{
  g_autoptr (SondeType) number = make_u16 ();
  g_autoptr (SondeType) array = sonde_type_new_array (NULL, number, 8);
  g_autoptr (SondeVariable) open = make_variable (number, TRUE);
  g_autoptr (SondeVariable) constant = make_variable (number, FALSE);
  g_autoptr (SondeVariable) many = make_variable (array, TRUE);
  static const SondeWatchBoard here = { TRUE, FALSE }, gone = { FALSE, FALSE },
                               other = { TRUE, TRUE };

  g_assert_null (sonde_cell_why_locked (open, "arm", &here));
  g_assert_nonnull (strstr (sonde_cell_why_locked (open, "arm", &gone), "no board"));
  g_assert_nonnull (strstr (sonde_cell_why_locked (open, "", &here), "no board"));
  g_assert_nonnull (strstr (sonde_cell_why_locked (open, "arm", &other), "other firmware"));
  g_assert_nonnull (strstr (sonde_cell_why_locked (constant, "arm", &here), "read-only"));
  g_assert_nonnull (strstr (sonde_cell_why_locked (many, "arm", &here), "members"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cell-text/texts", test_texts);
  g_test_add_func ("/cell-text/locks", test_locks);
  return g_test_run ();
}
