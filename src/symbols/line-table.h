/* line-table.h: which source line an address of code belongs to */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef struct
{
  const char *file; /* full path as the compiler saw it */
  guint line;       /* 0: the compiler's own code */
  guint column;     /* 0: not told */
} SondeLine;

/* Shared, immutable: atomic reference count, any thread. Read from a file that is checked like any
 * other: made by sonde-symbols in its cage, kept in the cache beside the symbol image. */
typedef struct _SondeLineTable SondeLineTable;

void sonde_line_table_load_async (const char *elf_path, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/** sonde_line_table_load_finish: (transfer full): errors name the file and what to do. */
SondeLineTable *sonde_line_table_load_finish (GAsyncResult *result, GError **error);
/** sonde_line_table_load: the same, blocking, for sondectl. */
SondeLineTable *sonde_line_table_load (const char *elf_path, GError **error);
/** sonde_line_table_new_from_bytes: of what sonde-symbols --lines wrote; every number in it is
 * treated as hostile. */
SondeLineTable *sonde_line_table_new_from_bytes (GBytes *bytes, GError **error);
SondeLineTable *sonde_line_table_ref (SondeLineTable *self);
void sonde_line_table_unref (SondeLineTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeLineTable, sonde_line_table_unref)
/** sonde_line_table_find: @line borrows its text. FALSE where no line is known for @address. */
gboolean sonde_line_table_find (const SondeLineTable *self, guint64 address, SondeLine *line);
