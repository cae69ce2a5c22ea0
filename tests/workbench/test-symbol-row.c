/* test-symbol-row.c: rows open into members, ranges of elements, and what pointers point to */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/symbol-list.h"
#include "workbench/symbol-row.h"

#include <string.h>

#include "tests/workbench/browser-fixture.h"

static SondeSymbolTable *table;

static SondeSymbolRow *
new_root (const char *path)
{
  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    if (g_str_equal (sonde_symbol_table_get_path (table, i), path))
      return sonde_symbol_row_new (table, i, sonde_symbol_table_dup_variable (table, i), 0);
  g_error ("%s: not in the fixture", path);
}

static SondeSymbolRow *
dup_child (SondeSymbolRow *row, guint position)
{
  g_autoptr (GListModel) children = sonde_symbol_row_create_children (row);

  g_assert_nonnull (children);
  return g_list_model_get_item (children, position);
}

static guint
count_children (SondeSymbolRow *row)
{
  g_autoptr (GListModel) children = sonde_symbol_row_create_children (row);

  return children == NULL ? 0 : g_list_model_get_n_items (children);
}

static void
test_members (void)
{
  g_autoptr (SondeSymbolRow) motor = new_root ("motor");
  g_autoptr (SondeSymbolRow) first = dup_child (motor, 0);
  g_autoptr (SondeSymbolRow) pid = dup_child (first, 1);
  g_autoptr (SondeSymbolRow) kp = dup_child (pid, 0);
  guint64 address = 0, size = 0, base = 0;
  guint line = 0;

  g_assert_cmpuint (count_children (motor), ==, 3);
  g_assert_cmpstr (sonde_symbol_row_get_label (first), ==, "[0]");
  g_assert_cmpstr (sonde_symbol_row_get_label (pid), ==, "pid");
  g_assert_cmpstr (sonde_symbol_row_get_path (kp), ==, "motor[0].pid.kp");
  g_assert_cmpstr (sonde_symbol_row_get_label (kp), ==, "kp");
  g_assert_true (sonde_symbol_row_is_leaf (kp));
  g_assert_false (sonde_symbol_row_is_leaf (pid));
  g_assert_cmpuint (count_children (kp), ==, 0);
  g_assert_true (sonde_symbol_row_get_place (motor, &base, &size));
  g_assert_true (sonde_symbol_row_get_place (kp, &address, &size));
  g_assert_cmpuint (address - base, ==, 4);
  g_assert_cmpuint (size, ==, 4);
  g_assert_true (g_str_has_suffix (sonde_symbol_row_get_source (kp, &line), "/browser.c"));
  g_assert_cmpuint (line, >, 0);
  g_assert_cmpint (sonde_symbol_row_get_section_kind (kp), ==, SONDE_SECTION_DATA);
}

static void
test_ranges (void)
{
  g_autoptr (SondeSymbolRow) row = new_root ("long_row");
  g_autoptr (SondeSymbolRow) last = dup_child (row, 2);
  g_autoptr (SondeSymbolRow) element = dup_child (last, 49);
  guint64 address = 0, size = 0, base = 0;

  g_assert_cmpuint (count_children (row), ==, 3);
  g_assert_cmpstr (sonde_symbol_row_get_label (last), ==, "[200..249]");
  g_assert_cmpstr (sonde_symbol_row_get_path (last), ==, "long_row[200..249]");
  g_assert_false (sonde_symbol_row_is_leaf (last));
  g_assert_true (sonde_symbol_row_get_place (row, &base, &size));
  g_assert_true (sonde_symbol_row_get_place (last, &address, &size));
  g_assert_cmpuint (address - base, ==, 400);
  g_assert_cmpuint (size, ==, 100);
  g_assert_cmpuint (count_children (last), ==, 50);
  g_assert_cmpstr (sonde_symbol_row_get_path (element), ==, "long_row[249]");
}

/* 8 million elements; only what is looked at is made. */
static void
test_bomb (void)
{
  g_autoptr (SondeSymbolRow) row = new_root ("g_bomb");
  g_autoptr (SondeSymbolRow) range = dup_child (row, 10);
  g_autoptr (SondeSymbolRow) plane = dup_child (range, 23);
  g_autoptr (SondeSymbolRow) lines = dup_child (plane, 0);
  g_autoptr (SondeSymbolRow) line = dup_child (lines, 99);
  g_autoptr (SondeSymbolRow) byte = dup_child (line, 7);

  g_assert_cmpuint (count_children (row), ==, 11);
  g_assert_cmpstr (sonde_symbol_row_get_label (range), ==, "[1000..1023]");
  g_assert_cmpstr (sonde_symbol_row_get_label (plane), ==, "[1023]");
  g_assert_cmpstr (sonde_symbol_row_get_path (byte), ==, "g_bomb[1023][99][7]");
}

static void
test_huge_array (void)
{
  g_autoptr (SondeType) byte
      = sonde_type_new_base (SONDE_KIND_NUMBER, "u8", SONDE_ENCODING_UNSIGNED, FALSE, 1);
  g_autoptr (SondeType) type = sonde_type_new_array (NULL, byte, 3000000000u);
  const SondeVariableInfo info = { .path = "huge", .type = type, .byte_order = G_LITTLE_ENDIAN };
  g_autoptr (SondeSymbolRow) row = sonde_symbol_row_new (NULL, 0, sonde_variable_new (&info), 0);
  SondeSymbolRow *at = g_object_ref (row);

  for (guint level = 0; level < 10 && !sonde_symbol_row_is_leaf (at); level++)
    {
      const guint n = count_children (at);
      g_autoptr (SondeSymbolRow) parent = at;

      g_assert_cmpuint (n, >, 0);
      g_assert_cmpuint (n, <=, 1000);
      at = dup_child (parent, n - 1);
    }
  g_assert_cmpstr (sonde_symbol_row_get_path (at), ==, "huge[2999999999]");
  g_object_unref (at);
}

static void
test_pointers (void)
{
  g_autoptr (SondeSymbolRow) head = new_root ("head");
  g_autoptr (SondeSymbolRow) pid = dup_child (head, 1);
  g_autoptr (SondeSymbolRow) kp = dup_child (pid, 0);
  g_autoptr (SondeSymbolRow) next = dup_child (head, 2);
  g_autoptr (SondeSymbolRow) far = dup_child (next, 0);
  g_autoptr (SondeSymbolRow) number = new_root ("number");
  g_autoptr (SondeSymbolRow) target = dup_child (number, 0);
  guint64 address = 0, size = 0;

  g_assert_true (sonde_symbol_row_is_leaf (head));
  g_assert_cmpstr (sonde_symbol_row_get_path (pid), ==, "head->pid");
  g_assert_cmpstr (sonde_symbol_row_get_label (pid), ==, "->pid");
  g_assert_cmpstr (sonde_symbol_row_get_label (kp), ==, "kp");
  g_assert_cmpstr (sonde_symbol_row_get_path (far), ==, "head->next->speed");
  g_assert_false (sonde_symbol_row_get_place (kp, &address, &size));
  g_assert_cmpuint (count_children (number), ==, 1);
  g_assert_cmpstr (sonde_symbol_row_get_path (target), ==, "*number");
  g_assert_cmpuint (count_children (target), ==, 0);
}

static void
test_unpolled (void)
{
  g_autoptr (SondeSymbolRow) row = new_root ("per_thread");
  g_autofree char *line = sonde_symbol_row_dup_tsv (row);
  guint64 address = 0, size = 0;

  g_assert_nonnull (strstr (sonde_symbol_row_get_why (row), "thread"));
  g_assert_false (sonde_symbol_row_get_place (row, &address, &size));
  g_assert_true (g_str_has_prefix (line, "per_thread\tint\t\t4\t"));
}

static void
test_functions (void)
{
  g_autoptr (SondeSymbolIndex) index = sonde_symbol_index_new (table);
  const guint n = sonde_symbol_index_get_n_variables (index);
  SondeSymbolItem item;

  for (guint i = 0; i < sonde_symbol_index_get_n_functions (index); i++)
    {
      g_autoptr (SondeSymbolRow) row = NULL;
      g_autofree char *line = NULL;

      sonde_symbol_index_get_item (index, n + i, &item);
      if (!g_str_equal (item.path, "step_motor"))
        continue;
      row = sonde_symbol_row_new_function (table, &item, 0);
      line = sonde_symbol_row_dup_tsv (row);
      g_assert_cmpstr (sonde_symbol_row_get_label (row), ==, "step_motor()");
      g_assert_null (sonde_symbol_row_get_variable (row));
      g_assert_false (sonde_symbol_row_is_leaf (row));
      g_assert_cmpuint (count_children (row), ==, 0);
      g_assert_nonnull (strstr (line, "\t.text\tbrowser.c"));
      return;
    }
  g_assert_not_reached ();
}

static void
test_added_by_hand (void)
{
  g_autoptr (SondeSymbolList) list = sonde_symbol_list_new ();
  g_autoptr (SondeSymbolList) beside = sonde_symbol_list_new_beside (list);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  g_autoptr (SondeType) byte
      = sonde_type_new_base (SONDE_KIND_NUMBER, "u8", SONDE_ENCODING_UNSIGNED, FALSE, 1);
  const SondeVariableInfo info = { .path = "status", .type = byte, .address = 0x40001000 };
  g_autoptr (SondeSymbolRow) group = NULL;
  g_autoptr (SondeSymbolRow) row = NULL;

  g_ptr_array_add (entries, sonde_variable_new (&info));
  sonde_symbol_list_set_entries (list, entries);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  group = g_list_model_get_item (G_LIST_MODEL (list), 0);
  row = dup_child (group, 0);
  g_assert_cmpstr (sonde_symbol_row_get_label (group), ==, "Memory Map");
  g_assert_false (sonde_symbol_row_is_leaf (group));
  g_assert_cmpstr (sonde_symbol_row_get_path (row), ==, "status");
  g_assert_true (sonde_symbol_row_is_leaf (row));
  sonde_symbol_list_set_active (beside, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (beside)), ==, 1);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  table = load_browser_fixture ();
  g_test_add_func ("/symbol-row/members", test_members);
  g_test_add_func ("/symbol-row/ranges", test_ranges);
  g_test_add_func ("/symbol-row/bomb", test_bomb);
  g_test_add_func ("/symbol-row/huge-array", test_huge_array);
  g_test_add_func ("/symbol-row/pointers", test_pointers);
  g_test_add_func ("/symbol-row/unpolled", test_unpolled);
  g_test_add_func ("/symbol-row/functions", test_functions);
  g_test_add_func ("/symbol-row/added-by-hand", test_added_by_hand);
  status = g_test_run ();
  sonde_symbol_table_unref (table);
  return status;
}
