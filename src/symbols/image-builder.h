/* image-builder.h: an ELF file becomes a symbol image */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef void (*SondeBuildProgress) (double fraction, const char *stage, gpointer user_data);

/** sonde_image_build: (transfer full): of the file open at @fd; @name is for messages. */
GBytes *sonde_image_build (int fd, const char *name, SondeBuildProgress progress,
                           gpointer user_data, GError **error);
