/* test-build-id.c: which build ids name the same firmware */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/build-id.h"

typedef struct
{
  const char *name, *board, *file;
  SondeMatch match;
} Case;

#define WHOLE "91c07e0011223344556677889900aabbccddeeff"

/* clang-format off */
static const Case cases[] = {
  { "/build-id/same", WHOLE, WHOLE, SONDE_MATCH_YES },
  { "/build-id/capitals", "91C07E0011223344556677889900AABBCCDDEEFF", WHOLE, SONDE_MATCH_YES },
  { "/build-id/begin", "91c07e0011223344", WHOLE, SONDE_MATCH_YES },
  { "/build-id/begin-of-8", "91c07e00", WHOLE, SONDE_MATCH_YES },
  { "/build-id/begin-of-7", "91c07e0", WHOLE, SONDE_MATCH_UNKNOWN },
  { "/build-id/file-is-shorter", WHOLE, "91c07e0011223344", SONDE_MATCH_YES },
  { "/build-id/short-and-same", "1234", "1234", SONDE_MATCH_YES },
  { "/build-id/other", "3fa2c10011223344556677889900aabbccddeeff", WHOLE, SONDE_MATCH_NO },
  { "/build-id/other-at-the-end", "91c07e0011223344556677889900aabbccddeefe", WHOLE, SONDE_MATCH_NO },
  { "/build-id/other-and-short", "3fa2", WHOLE, SONDE_MATCH_NO },
  { "/build-id/end-is-no-begin", "ccddeeff", WHOLE, SONDE_MATCH_NO },
  { "/build-id/none-on-board", "", WHOLE, SONDE_MATCH_UNKNOWN },
  { "/build-id/none-in-file", WHOLE, "", SONDE_MATCH_UNKNOWN },
  { "/build-id/none", "", "", SONDE_MATCH_UNKNOWN },
  { "/build-id/a-version", "v1.4.2-3-gabcdef", WHOLE, SONDE_MATCH_UNKNOWN },
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  const Case *item = data;

  g_assert_cmpint (sonde_build_id_compare (item->board, item->file), ==, item->match);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  return g_test_run ();
}
