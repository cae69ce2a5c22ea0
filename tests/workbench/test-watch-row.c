/* test-watch-row.c: states of a cell, members that open, who is asked to poll */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "workbench/watch-row.h"

typedef struct
{
  guint n_started, n_rested, n_stopped;
} Host;

static void
on_start (gpointer host, SondeWatchRow *row)
{
  ((Host *) host)->n_started++;
}

static void
on_rest (gpointer host, SondeWatchRow *row)
{
  ((Host *) host)->n_rested++;
}

static void
on_stop (gpointer host, SondeWatchRow *row)
{
  ((Host *) host)->n_stopped++;
}

static const SondeWatchHost watch_host = { on_start, on_rest, on_stop };
static const SondeWatchBoard here = { TRUE, FALSE };

static SondeVariable *
make_variable (SondeType *type, gboolean is_writable)
{
  SondeVariableInfo info = { .path = "v",
                             .address = 0x20000000,
                             .type = type,
                             .byte_order = G_LITTLE_ENDIAN,
                             .pointer_size = 4,
                             .is_writable = is_writable };

  return sonde_variable_new (&info);
}

static SondeType *
make_u8 (void)
{
  return sonde_type_new_base (SONDE_KIND_NUMBER, "uint8_t", SONDE_ENCODING_UNSIGNED, FALSE, 1);
}

static SondeWatchRow *
make_row (Host *host, gboolean is_writable)
{
  g_autoptr (SondeType) type = make_u8 ();
  g_autoptr (SondeVariable) variable = make_variable (type, is_writable);
  SondeWatchRow *row = sonde_watch_row_new (&watch_host, host, "v", 10);

  sonde_watch_row_set_device (row, "board");
  sonde_watch_row_set_variable (row, variable, NULL);
  sonde_watch_row_take_board (row, &here);
  return row;
}

static void
give_sample (SondeWatchRow *row, guint64 value, const char *problem)
{
  SondeWatchState state
      = { .sequence = value + 1, .has_value = TRUE, .received_us = sonde_clock_now_us () };

  state.value = sonde_value_unsigned (value);
  if (problem != NULL)
    g_strlcpy (state.error, problem, sizeof state.error);
  sonde_watch_row_take_news (row, &state, NULL, NULL);
}

static void
assert_text (SondeWatchRow *row, const char *wanted)
{
  g_autofree char *text = sonde_watch_row_dup_value_text (row);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_states (void)
{
  Host host = { 0 };
  g_autoptr (SondeWatchRow) row = make_row (&host, TRUE);
  static const SondeWatchBoard gone = { FALSE, FALSE };

  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_EMPTY);
  assert_text (row, "");
  give_sample (row, 41, NULL);
  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_FRESH);
  assert_text (row, "41");
  sonde_watch_row_set_format (row, SONDE_FORMAT_HEX);
  assert_text (row, "0x29");
  sonde_watch_row_set_format (row, SONDE_FORMAT_AUTO);
  sonde_clock_turn_us (2 * G_USEC_PER_SEC);
  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_STALE);
  give_sample (row, 42, NULL);
  sonde_watch_row_take_board (row, &gone);
  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_STALE);
  assert_text (row, "42");
}

static void
test_failed_read_keeps_value (void)
{
  Host host = { 0 };
  g_autoptr (SondeWatchRow) row = make_row (&host, TRUE);

  give_sample (row, 7, "RANGE: not readable");
  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_FAILED);
  assert_text (row, "7");
  g_assert_cmpstr (sonde_watch_row_get_problem (row), ==, "RANGE: not readable");
}

static void
test_write (void)
{
  Host host = { 0 };
  g_autoptr (SondeWatchRow) row = make_row (&host, TRUE);
  g_autoptr (GBytes) read_back = g_bytes_new ("\x09", 1);

  give_sample (row, 7, NULL);
  sonde_watch_row_take_pending (row, "9");
  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_PENDING);
  assert_text (row, "9");
  sonde_watch_row_take_written (row, NULL, "refused");
  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_FAILED);
  assert_text (row, "7");
  g_assert_cmpstr (sonde_watch_row_get_problem (row), ==, "refused");
  sonde_watch_row_take_pending (row, "9");
  sonde_watch_row_take_written (row, read_back, NULL);
  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_FRESH);
  assert_text (row, "9");
}

static void
test_editable (void)
{
  Host host = { 0 };
  g_autoptr (SondeWatchRow) row = make_row (&host, TRUE);
  g_autoptr (SondeWatchRow) constant = make_row (&host, FALSE);
  static const SondeWatchBoard other = { TRUE, TRUE };
  const char *why = NULL;

  g_assert_true (sonde_watch_row_is_editable (row, &why));
  g_assert_null (why);
  sonde_watch_row_take_board (row, &other);
  g_assert_false (sonde_watch_row_is_editable (row, &why));
  g_assert_nonnull (strstr (why, "other firmware"));
  g_assert_false (sonde_watch_row_is_editable (constant, &why));
  g_assert_nonnull (strstr (why, "constant"));
}

static void
test_children (void)
{
  Host host = { 0 };
  g_autoptr (SondeType) element = make_u8 ();
  g_autoptr (SondeType) array = sonde_type_new_array (NULL, element, 1000);
  g_autoptr (SondeVariable) variable = make_variable (array, TRUE);
  g_autoptr (SondeWatchRow) row = sonde_watch_row_new (&watch_host, &host, "v", 10);
  g_autoptr (GListModel) children = NULL;
  g_autoptr (SondeWatchRow) third = NULL;
  g_autoptr (SondeWatchRow) same = NULL;

  sonde_watch_row_set_variable (row, variable, NULL);
  g_assert_cmpuint (host.n_started, ==, 0);
  children = g_object_ref (sonde_watch_row_get_children (row));
  g_assert_cmpuint (g_list_model_get_n_items (children), ==, 1000);
  third = g_list_model_get_item (children, 3);
  same = g_list_model_get_item (children, 3);
  g_assert_true (third == same);
  g_assert_cmpstr (sonde_watch_row_get_path (third), ==, "v[3]");
  g_assert_cmpuint (host.n_started, ==, 1);
  sonde_watch_row_close_children (row);
  g_assert_cmpuint (host.n_stopped, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (children), ==, 0);
}

/* struct node { uint8_t value; struct node *next; }: a list that may go in a circle */
static SondeType *
resolve_node (gpointer owner, guint32 token)
{
  g_autoptr (SondeType) value = make_u8 ();
  g_autoptr (SondeType) next
      = sonde_type_new_pointer ("struct node *", 4, resolve_node, NULL, NULL, 0);
  SondeMember members[] = { { "value", value, 0 }, { "next", next, 4 } };

  return sonde_type_new_struct (SONDE_KIND_STRUCT, "node", 8, members, G_N_ELEMENTS (members));
}

static SondeType *
resolve_u8 (gpointer owner, guint32 token)
{
  return make_u8 ();
}

static SondeWatchRow *
get_row (GListModel *children, guint position, const char *path)
{
  SondeWatchRow *row = g_list_model_get_item (children, position);

  g_assert_cmpstr (sonde_watch_row_get_path (row), ==, path);
  return row;
}

static void
test_pointers (void)
{
  Host host = { 0 };
  g_autoptr (SondeType) list
      = sonde_type_new_pointer ("struct node *", 4, resolve_node, NULL, NULL, 0);
  g_autoptr (SondeType) plain = sonde_type_new_pointer ("uint8_t *", 4, resolve_u8, NULL, NULL, 0);
  g_autoptr (SondeType) blind = sonde_type_new_pointer ("void *", 4, NULL, NULL, NULL, 0);
  g_autoptr (SondeVariable) variable = make_variable (list, TRUE);
  g_autoptr (SondeVariable) other = make_variable (plain, TRUE);
  g_autoptr (SondeVariable) nowhere = make_variable (blind, TRUE);
  g_autoptr (SondeWatchRow) row = sonde_watch_row_new (&watch_host, &host, "v", 10);
  g_autoptr (SondeWatchRow) value = NULL;
  g_autoptr (SondeWatchRow) next = NULL;
  g_autoptr (SondeWatchRow) second = NULL;
  g_autoptr (SondeWatchRow) only = NULL;
  SondeWatchState state = { .error = "v is NULL" };
  GListModel *children;

  sonde_watch_row_set_variable (row, variable, NULL);
  children = sonde_watch_row_get_children (row);
  g_assert_cmpuint (g_list_model_get_n_items (children), ==, 2);
  value = get_row (children, 0, "v->value");
  next = get_row (children, 1, "v->next");
  g_assert_false (sonde_watch_row_can_open (value));
  g_assert_true (sonde_watch_row_can_open (next));
  /* Whatever lies behind is made only when it is opened. */
  g_assert_cmpuint (host.n_started, ==, 3);
  second = get_row (sonde_watch_row_get_children (next), 0, "v->next->value");
  g_assert_true (sonde_variable_get_info (sonde_watch_row_get_variable (second))->pointer
                 == sonde_watch_row_get_variable (next));
  sonde_watch_row_take_board (row, &here);
  sonde_watch_row_take_news (second, &state, NULL, NULL);
  g_assert_cmpstr (sonde_watch_row_get_problem (second), ==, "v is NULL");

  /* Another type: what was open is closed. */
  sonde_watch_row_set_variable (row, other, NULL);
  children = sonde_watch_row_get_children (row);
  g_assert_cmpuint (g_list_model_get_n_items (children), ==, 1);
  only = get_row (children, 0, "*v");
  g_assert_false (sonde_watch_row_can_open (only));
  sonde_watch_row_set_variable (row, nowhere, NULL);
  g_assert_null (sonde_watch_row_get_children (row));
}

static void
test_stops_when_freed (void)
{
  Host host = { 0 };
  SondeWatchRow *row = make_row (&host, TRUE);

  g_assert_cmpuint (host.n_started, >=, 1);
  g_object_unref (row);
  g_assert_cmpuint (host.n_stopped, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/watch-row/states", test_states);
  g_test_add_func ("/watch-row/failed-read-keeps-value", test_failed_read_keeps_value);
  g_test_add_func ("/watch-row/write", test_write);
  g_test_add_func ("/watch-row/editable", test_editable);
  g_test_add_func ("/watch-row/children", test_children);
  g_test_add_func ("/watch-row/pointers", test_pointers);
  g_test_add_func ("/watch-row/stops-when-freed", test_stops_when_freed);
  return g_test_run ();
}
