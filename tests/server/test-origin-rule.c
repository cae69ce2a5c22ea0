/* test-origin-rule.c: pages that may speak to us, and pages that try */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/origin-rule.h"

typedef struct
{
  const char *origin;
  const char *host;
  const char *own;
  gboolean is_allowed;
} Case;

// clang-format off
static const Case cases[] = {
  { NULL,                         "tunnel.example",        "127.0.0.1",    TRUE },
  { NULL,                         "",                      "127.0.0.1",    TRUE },
  { "http://127.0.0.1:8000",      "127.0.0.1:8000",        "127.0.0.1",    TRUE },
  { "http://localhost",           "127.0.0.1:8000",        "127.0.0.1",    TRUE },
  { "https://LOCALHOST:3000",     "localhost:8000",        "127.0.0.1",    TRUE },
  { "http://[::1]:80",            "[::1]:8000",            "::1",          TRUE },
  { "http://192.168.1.20:8000",   "192.168.1.20:8000",     "192.168.1.20", TRUE },
  { "http://192.168.1.20:81",     "192.168.1.20:8000",     "192.168.1.20", TRUE },
  { "http://evil.example",        "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://evil.example:8000",   "evil.example:8000",     "127.0.0.1",    FALSE },
  { "http://192.168.1.20",        "192.168.1.21",          "192.168.1.21", FALSE },
  { "http://127.0.0.1",           "192.168.1.21",          "192.168.1.21", FALSE },
  { "null",                       "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "",                           "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "file://",                    "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "file:///tmp/a.html",         "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "chrome-extension://abc",     "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://localhost.evil.com",  "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://127.0.0.1.evil.com",  "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://127.0.0.1@evil.com",  "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://evil.com/127.0.0.1",  "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://127.0.0.1, http://e", "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://127.0.0.1:8000x",     "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://127.0.0.1/",          "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://[::1",                "127.0.0.1:8000",        "127.0.0.1",    FALSE },
  { "http://",                    "",                      "127.0.0.1",    FALSE },
  { "127.0.0.1",                  "127.0.0.1",             "127.0.0.1",    FALSE },
};
// clang-format on

static void
test_origins (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s onto %s", cases[i].origin, cases[i].host);
      g_assert_cmpint (sonde_origin_is_allowed (cases[i].origin, cases[i].host, cases[i].own), ==,
                       cases[i].is_allowed);
    }
}

static void
test_hosts (void)
{
  static const char *const own[] = { "127.0.0.1",  "127.0.0.1:8000", "localhost:1",  "LocalHost",
                                     "[::1]:8000", "127.9.9.9",      "10.0.0.5:8000" };
  static const char *const foreign[] = { "",
                                         "evil.example",
                                         "127.0.0.1.evil.example",
                                         "localhost:8000, evil",
                                         "a@localhost",
                                         "10.0.0.6",
                                         "localhost/",
                                         "::1:8000",
                                         "localhost:123456" };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    g_assert_true (sonde_origin_is_own_host (own[i], "10.0.0.5"));
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_assert_false (sonde_origin_is_own_host (foreign[i], "10.0.0.5"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/origin-rule/origins", test_origins);
  g_test_add_func ("/origin-rule/hosts", test_hosts);
  return g_test_run ();
}
