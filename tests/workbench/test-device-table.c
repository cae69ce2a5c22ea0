/* test-device-table.c: rows of boards, and which of them becomes the active one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/device-table.h"

typedef struct
{
  guint n_calls, n_new;
  char last[80];
} Seen;

static void
on_active (SondeDeviceRow *row, gboolean is_new, gpointer user_data)
{
  Seen *seen = user_data;

  seen->n_calls++;
  seen->n_new += is_new ? 1 : 0;
  g_strlcpy (seen->last, sonde_device_row_get_name (row), sizeof seen->last);
}

static void
add_facts (GArray *devices, const char *name, SondeDeviceState state)
{
  SondeDeviceFacts facts = { .state = state, .rtt_us = -1 };

  g_strlcpy (facts.name, name, sizeof facts.name);
  g_array_append_val (devices, facts);
}

static void
give (SondeDeviceTable *table, const char *first, SondeDeviceState first_state, const char *second,
      SondeDeviceState second_state)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (SondeDeviceFacts));

  add_facts (devices, first, first_state);
  if (second != NULL)
    add_facts (devices, second, second_state);
  sonde_device_table_take_news (table, devices);
}

static void
test_first_ready_is_active (void)
{
  Seen seen = { 0 };
  g_autoptr (SondeDeviceTable) table = sonde_device_table_new (on_active, &seen);

  give (table, "arm", SONDE_DEVICE_GREETING, "leg", SONDE_DEVICE_READY);
  g_assert_cmpstr (sonde_device_row_get_name (sonde_device_table_get_active (table)), ==, "leg");
  g_assert_cmpuint (seen.n_new, ==, 1);
  give (table, "arm", SONDE_DEVICE_READY, "leg", SONDE_DEVICE_READY);
  g_assert_cmpstr (sonde_device_row_get_name (sonde_device_table_get_active (table)), ==, "leg");
  g_assert_cmpuint (seen.n_new, ==, 1);
}

static void
test_lost_one_gives_way (void)
{
  Seen seen = { 0 };
  g_autoptr (SondeDeviceTable) table = sonde_device_table_new (on_active, &seen);

  give (table, "arm", SONDE_DEVICE_READY, NULL, 0);
  give (table, "arm", SONDE_DEVICE_LOST, "leg", SONDE_DEVICE_READY);
  g_assert_cmpstr (sonde_device_row_get_name (sonde_device_table_get_active (table)), ==, "leg");
}

static void
test_chosen_one_stays (void)
{
  Seen seen = { 0 };
  g_autoptr (SondeDeviceTable) table = sonde_device_table_new (on_active, &seen);

  give (table, "arm", SONDE_DEVICE_READY, "leg", SONDE_DEVICE_READY);
  sonde_device_table_choose (table, "leg");
  g_assert_cmpstr (seen.last, ==, "leg");
  give (table, "arm", SONDE_DEVICE_READY, "leg", SONDE_DEVICE_LOST);
  g_assert_cmpstr (sonde_device_row_get_name (sonde_device_table_get_active (table)), ==, "leg");
}

static void
test_forgotten_row_goes (void)
{
  Seen seen = { 0 };
  g_autoptr (SondeDeviceTable) table = sonde_device_table_new (on_active, &seen);

  give (table, "arm", SONDE_DEVICE_READY, "leg", SONDE_DEVICE_LOST);
  g_assert_cmpuint (g_list_model_get_n_items (sonde_device_table_get_rows (table)), ==, 2);
  give (table, "arm", SONDE_DEVICE_READY, NULL, 0);
  g_assert_cmpuint (g_list_model_get_n_items (sonde_device_table_get_rows (table)), ==, 1);
  g_assert_null (sonde_device_table_lookup (table, "leg"));
}

static void
test_demo_is_marked (void)
{
  Seen seen = { 0 };
  g_autoptr (SondeDeviceTable) table = sonde_device_table_new (on_active, &seen);

  give (table, "demo-motor", SONDE_DEVICE_READY, NULL, 0);
  g_assert_false (
      sonde_device_row_get_facts (sonde_device_table_lookup (table, "demo-motor"))->is_demo);
  sonde_device_table_set_demo (table, TRUE);
  give (table, "demo-motor", SONDE_DEVICE_READY, "other", SONDE_DEVICE_READY);
  g_assert_true (
      sonde_device_row_get_facts (sonde_device_table_lookup (table, "demo-motor"))->is_demo);
  g_assert_false (sonde_device_row_get_facts (sonde_device_table_lookup (table, "other"))->is_demo);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device-table/first-ready-is-active", test_first_ready_is_active);
  g_test_add_func ("/device-table/lost-one-gives-way", test_lost_one_gives_way);
  g_test_add_func ("/device-table/chosen-one-stays", test_chosen_one_stays);
  g_test_add_func ("/device-table/forgotten-row-goes", test_forgotten_row_goes);
  g_test_add_func ("/device-table/demo-is-marked", test_demo_is_marked);
  return g_test_run ();
}
