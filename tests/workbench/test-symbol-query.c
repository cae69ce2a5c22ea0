/* test-symbol-query.c: filters, order and search over one index */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/symbol-query.h"

#include <string.h>

#include "tests/workbench/browser-fixture.h"

typedef struct
{
  const char *name;
  SondeSymbolQuery query;
  const char *first;  /* path of the first row; NULL: no rows */
  const char *has;    /* (nullable) a path that is there */
  const char *has_no; /* (nullable) a path that is not */
} Case;

/* clang-format off */
static const Case cases[] = {
  { "/symbol-query/roots", { .text = "", .set = SONDE_SYMBOLS_DATA }, "counter", "motor", "motor[0].speed" },
  { "/symbol-query/flat", { .text = "", .set = SONDE_SYMBOLS_DATA, .is_flat = TRUE }, "counter", "motor[2].pid.mode", "step_motor" },
  { "/symbol-query/all-has-functions", { .text = "", .set = SONDE_SYMBOLS_ALL }, NULL, "step_motor", NULL },
  { "/symbol-query/functions", { .text = "", .set = SONDE_SYMBOLS_FUNCTIONS }, NULL, "step_motor", "motor" },
  { "/symbol-query/variables-change", { .text = "", .set = SONDE_SYMBOLS_VARIABLES }, "counter", "motor", "limits" },
  { "/symbol-query/constants", { .text = "", .set = SONDE_SYMBOLS_CONSTANTS }, NULL, "limits", "motor" },
  { "/symbol-query/kind-finds-members", { .text = "", .set = SONDE_SYMBOLS_DATA, .kinds = 1u << SONDE_KIND_BITFIELD }, "motor[0].pid.on", "motor[1].pid.mode", "motor" },
  { "/symbol-query/kind-of-elements", { .text = "", .set = SONDE_SYMBOLS_DATA, .kinds = 1u << SONDE_KIND_CHAR }, "name", NULL, "motor" },
  { "/symbol-query/type", { .text = "", .set = SONDE_SYMBOLS_DATA, .type = "FLOAT" }, "motor[0].speed", "motor[2].pid.ki", "counter" },
  { "/symbol-query/file", { .text = "", .set = SONDE_SYMBOLS_DATA, .file = "Browser.c" }, "counter", "motor", NULL },
  { "/symbol-query/no-such-file", { .text = "", .set = SONDE_SYMBOLS_DATA, .file = "other.c" }, NULL, NULL, "motor" },
  { "/symbol-query/memory", { .text = "", .set = SONDE_SYMBOLS_DATA, .memories = 1u << SONDE_MEMORY_FLASH }, NULL, "limits", "motor" },
  { "/symbol-query/unpolled", { .text = "", .set = SONDE_SYMBOLS_DATA }, NULL, "per_thread", NULL },
  { "/symbol-query/hide-unpolled", { .text = "", .set = SONDE_SYMBOLS_DATA, .hides_unpolled = TRUE }, NULL, "motor", "per_thread" },
  { "/symbol-query/search", { .text = "m0spd", .set = SONDE_SYMBOLS_ALL }, "motor[0].speed", NULL, "counter" },
  { "/symbol-query/search-function", { .text = "stepmot", .set = SONDE_SYMBOLS_ALL }, "step_motor", NULL, NULL },
  { "/symbol-query/search-no-functions", { .text = "stepmot", .set = SONDE_SYMBOLS_DATA }, NULL, NULL, "step_motor" },
  { "/symbol-query/search-and-kind", { .text = "motor", .set = SONDE_SYMBOLS_ALL, .kinds = 1u << SONDE_KIND_POINTER }, "motor[0].next", NULL, "motor[0].speed" },
  { "/symbol-query/type-word-of-functions", { .text = ":function", .set = SONDE_SYMBOLS_ALL }, NULL, "main", "motor" },
  { "/symbol-query/largest", { .text = "", .set = SONDE_SYMBOLS_ALL, .column = SONDE_SYMBOL_COLUMN_SIZE, .is_falling = TRUE }, "g_bomb", NULL, NULL },
  { "/symbol-query/path-falling", { .text = "motor", .set = SONDE_SYMBOLS_DATA, .column = SONDE_SYMBOL_COLUMN_PATH, .is_falling = TRUE }, "motor[2].id", NULL, NULL },
  { "/symbol-query/path-rising", { .text = "motor", .set = SONDE_SYMBOLS_DATA, .column = SONDE_SYMBOL_COLUMN_PATH }, "motor", NULL, NULL },
};
/* clang-format on */

static SondeSymbolIndex *the_index;

static const char *
get_path (guint id)
{
  SondeSymbolItem item;

  sonde_symbol_index_get_item (the_index, id, &item);
  return item.path;
}

static gboolean
holds (GArray *ids, const char *path)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_str_equal (get_path (g_array_index (ids, guint32, i)), path))
      return TRUE;
  return FALSE;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  guint n_found = 0;
  g_autoptr (GArray) ids = sonde_symbol_query_run (&test->query, the_index, &n_found);

  g_assert_cmpuint (n_found, ==, ids->len);
  if (test->first != NULL)
    {
      g_assert_cmpuint (ids->len, >, 0);
      g_assert_cmpstr (get_path (g_array_index (ids, guint32, 0)), ==, test->first);
    }
  if (test->has != NULL)
    g_assert_true (holds (ids, test->has));
  if (test->has_no != NULL)
    g_assert_false (holds (ids, test->has_no));
}

/* Whatever the column, rows stand in its order and none is lost. */
static void
test_orders (void)
{
  const SondeSymbolQuery all = { .text = "", .is_flat = TRUE };
  guint n = 0, n_found = 0;

  g_array_unref (sonde_symbol_query_run (&all, the_index, &n));
  for (SondeSymbolColumn column = SONDE_SYMBOL_COLUMN_PATH; column <= SONDE_SYMBOL_COLUMN_SOURCE;
       column++)
    {
      SondeSymbolQuery query = all;
      g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
      g_autoptr (GArray) ids = NULL;
      SondeSymbolItem before = { 0 }, item;

      query.column = column;
      ids = sonde_symbol_query_run (&query, the_index, &n_found);
      g_assert_cmpuint (ids->len, ==, n);
      for (guint i = 0; i < ids->len; i++)
        {
          const guint32 id = g_array_index (ids, guint32, i);

          g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (id + 1)));
          sonde_symbol_index_get_item (the_index, id, &item);
          if (column == SONDE_SYMBOL_COLUMN_SIZE && i > 0)
            g_assert_cmpuint (item.size, >=, before.size);
          if (column == SONDE_SYMBOL_COLUMN_ADDRESS && i > 0 && item.why[0] == '\0')
            g_assert_cmpuint (item.address, >=, before.address);
          if (column == SONDE_SYMBOL_COLUMN_TYPE && i > 0)
            g_assert_cmpint (g_ascii_strcasecmp (item.type_name, before.type_name), >=, 0);
          before = item;
        }
    }
}

static void
test_best_hits (void)
{
  const SondeSymbolQuery query
      = { .text = "o", .set = SONDE_SYMBOLS_ALL, .is_flat = TRUE, .max_hits = 5 };
  guint n_found = 0;
  g_autoptr (GArray) ids = sonde_symbol_query_run (&query, the_index, &n_found);

  g_assert_cmpuint (ids->len, ==, 5);
  g_assert_cmpuint (n_found, >, 20);
}

static void
test_copies (void)
{
  const SondeSymbolQuery query = { .text = "a", .type = "b", .column = SONDE_SYMBOL_COLUMN_SIZE };
  g_autoptr (SondeSymbolQuery) copy = sonde_symbol_query_copy (&query);

  g_assert_true (sonde_symbol_query_equal (&query, copy));
  copy->is_falling = TRUE;
  g_assert_false (sonde_symbol_query_equal (&query, copy));
  g_assert_true (sonde_symbol_query_is_filtered (copy));
  g_assert_false (sonde_symbol_query_is_filtered (&(SondeSymbolQuery){ .text = "a" }));
}

static void
test_find (void)
{
  SondeSymbolItem item;
  guint id = 0, other = 0;

  for (id = 0; !g_str_equal (get_path (id), "motor"); id++)
    ;
  sonde_symbol_index_get_item (the_index, id, &item);
  g_assert_true (sonde_symbol_index_find (the_index, item.address, "motor", &other));
  g_assert_cmpuint (other, ==, id);
  g_assert_true (sonde_symbol_index_find (the_index, item.address, "another name", &other));
  g_assert_cmpuint (other, ==, id);
  g_assert_false (sonde_symbol_index_find (the_index, 1, "motor", &other));
  g_assert_cmpint (sonde_section_kind_of (sonde_symbol_index_get_table (the_index), ".bss"), ==,
                   SONDE_SECTION_ZEROED);
  g_assert_cmpint (sonde_section_kind_of (sonde_symbol_index_get_table (the_index), ".text"), ==,
                   SONDE_SECTION_CODE);
  g_assert_cmpint (sonde_section_kind_of (sonde_symbol_index_get_table (the_index), ".data"), ==,
                   SONDE_SECTION_DATA);
  g_assert_cmpint (sonde_section_kind_of (sonde_symbol_index_get_table (the_index), ".rodata"), ==,
                   SONDE_SECTION_CONSTANT);
  g_assert_cmpint (sonde_section_kind_of (sonde_symbol_index_get_table (the_index), ""), ==,
                   SONDE_SECTION_OTHER);
}

int
main (int argc, char **argv)
{
  g_autoptr (SondeSymbolTable) table = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  table = load_browser_fixture ();
  the_index = sonde_symbol_index_new (table);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/symbol-query/orders", test_orders);
  g_test_add_func ("/symbol-query/best-hits", test_best_hits);
  g_test_add_func ("/symbol-query/copies", test_copies);
  g_test_add_func ("/symbol-query/find", test_find);
  status = g_test_run ();
  sonde_symbol_index_unref (the_index);
  return status;
}
