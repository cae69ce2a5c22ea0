/* image-builder.h: an ELF file becomes a symbol image */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef void (*SondeBuildProgress) (double fraction, const char *stage, gpointer user_data);

/** sonde_image_build: (transfer full): of the file open at @fd; @name is for messages. */
GBytes *sonde_image_build (int fd, const char *name, SondeBuildProgress progress,
                           gpointer user_data, GError **error);
/** sonde_image_build_sections: (transfer full): the same of its sections and symbol table alone,
 * without a variable. */
GBytes *sonde_image_build_sections (int fd, const char *name, SondeBuildProgress progress,
                                    gpointer user_data, GError **error);
