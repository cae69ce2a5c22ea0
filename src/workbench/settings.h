/* settings.h: typed view of the one GSettings schema, kept in settings.ini for window and command
 * line alike */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * sonde_settings_new:
 * @file: (nullable): another file than sonde/settings.ini in the user's configuration folder
 * (--config)
 *
 * The schema comes from the build tree or from where it is installed.
 *
 * Returns: (transfer full) (nullable): NULL where the schema is nowhere (a damaged installation):
 * use the defaults below
 */
GSettings *sonde_settings_new (const char *file);

/**
 * sonde_settings_check:
 * @file: (nullable): as above; one that is missing is fine
 *
 * GSettings takes a value it cannot use for the default without a word; this says which one.
 *
 * Returns: FALSE with an error that names file and key
 */
gboolean sonde_settings_check (const char *file, GError **error);
/** sonde_settings_dup_path: (transfer full): of the file in use when @file is NULL. */
char *sonde_settings_dup_path (void);

/* Each takes NULL and then gives the compiled-in default. */
/** sonde_settings_get_listen: @address: (out) (transfer full): a text that is no such address
 * counts as not set. */
void sonde_settings_get_listen (GSettings *settings, char **address, guint *port);
gsize sonde_settings_get_history_bytes (GSettings *settings);
double sonde_settings_get_watch_rate (GSettings *settings);
guint sonde_settings_get_plot_fps (GSettings *settings);
