/* name-explain.h: what an ELF file knows of a name that is no variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define SONDE_EXPLAIN_MAX_ANSWERS 8

/**
 * sonde_name_explain:
 * @fd: of the file, not taken
 * @file: for messages
 * @name: as a person typed it
 *
 * Returns: (transfer full): a line for each answer, best first, as name-answer.h has them; empty
 * where the file does not know the name. NULL and @error where it cannot be read
 */
GBytes *sonde_name_explain (int fd, const char *file, const char *name, GError **error);
