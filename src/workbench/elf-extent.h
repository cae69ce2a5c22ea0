/* elf-extent.h: whether a file holds all that its ELF header promises */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Fills @buffer with the @size bytes at @offset; FALSE where there are fewer. */
typedef gboolean (*SondeReadAt) (gpointer source, guint64 offset, guint8 *buffer, gsize size);

/**
 * sonde_elf_extent_why_not_whole:
 * @size: of the file
 *
 * A linker that is still writing leaves a file whose tables point behind its end. Looks at the
 * header and the tables of sections and segments only; what they point to is not read.
 *
 * Returns: (nullable): static text; NULL: everything is there
 */
const char *sonde_elf_extent_why_not_whole (SondeReadAt read_at, gpointer source, guint64 size);
