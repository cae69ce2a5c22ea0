/* test-send-history.c: what was sent comes back by Up and Down, also after a restart */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "ui/send-history.h"

static void
test_up_and_down (void)
{
  g_autoptr (SondeSendHistory) history = sonde_send_history_new (NULL);

  g_assert_null (sonde_send_history_older (history, "draft"));
  sonde_send_history_add (history, "one");
  sonde_send_history_add (history, "two");
  sonde_send_history_add (history, "two");
  g_assert_cmpstr (sonde_send_history_older (history, "draft"), ==, "two");
  g_assert_cmpstr (sonde_send_history_older (history, "two"), ==, "one");
  g_assert_null (sonde_send_history_older (history, "one"));
  g_assert_cmpstr (sonde_send_history_newer (history), ==, "two");
  g_assert_cmpstr (sonde_send_history_newer (history), ==, "draft");
  g_assert_null (sonde_send_history_newer (history));
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-history-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "send-history", NULL);

  for (guint run = 0; run < 2; run++)
    {
      g_autoptr (SondeSendHistory) history = sonde_send_history_new (path);

      if (run == 0)
        {
          for (guint i = 0; i < 250; i++)
            {
              g_autofree char *text = g_strdup_printf ("{\"n\":%u}", i);

              sonde_send_history_add (history, text);
            }
          sonde_send_history_add (history, "zwei\tZeilen\nund ein ü");
          continue;
        }
      g_assert_cmpstr (sonde_send_history_older (history, ""), ==, "zwei\tZeilen\nund ein ü");
      g_assert_cmpstr (sonde_send_history_older (history, ""), ==, "{\"n\":249}");
      for (guint i = 0; i < 198; i++)
        g_assert_nonnull (sonde_send_history_older (history, ""));
      g_assert_null (sonde_send_history_older (history, ""));
    }
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send-history/up-and-down", test_up_and_down);
  g_test_add_func ("/send-history/file", test_file);
  return g_test_run ();
}
