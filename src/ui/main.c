/* main.c: sonde, the window */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifdef SONDE_SANITIZE
#include <dlfcn.h>
#endif

#include "ui/application.h"

#ifdef SONDE_SANITIZE
/* A module that was unloaded takes the names of its leaks along; 128 bytes of one are not ours. */
int
dlclose (void *handle)
{
  return 0;
}
#endif

int
main (int argc, char **argv)
{
  g_autoptr (SondeApplication) application = sonde_application_new ();
  const int status = g_application_run (G_APPLICATION (application), argc, argv);

  return status != 0 ? status : sonde_application_get_status (application);
}
