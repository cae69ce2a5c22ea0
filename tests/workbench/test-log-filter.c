/* test-log-filter.c: what the log console's filter lets through, and what it refuses */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/log-filter.h"

typedef struct
{
  const char *name;
  const char *filter;
  SondeLogLevel level;
  const char *device;
  const char *tag;
  const char *text;
  gboolean wanted;
} Case;

static const Case cases[] = {
  { "/log-filter/empty", "", SONDE_LOG_TRACE, NULL, "motor", "hello", TRUE },
  { "/log-filter/word", "hell", SONDE_LOG_INFO, NULL, "motor", "Hello", TRUE },
  { "/log-filter/word/absent", "bye", SONDE_LOG_INFO, NULL, "motor", "hello", FALSE },
  { "/log-filter/words/all", "hello there", SONDE_LOG_INFO, NULL, "motor", "there is a hello",
    TRUE },
  { "/log-filter/words/one", "hello there", SONDE_LOG_INFO, NULL, "motor", "hello", FALSE },
  { "/log-filter/level/above", "level>=warn", SONDE_LOG_ERROR, NULL, "m", "x", TRUE },
  { "/log-filter/level/same", "level>=warn", SONDE_LOG_WARNING, NULL, "m", "x", TRUE },
  { "/log-filter/level/below", "level>=warn", SONDE_LOG_INFO, NULL, "m", "x", FALSE },
  { "/log-filter/tag", "tag:net", SONDE_LOG_INFO, NULL, "network", "x", TRUE },
  { "/log-filter/tag/other", "tag:net", SONDE_LOG_INFO, NULL, "motor", "net", FALSE },
  { "/log-filter/device", "device:arm", SONDE_LOG_INFO, "arm-left", "m", "x", TRUE },
  { "/log-filter/device/program", "device:arm", SONDE_LOG_INFO, NULL, "m", "x", FALSE },
  { "/log-filter/device/own", "device:sonde", SONDE_LOG_INFO, NULL, "m", "x", TRUE },
  { "/log-filter/regex", "/time.?out/", SONDE_LOG_INFO, NULL, "m", "socket TIMEOUT 3", TRUE },
  { "/log-filter/regex/blank", "/a b/", SONDE_LOG_INFO, NULL, "m", "xa bx", TRUE },
  { "/log-filter/regex/slash", "/a\\/b/", SONDE_LOG_INFO, NULL, "m", "a/b", TRUE },
  { "/log-filter/regex/other", "/^time/", SONDE_LOG_INFO, NULL, "m", "out of time", FALSE },
  { "/log-filter/mixed", "level>=info tag:motor /rpm [0-9]+/ fault", SONDE_LOG_INFO, NULL, "motor",
    "fault at rpm 12", TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeLogFilter) filter = sonde_log_filter_new (c->filter, &error);
  SondeLogLine line = { 1, 0, c->level, c->device, c->tag, c->text };

  g_assert_no_error (error);
  g_assert_cmpint (sonde_log_filter_matches (filter, &line), ==, c->wanted);
}

static void
test_refused (void)
{
  static const char *const wrong[] = { "/unclosed", "/(/", "level>=loud", "/a[/ x", "level:" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sonde_log_filter_new (wrong[i], &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), >, 10);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/log-filter/refused", test_refused);
  return g_test_run ();
}
