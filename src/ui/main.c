/* main.c: sonde, the window */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/application.h"

int
main (int argc, char **argv)
{
  g_autoptr (SondeApplication) application = sonde_application_new ();
  const int status = g_application_run (G_APPLICATION (application), argc, argv);

  return status != 0 ? status : sonde_application_get_status (application);
}
