/* test-block.c: samples at their own width, times without a column where they are even */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/block.h"

#include <math.h>

#define N SONDE_BLOCK_SAMPLES

typedef struct
{
  const char *name;
  gint64 step_us;
  guint jitter_us;
  gint64 jump_us; /* once, in the middle */
  SondeTimesForm form;
} Spacing;

static const Spacing spacings[] = {
  { "/block/times/even", 1000, 0, 0, SONDE_TIMES_EVEN },
  { "/block/times/equal", 0, 0, 0, SONDE_TIMES_EVEN },
  { "/block/times/near", 1000, 40, 0, SONDE_TIMES_NEAR },
  { "/block/times/loose", 1000, 900, 0, SONDE_TIMES_LOOSE },
  { "/block/times/wide", 1000, 0, 40000000, SONDE_TIMES_WIDE },
  { "/block/times/whole", 1000, 0, G_GINT64_CONSTANT (40000000000), SONDE_TIMES_WHOLE },
};

static void
fill_times (const Spacing *spacing, gint64 times[N])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < N; i++)
    times[i]
        = G_GINT64_CONSTANT (1700000000000000) + i * spacing->step_us
          + (i >= N / 2 ? spacing->jump_us : 0)
          + (spacing->jitter_us > 0 ? g_rand_int_range (rand, 0, (gint32) spacing->jitter_us) : 0);
}

static void
test_times (gconstpointer data)
{
  const Spacing *spacing = data;
  gint64 times[N];
  guint8 values[N] = { 0 };
  g_autoptr (SondeBlock) block = NULL;

  fill_times (spacing, times);
  block = sonde_block_new (SONDE_SAMPLE_U8, N, times, values);
  g_assert_cmpint (block->times_form, ==, spacing->form);
  for (guint i = 0; i < N; i++)
    g_assert_cmpint (sonde_block_get_time (block, i), ==, times[i]);
  g_assert_cmpuint (sonde_block_find (block, times[0] - 1), ==, 0);
  g_assert_cmpuint (sonde_block_find (block, times[N - 1] + 1), ==, N);
  for (guint i = 1; i < N; i += 37)
    if (times[i] > times[i - 1])
      {
        g_assert_cmpuint (sonde_block_find (block, times[i]), ==, i);
        g_assert_cmpuint (sonde_block_find (block, times[i - 1] + 1), ==, i);
      }
}

/* An hour of ten floats at 1 kHz has to stay near four bytes a sample. */
static void
test_size (void)
{
  gint64 times[N];
  float values[N] = { 0 };
  g_autoptr (SondeBlock) block = NULL;

  fill_times (&spacings[0], times);
  block = sonde_block_new (SONDE_SAMPLE_F32, N, times, values);
  g_assert_cmpuint (sonde_block_get_bytes (block), <, N * 5);
}

static void
test_forms (void)
{
  static const struct
  {
    SondeSampleForm form;
    SondeValue value;
    guint width;
  } cases[] = {
    { SONDE_SAMPLE_S8, { SONDE_VALUE_SIGNED, 0, { .i = -128 } }, 1 },
    { SONDE_SAMPLE_S16, { SONDE_VALUE_SIGNED, 0, { .i = -32768 } }, 2 },
    { SONDE_SAMPLE_S32, { SONDE_VALUE_SIGNED, 0, { .i = G_MININT32 } }, 4 },
    { SONDE_SAMPLE_S64, { SONDE_VALUE_SIGNED, 0, { .i = G_MININT64 } }, 8 },
    { SONDE_SAMPLE_U8, { SONDE_VALUE_UNSIGNED, 0, { .u = 255 } }, 1 },
    { SONDE_SAMPLE_U16, { SONDE_VALUE_UNSIGNED, 0, { .u = 65535 } }, 2 },
    { SONDE_SAMPLE_U32, { SONDE_VALUE_UNSIGNED, 0, { .u = G_MAXUINT32 } }, 4 },
    { SONDE_SAMPLE_U64, { SONDE_VALUE_UNSIGNED, 0, { .u = G_MAXUINT64 } }, 8 },
    { SONDE_SAMPLE_F32, { SONDE_VALUE_FLOAT32, 0, { .f = 0.1f } }, 4 },
    { SONDE_SAMPLE_F64, { SONDE_VALUE_FLOAT64, 0, { .f = 0.1 } }, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 cells[2] = { 0 };
      SondeValue back;

      g_assert_cmpuint (sonde_sample_width (cases[i].form), ==, cases[i].width);
      g_assert_true (sonde_sample_store (cases[i].form, cells, 1, &cases[i].value));
      back = sonde_sample_load (cases[i].form, cells, 1);
      g_assert_true (sonde_value_equal (&back, &cases[i].value));
      g_assert_cmpfloat (sonde_sample_to_double (cases[i].form, cells, 1), ==,
                         sonde_value_to_double (&cases[i].value));
    }
}

static void
test_no_number (void)
{
  const SondeValue none = SONDE_VALUE_INIT;
  guint64 cell = 5;

  g_assert_false (sonde_sample_store (SONDE_SAMPLE_U64, &cell, 0, &none));
  g_assert_cmpuint (cell, ==, 5);
}

static void
test_form_of_type (void)
{
  g_autoptr (SondeType) u32
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint32_t", SONDE_ENCODING_UNSIGNED, FALSE, 4);
  g_autoptr (SondeType) s32
      = sonde_type_new_base (SONDE_KIND_NUMBER, "int32_t", SONDE_ENCODING_SIGNED, TRUE, 4);
  g_autoptr (SondeType) single
      = sonde_type_new_base (SONDE_KIND_NUMBER, "float", SONDE_ENCODING_FLOAT, TRUE, 4);
  g_autoptr (SondeType) level = sonde_type_new_bitfield (s32, 4, 4);
  g_autoptr (SondeType) wide = sonde_type_new_bitfield (u32, 8, 20);

  g_assert_cmpint (sonde_sample_form_of (u32), ==, SONDE_SAMPLE_U32);
  g_assert_cmpint (sonde_sample_form_of (single), ==, SONDE_SAMPLE_F32);
  g_assert_cmpint (sonde_sample_form_of (level), ==, SONDE_SAMPLE_S8);
  g_assert_cmpint (sonde_sample_form_of (wide), ==, SONDE_SAMPLE_U32);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spacings); i++)
    g_test_add_data_func (spacings[i].name, &spacings[i], test_times);
  g_test_add_func ("/block/size", test_size);
  g_test_add_func ("/block/forms", test_forms);
  g_test_add_func ("/block/no-number", test_no_number);
  g_test_add_func ("/block/form-of-type", test_form_of_type);
  return g_test_run ();
}
