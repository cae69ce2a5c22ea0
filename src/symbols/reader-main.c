/* reader-main.c: sonde-symbols, reads one ELF file and writes its symbol image */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

int
main (int argc, char **argv)
{
  g_printerr ("sonde-symbols %s\n", SONDE_VERSION);
  return 2;
}
