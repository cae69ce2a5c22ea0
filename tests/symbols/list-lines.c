/* list-lines.c: the source lines of addresses given on stdin, for comparison with addr2line */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "symbols/line-table.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeLineTable) table = argc == 2 ? sonde_line_table_load (argv[1], &error) : NULL;
  char text[100];

  if (table == NULL)
    {
      fprintf (stderr, "list-lines: %s\n", error != NULL ? error->message : "one FILE is needed");
      return 1;
    }
  while (fgets (text, sizeof text, stdin) != NULL)
    {
      SondeLine line;

      if (sonde_line_table_find (table, g_ascii_strtoull (text, NULL, 16), &line))
        printf ("%s:%u\n", line.file, line.line);
      else
        printf ("??:0\n");
    }
  return 0;
}
