/* test-unique-paths.c: names that would be equal get their file, then folders, then a number */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/unique-paths.h"

#define MAX_ROWS 4

typedef struct
{
  const char *name;
  struct
  {
    const char *path, *unit, *expected;
  } rows[MAX_ROWS];
} Case;

/* clang-format off */
static const Case cases[] = {
  { "/unique/alone",   { { "x", "a.c", "x" }, { "y", "a.c", "y" } } },
  { "/unique/files",   { { "x", "src/a.c", "a.c::x" }, { "x", "src/b.c", "b.c::x" } } },
  { "/unique/folders", { { "x", "/p/one/a.c", "one/a.c::x" }, { "x", "/p/two/a.c", "two/a.c::x" } } },
  { "/unique/deep",    { { "x", "p/one/s/a.c", "one/s/a.c::x" }, { "x", "p/two/s/a.c", "two/s/a.c::x" } } },
  { "/unique/shorter", { { "x", "a.c", "a.c::x" }, { "x", "two/a.c", "two/a.c::x" } } },
  { "/unique/others",  { { "x", "/p/a/x.c", "a/x.c::x" }, { "x", "/p/b/x.c", "b/x.c::x" }, { "x", "/p/main.c", "main.c::x" } } },
  { "/unique/deeper",  { { "x", "/p/1/s/a.c", "1/s/a.c::x" }, { "x", "/p/2/s/a.c", "2/s/a.c::x" }, { "x", "/p/3/a.c", "3/a.c::x" } } },
  { "/unique/blocks",  { { "f()::x", "a.c", "f()::x" }, { "f()::x", "a.c", "f()::x#2" } } },
  { "/unique/both",    { { "x", "a.c", "a.c::x" }, { "x", "a.c", "a.c::x#2" }, { "x", "b.c", "b.c::x" } } },
  { "/unique/unknown", { { "x", NULL, "x" }, { "x", "b.c", "b.c::x" } } },
  { "/unique/nothing", { { "x", NULL, "x" }, { "x", NULL, "x#2" } } },
};
/* clang-format on */

static guint
fill (const Case *data, SondeUniquePath *rows, gboolean backwards)
{
  guint n = 0;

  while (n < MAX_ROWS && data->rows[n].path != NULL)
    n++;
  for (guint i = 0; i < n; i++)
    {
      const guint at = backwards ? n - 1 - i : i;

      rows[i] = (SondeUniquePath){ g_strdup (data->rows[at].path), data->rows[at].unit, at };
    }
  return n;
}

/* In whatever order they come. */
static void
test_case (gconstpointer user_data)
{
  const Case *data = user_data;

  for (guint backwards = 0; backwards < 2; backwards++)
    {
      SondeUniquePath rows[MAX_ROWS];
      const guint n = fill (data, rows, backwards != 0);

      sonde_unique_paths (rows, n);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpstr (rows[i].path, ==, data->rows[rows[i].order].expected);
          g_free (rows[i].path);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  return g_test_run ();
}
