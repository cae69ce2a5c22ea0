/* number-fields.h: the numbers of a free-form JSON message by their key paths */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Called for each number of a free-form message: key path "imu.accel[0]". */
typedef void (*SondeFieldFunc) (const char *path, double value, gpointer user_data);

/** sonde_number_fields_foreach: numbers and bools of a JSON object. FALSE: not a JSON object, or
 * beyond the limits of wire/json-check. */
gboolean sonde_number_fields_foreach (const char *text, gsize size, SondeFieldFunc func,
                                      gpointer user_data);
