/* build-id.c: whether two build ids name the same firmware */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/build-id.h"

#include <string.h>

#define LEAST_DIGITS 8

static gboolean
is_build_id (const char *text)
{
  return text[0] != '\0' && text[strspn (text, "0123456789abcdefABCDEF")] == '\0';
}

SondeMatch
sonde_build_id_compare (const char *board, const char *file)
{
  const gsize n = MIN (strlen (board), strlen (file));

  if (!is_build_id (board) || !is_build_id (file))
    return SONDE_MATCH_UNKNOWN;
  if (g_ascii_strncasecmp (board, file, n) != 0)
    return SONDE_MATCH_NO;
  if (strlen (board) == strlen (file))
    return SONDE_MATCH_YES;
  return n >= LEAST_DIGITS ? SONDE_MATCH_YES : SONDE_MATCH_UNKNOWN;
}
