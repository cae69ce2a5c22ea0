/* test-poll-plan.c: places become reads: golden tables */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-plan.h"

#include <string.h>

#define RAM SONDE_MEMORY_RAM
#define ROM SONDE_MEMORY_FLASH
#define REG SONDE_MEMORY_PERIPHERAL
#define MANY_PLACES 12

static const SondeLimits full = { 8, 8, 256, 64, 4096, TRUE, TRUE };
static const SondeLimits narrow = { 8, 4, 32, 3, 4096, TRUE, TRUE };
static const SondeLimits blocks = { 1, 4, 64, 0, 4096, TRUE, FALSE };
static const SondeLimits plain = { 1, 4, 0, 0, 4096, FALSE, FALSE };
static const SondeLimits wide_plain = { 1, 8, 0, 0, 4096, FALSE, FALSE };

typedef struct
{
  const char *name;
  const SondeLimits *limits;
  SondePlace places[MANY_PLACES]; /* up to the first of size 0 */
  const char *expected;
} Case;

static const Case cases[] = {
  { "/plan/nothing", &full, { { 0 } }, "" },
  { "/plan/one", &full, { { 0x100, 4, RAM, 0 } }, "M[100+4]" },
  { "/plan/adjacent", &full, { { 0x104, 4, RAM, 0 }, { 0x100, 4, RAM, 0 } }, "M[100+8]" },
  { "/plan/gap/16", &full, { { 0x100, 4, RAM, 0 }, { 0x114, 4, RAM, 0 } }, "M[100+18]" },
  { "/plan/gap/17", &full, { { 0x100, 4, RAM, 0 }, { 0x115, 4, RAM, 0 } }, "M[100+4 115+4]" },
  { "/plan/overlap", &full, { { 0x100, 8, RAM, 0 }, { 0x104, 2, RAM, 0 } }, "M[100+8]" },
  { "/plan/same-twice", &full, { { 0x100, 4, RAM, 0 }, { 0x100, 4, RAM, 0 } }, "M[100+4]" },
  { "/plan/gap-is-not-ram",
    &full,
    { { 0xf00, 4, RAM, 0 }, { 0xf08, 4, RAM, 0 } },
    "M[f00+4 f08+4]" },
  { "/plan/flash-has-no-gaps",
    &full,
    { { 0x100, 4, ROM, 0 }, { 0x108, 4, ROM, 0 } },
    "M[100+4 108+4]" },
  { "/plan/flash-adjacent", &full, { { 0x100, 4, ROM, 0 }, { 0x104, 4, ROM, 0 } }, "M[100+8]" },
  { "/plan/ram-beside-flash",
    &full,
    { { 0x100, 4, RAM, 0 }, { 0x104, 4, ROM, 0 } },
    "M[100+4 104+4]" },
  { "/plan/registers-one-by-one",
    &full,
    { { 0x104, 2, REG, 0 }, { 0x100, 4, REG, 0 } },
    "U[100+4] U[104+2]" },
  { "/plan/register-in-the-middle",
    &full,
    { { 0x100, 4, RAM, 0 }, { 0x200, 4, REG, 0 }, { 0x300, 4, RAM, 0 } },
    "M[100+4] U[200+4] M[300+4]" },
  { "/plan/same-register-twice",
    &full,
    { { 0x100, 4, REG, 0 }, { 0x100, 4, REG, 0 } },
    "U[100+4]" },
  { "/plan/exact",
    &full,
    { { 0x100, 4, RAM, SONDE_MERGE_EXACT }, { 0x104, 4, RAM, 0 } },
    "M[100+4 104+4]" },
  { "/plan/alone",
    &full,
    { { 0x100, 4, RAM, 0 }, { 0x104, 4, RAM, SONDE_MERGE_ALONE }, { 0x108, 4, RAM, 0 } },
    "M[100+4] M[104+4] M[108+4]" },
  { "/plan/batch-full",
    &narrow,
    { { 0x100, 4, RAM, 0 }, { 0x200, 4, RAM, 0 }, { 0x300, 4, RAM, 0 }, { 0x400, 4, RAM, 0 } },
    "M[100+4 200+4 300+4] M[400+4]" },
  { "/plan/block-full",
    &narrow,
    { { 0x100, 20, RAM, 0 }, { 0x114, 20, RAM, 0 } },
    "M[100+14 114+14]" },
  { "/plan/larger-than-a-block", &narrow, { { 0x100, 40, RAM, 0 } }, "M[100+20 120+8]" },
  { "/plan/blocks",
    &blocks,
    { { 0x100, 4, RAM, 0 }, { 0x108, 4, RAM, 0 }, { 0x200, 4, RAM, 0 } },
    "B[100+c] U[200+4]" },
  { "/plan/plain",
    &plain,
    { { 0x100, 4, RAM, 0 }, { 0x104, 4, RAM, 0 }, { 0x104, 1, RAM, 0 } },
    "U[100+4] U[104+1] U[104+4]" },
  { "/plan/plain/halves", &plain, { { 0x100, 8, RAM, 0 } }, "U[100+4] U[104+4] torn" },
  { "/plan/plain/odd-halves", &plain, { { 0x101, 8, RAM, 0 } }, "U[101+4] U[105+4] torn" },
  { "/plan/plain/whole-64", &wide_plain, { { 0x100, 8, RAM, 0 } }, "U[100+8]" },
  { "/plan/plain/text", &plain, { { 0x101, 7, RAM, 0 } }, "U[101+1] U[102+2] U[104+4] torn" },
};

/* All is RAM up to 0xf00; behind it nobody knows. */
static SondeMemory
memory_of (guint64 address, guint64 size, gpointer user_data)
{
  return address + size <= 0xf00 ? SONDE_MEMORY_RAM : SONDE_MEMORY_PERIPHERAL;
}

static char *
dup_plan_text (SondePollPlan *plan, guint n_places)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sonde_poll_plan_get_n_reads (plan); i++)
    {
      const SondeRead *read = &sonde_poll_plan_get_read (plan, i)->read;

      g_string_append_printf (text, "%s%c[", i > 0 ? " " : "", "UBM"[read->kind]);
      for (guint k = 0; k < read->ranges->len; k++)
        {
          const SondeRange *range = &g_array_index (read->ranges, SondeRange, k);

          g_string_append_printf (text, "%s%" G_GINT64_MODIFIER "x+%x", k > 0 ? " " : "",
                                  range->address, range->size);
        }
      g_string_append_c (text, ']');
    }
  for (guint i = 0; i < n_places; i++)
    if (!sonde_poll_plan_is_atomic (plan, i))
      g_string_append (text, " torn");
  return g_string_free (text, FALSE);
}

/* Each byte of each place comes exactly from where it lies. */
static void
check_slices (SondePollPlan *plan, const SondePlace *places, guint n_places)
{
  g_autofree guint32 *n_bytes = g_new0 (guint32, n_places + 1);

  for (guint i = 0; i < sonde_poll_plan_get_n_reads (plan); i++)
    {
      const SondePlanRead *read = sonde_poll_plan_get_read (plan, i);
      guint32 start = 0;

      for (guint k = 0, range_index = 0; k < read->slices->len; k++)
        {
          const SondeSlice *slice = &g_array_index (read->slices, SondeSlice, k);
          const SondeRange *range = &g_array_index (read->read.ranges, SondeRange, slice->range);

          while (range_index < slice->range)
            start += g_array_index (read->read.ranges, SondeRange, range_index++).size;
          g_assert_cmpuint (range->address + slice->read_offset - start, ==,
                            places[slice->place].address + slice->place_offset);
          g_assert_cmpuint (slice->read_offset + slice->size, <=, read->read.size);
          n_bytes[slice->place] += slice->size;
        }
    }
  for (guint i = 0; i < n_places; i++)
    g_assert_cmpuint (n_bytes[i], ==, places[i].size);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  guint n = 0;
  g_autoptr (SondePollPlan) plan = NULL;
  g_autofree char *text = NULL;

  while (n < MANY_PLACES && test->places[n].size > 0)
    n++;
  plan = sonde_poll_plan_new (test->places, n, test->limits, memory_of, NULL);
  text = dup_plan_text (plan, n);
  g_assert_cmpstr (text, ==, test->expected);
  check_slices (plan, test->places, n);
}

static void
test_no_memory_map (void)
{
  const SondePlace places[] = { { 0x100, 4, RAM, 0 }, { 0x106, 2, RAM, 0 }, { 0x108, 4, RAM, 0 } };
  g_autoptr (SondePollPlan) plan = sonde_poll_plan_new (places, 3, &full, NULL, NULL);
  g_autofree char *text = dup_plan_text (plan, 0);

  g_assert_cmpstr (text, ==, "M[100+4 106+6]");
}

static gsize
count_command_bytes (SondePlanRead *read)
{
  g_autoptr (GString) text = g_string_new (NULL);

  sonde_debug_json_read_many_body (text, &g_array_index (read->read.ranges, SondeRange, 0),
                                   read->read.ranges->len);
  sonde_debug_json_read_many_finish (text, G_MAXINT64);
  return text->len;
}

/* Whatever is watched: no command, and no answer, is longer than the board allows. */
static void
test_message_size (void)
{
  SondeIdentity identity = { .bits = 64, .block = 256, .batch = 64, .msg = 512, .has_seq = TRUE };
  SondeLimits limits = sonde_limits_from_identity (&identity);
  g_autofree SondePlace *places = g_new0 (SondePlace, 200);
  g_autoptr (SondePollPlan) plan = NULL;

  for (guint i = 0; i < 200; i++)
    places[i] = (SondePlace){ 0x20000000 + g_test_rand_int_range (0, 9000), 1u << i % 6, RAM, 0 };
  plan = sonde_poll_plan_new (places, 200, &limits, NULL, NULL);
  check_slices (plan, places, 200);
  g_assert_cmpuint (sonde_poll_plan_get_n_reads (plan), >, 1);
  for (guint i = 0; i < sonde_poll_plan_get_n_reads (plan); i++)
    {
      SondePlanRead *read = sonde_poll_plan_get_read (plan, i);
      gsize answer = strlen ("{\"res\":\"mem_read_many\",\"seq\":9223372036854775807,"
                             "\"t\":4294967295,\"data\":\"\"}\n")
                     + (read->read.size + 2) / 3 * 4;

      g_assert_cmpuint (count_command_bytes (read), <=, 512);
      g_assert_cmpuint (answer, <=, 512);
      g_assert_cmpuint (read->read.ranges->len, <=, 64);
    }
}

static void
test_order_does_not_matter (void)
{
  SondePlace places[40];
  g_autofree char *first = NULL;

  for (guint i = 0; i < 40; i++)
    places[i] = (SondePlace){ (guint64) g_test_rand_int_range (0, 1000), 4, RAM, 0 };
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (SondePollPlan) plan = sonde_poll_plan_new (places, 40, &full, memory_of, NULL);
      g_autofree char *text = dup_plan_text (plan, 0);

      if (first == NULL)
        first = g_strdup (text);
      g_assert_cmpstr (text, ==, first);
      for (guint i = 0; i < 40; i++)
        {
          guint other = (guint) g_test_rand_int_range (0, 40);
          SondePlace place = places[i];

          places[i] = places[other];
          places[other] = place;
        }
    }
}

static void
test_limits (void)
{
  SondeIdentity absurd = { .batch = G_MAXUINT, .block = G_MAXUINT, .msg = G_MAXUINT, .bits = 64 };
  SondeIdentity tiny = { .batch = 64, .block = 256, .msg = 20, .has_seq = TRUE };
  SondeLimits limits = sonde_limits_from_identity (&(SondeIdentity){ 0 });

  g_assert_cmpuint (limits.window, ==, 1);
  g_assert_cmpuint (limits.max_unit, ==, 4);
  g_assert_cmpuint (limits.batch, ==, 0);
  g_assert_cmpuint (limits.block, ==, 0);
  limits = sonde_limits_from_identity (&absurd);
  g_assert_cmpuint (limits.message_bytes, <=, 65535);
  g_assert_cmpuint (limits.block, <, 65535 / 4 * 3);
  limits = sonde_limits_from_identity (&tiny);
  g_assert_cmpuint (limits.window, ==, 8);
  g_assert_cmpuint (limits.batch, ==, 0);
}

/* An address space ends somewhere: nothing overflows there. */
static void
test_end_of_memory (void)
{
  const SondePlace places[] = { { G_MAXUINT64 - 3, 4, RAM, 0 }, { 0, 4, RAM, 0 } };
  g_autoptr (SondePollPlan) plan = sonde_poll_plan_new (places, 2, &full, NULL, NULL);
  g_autofree char *text = dup_plan_text (plan, 2);

  g_assert_cmpstr (text, ==, "M[0+4 fffffffffffffffc+4]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/plan/no-memory-map", test_no_memory_map);
  g_test_add_func ("/plan/message-size", test_message_size);
  g_test_add_func ("/plan/order", test_order_does_not_matter);
  g_test_add_func ("/plan/limits", test_limits);
  g_test_add_func ("/plan/end-of-memory", test_end_of_memory);
  return g_test_run ();
}
