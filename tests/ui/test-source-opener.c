/* test-source-opener.c: the editor's command with file and line in their places, read by no shell
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/source-opener.h"

typedef struct
{
  const char *name, *command, *path;
  guint line;
  const char *arguments; /* parted by "|" */
} Case;

static const Case cases[] = {
  { "/source-opener/usual", "code -g %f:%l", "/src/a b.c", 12, "code|-g|/src/a b.c:12" },
  { "/source-opener/no-file", "gedit +%l", "/src/a.c", 3, "gedit|+3|/src/a.c" },
  { "/source-opener/quotes", "'my editor' %f", "/src/a.c", 3, "my editor|/src/a.c" },
  { "/source-opener/hostile", "vi %f", "/src/$(rm x);%l.c", 3, "vi|/src/$(rm x);%l.c" },
  { "/source-opener/no-line", "vi +%l %f", "/src/a.c", 0, "vi|+1|/src/a.c" },
  { "/source-opener/percent", "vi 100%% %f %", "/a.c", 1, "vi|100%|/a.c|%" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) made
      = sonde_source_opener_make_command (test->command, test->path, test->line, &error);
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  joined = g_strjoinv ("|", made);
  g_assert_cmpstr (joined, ==, test->arguments);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sonde_source_opener_make_command ("vi '%f", "/a.c", 1, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (sonde_source_opener_open (NULL, "/nowhere/a.c", 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sonde_source_opener_open (NULL, "a.c", 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/source-opener/refused", test_refused);
  return g_test_run ();
}
