/* main.c: sondectl, everything the window does, headless */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

int
main (int argc, char **argv)
{
  g_print ("sondectl %s\n", SONDE_VERSION);
  return 0;
}
