/* assignment.h: "PATH=VALUE" as a person types it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "types/variable.h"

/** sonde_assignment_split: @path and @value are set (transfer full); G_OPTION_ERROR where there is
 * no "=" or no path. */
gboolean sonde_assignment_split (const char *text, char **path, char **value, GError **error);
/**
 * sonde_assignment_encode:
 * @variable: a leaf
 *
 * Returns: (transfer full): the bytes to write, or NULL and why the text is no value of this type.
 * A text fills its char array with zeros up to the end, and leaves room for one at least.
 */
GBytes *sonde_assignment_encode (SondeVariable *variable, const char *text, GError **error);
