/* test-value.c: bytes of leaves as values, and back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/value.h"

#include <math.h>

typedef struct
{
  const char *name;
  SondeKind kind;
  SondeEncoding encoding;
  guint size;
  guint bit_offset, bit_size; /* 0: no bit-field */
  int byte_order;
  guint8 data[8];
  SondeValueKind value_kind;
  gint64 i; /* or the bits of u */
  double f;
} Case;

#define N SONDE_KIND_NUMBER
#define U SONDE_ENCODING_UNSIGNED
#define I SONDE_ENCODING_SIGNED
#define F SONDE_ENCODING_FLOAT
#define LE G_LITTLE_ENDIAN
#define BE G_BIG_ENDIAN
#define UNSIGNED SONDE_VALUE_UNSIGNED
#define SIGNED SONDE_VALUE_SIGNED

// clang-format off
static const Case cases[] = {
  { "/value/u8",        N, U, 1, 0, 0, LE, { 0xff }, UNSIGNED, 255, 0 },
  { "/value/i8",        N, I, 1, 0, 0, LE, { 0xff }, SIGNED, -1, 0 },
  { "/value/u16/le",    N, U, 2, 0, 0, LE, { 1, 2 }, UNSIGNED, 0x0201, 0 },
  { "/value/u16/be",    N, U, 2, 0, 0, BE, { 1, 2 }, UNSIGNED, 0x0102, 0 },
  { "/value/i16/be",    N, I, 2, 0, 0, BE, { 0x80, 0 }, SIGNED, -32768, 0 },
  { "/value/i32/le",    N, I, 4, 0, 0, LE, { 0xfe, 0xff, 0xff, 0xff }, SIGNED, -2, 0 },
  { "/value/u64/max",   N, U, 8, 0, 0, LE, { 255, 255, 255, 255, 255, 255, 255, 255 }, UNSIGNED, -1, 0 },
  { "/value/i64/min",   N, I, 8, 0, 0, BE, { 0x80 }, SIGNED, G_MININT64, 0 },
  { "/value/u64/2^53+1", N, U, 8, 0, 0, LE, { 1, 0, 0, 0, 0, 0, 0x20, 0 }, UNSIGNED, 9007199254740993, 0 },
  { "/value/float/le",  N, F, 4, 0, 0, LE, { 0, 0, 0xc0, 0x3f }, SONDE_VALUE_FLOAT32, 0, 1.5 },
  { "/value/float/be",  N, F, 4, 0, 0, BE, { 0x3f, 0xc0, 0, 0 }, SONDE_VALUE_FLOAT32, 0, 1.5 },
  { "/value/double/le", N, F, 8, 0, 0, LE, { 0, 0, 0, 0, 0, 0, 0xf8, 0xbf }, SONDE_VALUE_FLOAT64, 0, -1.5 },
  { "/value/bool",      SONDE_KIND_BOOL, SONDE_ENCODING_BOOL, 1, 0, 0, LE, { 1 }, UNSIGNED, 1, 0 },
  { "/value/char",      SONDE_KIND_CHAR, SONDE_ENCODING_CHAR, 1, 0, 0, LE, { 0xff }, SIGNED, -1, 0 },
  { "/value/bits/low",  N, U, 4, 0, 1, LE, { 0x01 }, UNSIGNED, 1, 0 },
  { "/value/bits/mid",  N, U, 4, 1, 3, LE, { 0x0a }, UNSIGNED, 5, 0 },
  { "/value/bits/sign", N, I, 4, 4, 4, LE, { 0x90 }, SIGNED, -7, 0 },
  { "/value/bits/wide", N, U, 4, 8, 20, LE, { 0, 0x45, 0x23, 0x01 }, UNSIGNED, 0x12345, 0 },
  { "/value/bits/be",   N, U, 2, 12, 4, BE, { 0xa0, 0 }, UNSIGNED, 10, 0 },
  { "/value/bits/all",  N, I, 8, 0, 64, LE, { 1, 0, 0, 0, 0, 0, 0, 0x80 }, SIGNED, G_MININT64 + 1, 0 },
  { "/value/bits/one-signed", N, I, 1, 7, 1, LE, { 0x80 }, SIGNED, -1, 0 },
};
// clang-format on

static SondeType *
new_type (const Case *c)
{
  g_autoptr (SondeType) base = sonde_type_new_base (c->kind, "t", c->encoding, TRUE, c->size);

  return c->bit_size > 0 ? sonde_type_new_bitfield (base, c->bit_offset, c->bit_size)
                         : sonde_type_ref (base);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (SondeType) type = new_type (c);
  guint8 back[8] = { 0 };
  SondeValue value;

  g_assert_true (sonde_value_decode (type, c->byte_order, c->data, c->size, &value));
  g_assert_cmpint (value.kind, ==, c->value_kind);
  if (c->value_kind == SIGNED || c->value_kind == UNSIGNED)
    g_assert_cmpint (value.i, ==, c->i);
  else
    g_assert_cmpfloat (value.f, ==, c->f);

  g_assert_true (sonde_value_fits (type, &value));
  g_assert_true (sonde_value_encode (type, c->byte_order, &value, back, c->size));
  g_assert_cmpmem (back, c->size, c->data, c->size);

  g_assert_false (sonde_value_decode (type, c->byte_order, c->data, c->size - 1, &value));
  g_assert_cmpint (value.kind, ==, SONDE_VALUE_NONE);
}

static void
test_bitfield_among_others (void)
{
  static const guint8 unit[4] = { 0xff, 0xff, 0xff, 0xff };
  g_autoptr (SondeType) base
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint32_t", SONDE_ENCODING_UNSIGNED, FALSE, 4);
  g_autoptr (SondeType) field = sonde_type_new_bitfield (base, 4, 3);
  const SondeValue two = sonde_value_unsigned (2);
  const SondeValue eight = sonde_value_unsigned (8);
  guint8 data[4] = { 0xaa, 0xaa, 0xaa, 0xaa };
  SondeValue value;

  g_assert_true (sonde_value_decode (field, LE, unit, 4, &value));
  g_assert_cmpuint (value.u, ==, 7);
  g_assert_cmphex (sonde_value_mask (field), ==, 0x70);
  g_assert_cmphex (sonde_value_mask (base), ==, 0xffffffff);
  g_assert_true (sonde_value_encode (field, LE, &two, data, 4));
  g_assert_cmphex (data[0], ==, 0x20);
  g_assert_cmphex (data[3], ==, 0);
  g_assert_false (sonde_value_encode (field, LE, &eight, data, 4));
}

static void
test_raw (void)
{
  static const guint8 data[20] = { 1, 2, 3 };
  g_autoptr (SondeType) extended
      = sonde_type_new_base (N, "long double", SONDE_ENCODING_FLOAT, FALSE, 16);
  g_autoptr (SondeType) wider = sonde_type_new_base (N, "wide", SONDE_ENCODING_UNSIGNED, FALSE, 20);
  g_autoptr (SondeType) three = sonde_type_new_base (N, "u24", SONDE_ENCODING_UNSIGNED, FALSE, 3);
  g_autoptr (SondeType) array = sonde_type_new_array (NULL, three, 2);
  guint8 back[16];
  SondeValue value;

  g_assert_false (sonde_value_decode (extended, LE, data, 16, &value));
  g_assert_cmpint (value.kind, ==, SONDE_VALUE_RAW);
  g_assert_cmpmem (value.raw, value.raw_size, data, 16);
  g_assert_true (isnan (sonde_value_to_double (&value)));
  g_assert_true (sonde_value_encode (extended, LE, &value, back, 16));
  g_assert_cmpmem (back, 16, data, 16);
  g_assert_false (sonde_value_fits (three, &value));

  g_assert_false (sonde_value_decode (wider, LE, data, 20, &value));
  g_assert_cmpint (value.kind, ==, SONDE_VALUE_NONE);
  g_assert_false (sonde_value_decode (three, LE, data, 3, &value));
  g_assert_cmpint (value.raw_size, ==, 3);
  g_assert_false (sonde_value_decode (array, LE, data, 6, &value));
  g_assert_cmpint (value.kind, ==, SONDE_VALUE_NONE);
}

static void
test_fits (void)
{
  static const struct
  {
    SondeEncoding encoding;
    guint size;
    SondeValue value;
    gboolean fits;
  } fits[] = {
    { U, 1, { UNSIGNED, 0, { .u = 255 } }, TRUE },
    { U, 1, { UNSIGNED, 0, { .u = 256 } }, FALSE },
    { U, 1, { SIGNED, 0, { .i = -1 } }, FALSE },
    { U, 1, { SIGNED, 0, { .i = 7 } }, TRUE },
    { I, 1, { SIGNED, 0, { .i = -128 } }, TRUE },
    { I, 1, { SIGNED, 0, { .i = -129 } }, FALSE },
    { I, 1, { UNSIGNED, 0, { .u = 127 } }, TRUE },
    { I, 1, { UNSIGNED, 0, { .u = 128 } }, FALSE },
    { I, 8, { UNSIGNED, 0, { .u = G_MAXINT64 } }, TRUE },
    { I, 8, { UNSIGNED, 0, { .u = (guint64) G_MAXINT64 + 1 } }, FALSE },
    { U, 8, { UNSIGNED, 0, { .u = G_MAXUINT64 } }, TRUE },
    { U, 1, { SONDE_VALUE_FLOAT64, 0, { .f = 255.0 } }, TRUE },
    { U, 1, { SONDE_VALUE_FLOAT64, 0, { .f = 1.5 } }, FALSE },
    { U, 8, { SONDE_VALUE_FLOAT64, 0, { .f = 18446744073709551616.0 } }, FALSE },
    { I, 8, { SONDE_VALUE_FLOAT64, 0, { .f = -9223372036854775808.0 } }, TRUE },
    { I, 8, { SONDE_VALUE_FLOAT64, 0, { .f = 9223372036854775808.0 } }, FALSE },
    { I, 4, { SONDE_VALUE_FLOAT64, 0, { .f = NAN } }, FALSE },
    { F, 4, { SONDE_VALUE_FLOAT64, 0, { .f = NAN } }, TRUE },
    { F, 4, { UNSIGNED, 0, { .u = 5 } }, TRUE },
    { F, 4, { SONDE_VALUE_NONE, 0, { 0 } }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      g_autoptr (SondeType) type
          = sonde_type_new_base (N, "t", fits[i].encoding, FALSE, fits[i].size);

      if (sonde_value_fits (type, &fits[i].value) != fits[i].fits)
        g_error ("row %u", i);
    }
}

static void
test_bool_and_enum (void)
{
  g_autoptr (SondeType) truth
      = sonde_type_new_base (SONDE_KIND_BOOL, "bool", SONDE_ENCODING_BOOL, FALSE, 1);
  g_autoptr (SondeType) mode = sonde_type_new_enum ("mode", SONDE_ENCODING_UNSIGNED, 1, NULL, 0);
  g_autoptr (SondeType) flag = sonde_type_new_bitfield (truth, 3, 1);
  const SondeValue two = sonde_value_unsigned (2);
  const SondeValue minus = sonde_value_signed (-1);
  const guint8 odd = 2;
  guint8 data;
  SondeValue value;

  /* What a broken firmware left there is shown, but not written. */
  g_assert_true (sonde_value_decode (truth, LE, &odd, 1, &value));
  g_assert_cmpuint (value.u, ==, 2);
  g_assert_false (sonde_value_fits (truth, &two));
  g_assert_false (sonde_value_fits (flag, &two));
  g_assert_true (sonde_value_fits (mode, &minus));
  g_assert_true (sonde_value_encode (mode, LE, &minus, &data, 1));
  g_assert_cmphex (data, ==, 0xff);
}

static void
test_equal (void)
{
  const SondeValue none = SONDE_VALUE_INIT;
  const SondeValue minus = sonde_value_signed (-1), all = sonde_value_unsigned (G_MAXUINT64);
  const SondeValue five = sonde_value_signed (5), also = sonde_value_unsigned (5);
  const SondeValue nan = sonde_value_float (NAN, TRUE), half = sonde_value_float (0.5, TRUE);
  const SondeValue wide = sonde_value_float (0.5, FALSE);
  const SondeValue zero = sonde_value_float (0.0, TRUE), below = sonde_value_float (-0.0, TRUE);

  g_assert_true (sonde_value_equal (&none, &none));
  g_assert_true (sonde_value_equal (&five, &also));
  g_assert_false (sonde_value_equal (&minus, &all));
  g_assert_true (sonde_value_equal (&nan, &nan));
  g_assert_false (sonde_value_equal (&nan, &half));
  g_assert_false (sonde_value_equal (&half, &wide));
  g_assert_false (sonde_value_equal (&zero, &below));
  g_assert_false (sonde_value_equal (&none, &five));
  g_assert_true (isnan (sonde_value_to_double (&none)));
  g_assert_cmpfloat (sonde_value_to_double (&minus), ==, -1.0);
  g_assert_cmpfloat (sonde_value_to_double (&all), ==, 18446744073709551616.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/value/bitfield-among-others", test_bitfield_among_others);
  g_test_add_func ("/value/raw", test_raw);
  g_test_add_func ("/value/fits", test_fits);
  g_test_add_func ("/value/bool-and-enum", test_bool_and_enum);
  g_test_add_func ("/value/equal", test_equal);
  return g_test_run ();
}
