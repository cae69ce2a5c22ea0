/* code-check.h: reads the code of a board and compares it with that of an ELF file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/device.h"
#include "symbols/symbol-table.h"
#include "workbench/build-id.h"

typedef struct
{
  SondeMatch match;
  char section[32]; /* whose contents differ */
  const char *why;  /* static text (nullable): why nothing is known */
  gboolean is_cut;  /* the connection ended: worth another try */
} SondeCodeResult;

/** sonde_code_check_async: small parts of the board's time, section by section. */
void sonde_code_check_async (SondeDevice *device, SondeSymbolTable *table,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
/** sonde_code_check_finish: FALSE where it was cancelled. */
gboolean sonde_code_check_finish (GAsyncResult *result, SondeCodeResult *verdict);
/** sonde_code_check_plan: (element-type guint) (transfer full): indices of the sections that are
 * compared, the largest one of code first; empty with @why where none can be. @has_blocks: the
 * board reads more than a value at once. */
GArray *sonde_code_check_plan (SondeSymbolTable *table, gboolean has_blocks, const char **why);
