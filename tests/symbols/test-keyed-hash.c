/* test-keyed-hash.c: the same content, key and purpose meet; nothing else does */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/keyed-hash.h"

#include <string.h>

static const guint8 secret[SONDE_HASH_SECRET_SIZE] = "0123456789abcdef";

static SondeHash
hash (const SondeHashKey *key, gconstpointer data, gsize size)
{
  SondeHasher hasher;

  sonde_hasher_init (&hasher, key);
  sonde_hasher_update (&hasher, data, size);
  return sonde_hasher_finish (&hasher);
}

static gboolean
is_same (SondeHash a, SondeHash b)
{
  return memcmp (&a, &b, sizeof a) == 0;
}

static void
test_pieces (void)
{
  static const gsize steps[] = { 1, 7, 1023, 1024, 1025, 3000 };
  SondeHashKey key;
  guint8 data[10000];
  SondeHash whole;

  sonde_hash_key_init (&key, secret, "test");
  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) (i * 31 + i / 256);
  whole = hash (&key, data, sizeof data);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      SondeHasher hasher;

      sonde_hasher_init (&hasher, &key);
      for (gsize at = 0; at < sizeof data; at += steps[i])
        sonde_hasher_update (&hasher, data + at, MIN (steps[i], sizeof data - at));
      g_assert_true (is_same (sonde_hasher_finish (&hasher), whole));
    }
}

/* One bit anywhere, two words that change places, zeros at the end: all are told apart, and the
 * results look like chance. */
static void
test_differences (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  SondeHashKey key;
  guint8 data[3000] = { 0 };
  guint n = 0, n_bits = 0;

  sonde_hash_key_init (&key, secret, "test");
  for (gsize size = 0; size < sizeof data; size++, n++)
    {
      const SondeHash one = hash (&key, data, size);

      g_hash_table_add (seen, g_memdup2 (&one.values[0], 8));
      n_bits += (guint) __builtin_popcountll (one.values[1]);
    }
  for (gsize bit = 0; bit < sizeof data * 8; bit++, n++)
    {
      SondeHash one;

      data[bit / 8] ^= (guint8) (1 << bit % 8);
      one = hash (&key, data, sizeof data);
      g_hash_table_add (seen, g_memdup2 (&one.values[0], 8));
      n_bits += (guint) __builtin_popcountll (one.values[1]);
      data[bit / 8] = 0;
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, n);
  g_assert_cmpfloat_with_epsilon ((double) n_bits / n, 30.5, 0.5);
}

static void
test_order (void)
{
  SondeHashKey key;
  guint64 data[512] = { 0 }, other[512] = { 0 };

  sonde_hash_key_init (&key, secret, "test");
  data[0] = other[1] = 1;
  g_assert_false (is_same (hash (&key, data, sizeof data), hash (&key, other, sizeof other)));
  memset (other, 0, sizeof other);
  other[128] = 1;
  g_assert_false (is_same (hash (&key, data, sizeof data), hash (&key, other, sizeof other)));
}

static void
test_keys (void)
{
  SondeHashKey key, purpose, foreign;
  const guint8 other[SONDE_HASH_SECRET_SIZE] = "0123456789abcdeg";

  sonde_hash_key_init (&key, secret, "test");
  sonde_hash_key_init (&purpose, secret, "else");
  sonde_hash_key_init (&foreign, other, "test");
  g_assert_true (is_same (hash (&key, "abc", 3), hash (&key, "abc", 3)));
  g_assert_false (is_same (hash (&key, "abc", 3), hash (&purpose, "abc", 3)));
  g_assert_false (is_same (hash (&key, "abc", 3), hash (&foreign, "abc", 3)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyed-hash/pieces", test_pieces);
  g_test_add_func ("/keyed-hash/differences", test_differences);
  g_test_add_func ("/keyed-hash/order", test_order);
  g_test_add_func ("/keyed-hash/keys", test_keys);
  return g_test_run ();
}
