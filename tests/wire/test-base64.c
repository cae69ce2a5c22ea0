/* test-base64.c: strict base64 against GLib's, and what is refused */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wire/base64.h"

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint size = 0; size < 200; size++)
    {
      guint8 bytes[200];
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *expected = NULL;
      g_autoptr (GByteArray) back = g_byte_array_new ();

      for (guint i = 0; i < size; i++)
        bytes[i] = (guint8) g_rand_int (rand);
      sonde_base64_append (text, bytes, size);
      expected = g_base64_encode (bytes, size);
      g_assert_cmpstr (text->str, ==, expected);
      g_byte_array_append (back, (const guint8 *) "x", 1);
      g_assert_true (sonde_base64_decode (back, text->str, text->len));
      g_assert_cmpmem (back->data + 1, back->len - 1, bytes, size);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = { "A",
                                       "AA",
                                       "AAA",
                                       "====",
                                       "A===",
                                       "AA=A",
                                       "AB==",
                                       "AAB=",
                                       "AA==AAAA",
                                       "AA\nA",
                                       "AAAA AAA",
                                       "AAA\\",
                                       "A-_A",
                                       "AAAA=AAA",
                                       "\xff"
                                       "AAA" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();

      g_byte_array_append (out, (const guint8 *) "ab", 2);
      g_assert_false (sonde_base64_decode (out, texts[i], strlen (texts[i])));
      g_assert_cmpuint (out->len, ==, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base64/round-trip", test_round_trip);
  g_test_add_func ("/base64/refused", test_refused);
  return g_test_run ();
}
