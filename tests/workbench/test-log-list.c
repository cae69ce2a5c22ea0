/* test-log-list.c: the console's model: filter, levels, pause, clear */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/log-list.h"

static guint
count (SondeLogList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static const char *
text_at (SondeLogList *list, guint position)
{
  g_autoptr (SondeLogRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);

  return sonde_log_row_get_line (row)->text; /* the list holds the line */
}

static SondeLogList *
list_from_here (void)
{
  SondeLogList *list = sonde_log_list_new ();

  sonde_log_list_update (list);
  sonde_log_list_clear (list);
  return list;
}

static void
test_takes_lines (void)
{
  g_autoptr (SondeLogList) list = list_from_here ();
  g_autofree char *text = NULL;

  sonde_log_write (SONDE_LOG_INFO, "arm", "net", "one");
  sonde_log_write (SONDE_LOG_ERROR, NULL, "engine", "two");
  g_assert_cmpuint (count (list), ==, 0);
  sonde_log_list_update (list);
  g_assert_cmpuint (count (list), ==, 2);
  g_assert_cmpstr (text_at (list, 0), ==, "one");
  g_assert_cmpuint (sonde_log_list_get_n_level (list, SONDE_LOG_ERROR), ==, 1);
  text = sonde_log_list_dup_text (list);
  g_assert_nonnull (strstr (text, " arm I net one\n"));
  g_assert_nonnull (strstr (text, " sonde E engine two\n"));
}

static void
test_filters (void)
{
  g_autoptr (SondeLogList) list = list_from_here ();
  g_autoptr (GError) error = NULL;

  sonde_log_write (SONDE_LOG_INFO, "arm", "net", "alpha");
  sonde_log_write (SONDE_LOG_WARNING, "leg", "net", "beta");
  sonde_log_write (SONDE_LOG_DEBUG, NULL, "net", "gamma");
  sonde_log_list_update (list);
  g_assert_true (sonde_log_list_set_filter (list, "a level>=warn", &error));
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_cmpstr (text_at (list, 0), ==, "beta");
  g_assert_false (sonde_log_list_set_filter (list, "/(/", &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_true (sonde_log_list_set_filter (list, "", NULL));
  sonde_log_list_set_device (list, "leg");
  g_assert_cmpuint (count (list), ==, 1);
  sonde_log_list_set_device (list, "");
  g_assert_cmpstr (text_at (list, 0), ==, "gamma");
  sonde_log_list_set_device (list, NULL);
  sonde_log_list_set_levels (list, 1u << SONDE_LOG_INFO);
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_cmpstr (text_at (list, 0), ==, "alpha");
}

static void
test_pause (void)
{
  g_autoptr (SondeLogList) list = list_from_here ();

  sonde_log_write (SONDE_LOG_INFO, NULL, "t", "before");
  sonde_log_list_update (list);
  sonde_log_list_set_paused (list, TRUE);
  for (guint i = 0; i < 128; i++)
    sonde_log_printf (SONDE_LOG_INFO, NULL, "t", "line %u", i);
  sonde_log_list_update (list);
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_cmpuint (sonde_log_list_get_n_waiting (list), ==, 128);
  sonde_log_list_set_paused (list, FALSE);
  g_assert_cmpuint (count (list), ==, 129);
  g_assert_cmpuint (sonde_log_list_get_n_waiting (list), ==, 0);
  sonde_log_list_clear (list);
  g_assert_cmpuint (count (list), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-list/takes-lines", test_takes_lines);
  g_test_add_func ("/log-list/filters", test_filters);
  g_test_add_func ("/log-list/pause", test_pause);
  return g_test_run ();
}
