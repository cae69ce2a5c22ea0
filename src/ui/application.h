/* application.h: the one running sonde: options, files handed over, actions of the whole program */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#define SONDE_TYPE_APPLICATION (sonde_application_get_type ())
G_DECLARE_FINAL_TYPE (SondeApplication, sonde_application, SONDE, APPLICATION, AdwApplication)

SondeApplication *sonde_application_new (void);
/** sonde_application_get_status: what main() returns where GApplication has no say (screenshot). */
int sonde_application_get_status (SondeApplication *self);
