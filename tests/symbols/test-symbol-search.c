/* test-symbol-search.c: a few letters find the variable a person had in mind */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/symbol-cage.h"
#include "symbols/symbol-search.h"

/* The first path shall rank above the second. */
typedef struct
{
  const char *name, *text, *better, *worse;
} Rank;

/* clang-format off */
static const Rank ranks[] = {
  { "/match/words",      "mpidint", "motor.pid.integrator", "motor_speed_limiter_point" },
  { "/match/start",      "mot",     "motor.speed",          "remote" },
  { "/match/run",        "speed",   "motor.speed",          "s.p.e.e.d" },
  { "/match/member",     "kp",      "motor.pid.kp",         "clock.phase" },
  { "/match/whole",      "motor",   "motor",                "motor.speed" },
  { "/match/short",      "adc",     "adc[3]",               "adc_calibration_table[3]" },
  { "/match/case",       "TICKS",   "ticks",                "the_index_of_corks_s" },
  { "/match/camel",      "mk",      "motorKp",              "amok" },
  { "/match/two-words",  "pid axis", "axis[2].pid.ki",      "motor.pid.ki" },
  { "/match/index",      "axis2",   "axis[2].speed",        "axis[0].speed2" },
  { "/match/slip",       "mpidint", "axis[2].pid.integrator", "wave.sine" },
};
/* clang-format on */

static void
test_rank (gconstpointer data)
{
  const Rank *rank = data;

  g_assert_cmpint (sonde_symbol_match (rank->text, rank->better, NULL), !=, G_MININT);
  g_assert_cmpint (sonde_symbol_match (rank->text, rank->better, NULL), >,
                   sonde_symbol_match (rank->text, rank->worse, NULL));
}

static void
test_bits (void)
{
  guint64 bits = 0;

  g_assert_cmpint (sonde_symbol_match ("mpk", "motor.pid.kp", &bits), >, 0);
  g_assert_cmphex (bits, ==, 1 | 1 << 6 | 1 << 10);
  g_assert_cmpint (sonde_symbol_match ("pid mot", "motor.pid.kp", &bits), >, 0);
  g_assert_cmphex (bits, ==, 7 | 7 << 6);
  g_assert_cmpint (sonde_symbol_match ("xyz", "motor.pid.kp", &bits), ==, G_MININT);
  g_assert_cmpint (sonde_symbol_match ("", "motor", &bits), ==, 0);
  g_assert_cmphex (bits, ==, 0);
}

static char *
make_text (GRand *rand, guint most)
{
  static const char letters[] = "ab_A1.";
  const guint length = (guint) g_rand_int_range (rand, 1, (gint32) most);
  char *text = g_new0 (char, length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
  return text;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static guint
find_slip (const SondePattern *pattern, const char *path)
{
  for (guint i = 0; i < pattern->length; i++)
    {
      const SondePattern shorter = sonde_pattern_without (pattern, i);

      if (sonde_pattern_score (&shorter, path, strlen (path), NULL) != G_MININT)
        return i;
    }
  return pattern->length;
}

/* The short ways through many sorted paths say what the long ones say. */
static void
test_short_ways (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  guint n_matches = 0, n_slips = 0;

  for (guint i = 0; i < 2000; i++)
    g_ptr_array_add (paths, make_text (rand, i % 50 == 0 ? 400 : 14));
  g_ptr_array_sort (paths, compare_texts);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = make_text (rand, 8);
      SondePatternMemo memo = { 0 };
      SondePattern pattern;

      sonde_pattern_init (&pattern, text, strlen (text));
      for (guint j = 0; j < paths->len; j++)
        {
          const char *path = g_ptr_array_index (paths, j);
          const gint score = sonde_pattern_score (&pattern, path, strlen (path), NULL);
          const guint slip = sonde_pattern_find_slip (&pattern, path, strlen (path));

          g_assert_cmpint (sonde_pattern_score_next (&pattern, &memo, path, strlen (path)), ==,
                           score);
          g_assert_cmpuint (slip, ==, find_slip (&pattern, path));
          n_matches += score != G_MININT;
          n_slips += slip < pattern.length && score == G_MININT;
        }
    }
  g_assert_cmpuint (n_matches, >, 1000);
  g_assert_cmpuint (n_slips, >, 1000);
}

/* Whatever is typed and whatever is named: no letter is read beyond the path. */
static void
test_lengths (void)
{
  g_autofree char *text = g_strnfill (300, 'a');
  g_autofree char *path = g_strnfill (5000, 'a');
  guint64 bits = 0;

  g_assert_cmpint (sonde_symbol_match (text, path, &bits), >, 0);
  g_assert_cmpint (sonde_symbol_match (path, text, &bits), >, 0);
  g_assert_cmpint (sonde_symbol_match ("a", "", &bits), ==, G_MININT);
  path[4999] = 'z';
  g_assert_cmpint (sonde_symbol_match ("z", path, &bits), >, 0);
}

static SondeSymbolSearch *
make_search (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-dwarf5.elf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return sonde_symbol_search_new (table);
}

typedef struct
{
  const char *name, *text, *first;
} Find;

static const Find finds[] = {
  { "/search/member", "mpidint", "motor.pid.integrator" },
  { "/search/element", "axis2speed", "axis[2].motor.speed" },
  { "/search/root", "matrix", "matrix" },
  { "/search/anonymous", "outer.b", "outer.b" },
  { "/search/type", "motor :float", "motor.speed" },
  { "/search/kind", ":bitfield fwide", "flags.wide" },
  { "/search/static", "stepcalls", "step()::calls" },
};

static void
test_find (gconstpointer data)
{
  const Find *find = data;
  g_autoptr (SondeSymbolSearch) search = make_search ();
  g_autoptr (GArray) hits = sonde_symbol_search_run (search, find->text, 20);
  g_autoptr (SondeVariable) variable = NULL;
  guint index;

  g_assert_cmpuint (hits->len, >, 0);
  g_assert_cmpuint (hits->len, <=, 20);
  for (guint i = 1; i < hits->len; i++)
    g_assert_cmpint (g_array_index (hits, SondeSymbolHit, i - 1).score, >=,
                     g_array_index (hits, SondeSymbolHit, i).score);
  index = g_array_index (hits, SondeSymbolHit, 0).index;
  g_assert_cmpstr (sonde_symbol_search_get_path (search, index), ==, find->first);
  variable = sonde_symbol_search_dup_variable (search, index);
  g_assert_cmpstr (sonde_variable_get_path (variable), ==, find->first);
}

/* Every entry opens as the variable of its path. */
static void
test_entries (void)
{
  g_autoptr (SondeSymbolSearch) search = make_search ();

  g_assert_cmpuint (sonde_symbol_search_get_n (search), >, 100);
  for (guint i = 0; i < sonde_symbol_search_get_n (search); i++)
    {
      g_autoptr (SondeVariable) variable = sonde_symbol_search_dup_variable (search, i);

      g_assert_cmpstr (sonde_variable_get_path (variable), ==,
                       sonde_symbol_search_get_path (search, i));
    }
}

static void
test_address (void)
{
  g_autoptr (SondeSymbolSearch) search = make_search ();
  g_autoptr (GArray) motor = sonde_symbol_search_run (search, "motor", 1);
  g_autoptr (SondeVariable) variable
      = sonde_symbol_search_dup_variable (search, g_array_index (motor, SondeSymbolHit, 0).index);
  const guint64 address = sonde_variable_get_address (variable);
  g_autofree char *inside = g_strdup_printf ("0x%08" G_GINT64_MODIFIER "X", address + 9);
  g_autofree char *prefix = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x..", address >> 8);
  g_autoptr (GArray) hits = sonde_symbol_search_run (search, inside, 20);
  g_autoptr (GArray) many = sonde_symbol_search_run (search, prefix, 1000);

  /* The struct and the one member that lie there. */
  g_assert_cmpuint (hits->len, ==, 2);
  g_assert_cmpuint (many->len, >, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    g_test_add_data_func (ranks[i].name, &ranks[i], test_rank);
  for (guint i = 0; i < G_N_ELEMENTS (finds); i++)
    g_test_add_data_func (finds[i].name, &finds[i], test_find);
  g_test_add_func ("/match/short-ways", test_short_ways);
  g_test_add_func ("/match/bits", test_bits);
  g_test_add_func ("/match/lengths", test_lengths);
  g_test_add_func ("/search/entries", test_entries);
  g_test_add_func ("/search/address", test_address);
  return g_test_run ();
}
