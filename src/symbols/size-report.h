/* size-report.h: what fills flash and RAM: by section, by source file, by symbol */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-table.h"

typedef enum
{
  SONDE_SIZE_BY_SECTION,
  SONDE_SIZE_BY_FILE, /* "" is what no file is known of */
  SONDE_SIZE_BY_SYMBOL,
} SondeSizeView;

typedef struct
{
  const char *name;    /* section, file or symbol; "(no symbol)" for what is left of a section */
  const char *file;    /* of a symbol, "" where unknown */
  const char *section; /* of a symbol or section */
  guint64 address;     /* of a symbol or section, else 0 */
  guint64 flash, ram;  /* bytes; .data counts in both, .bss in RAM only */
  gboolean is_code;    /* of a file: some of it is */
} SondeSizeRow;

/* What is loaded takes flash; what is written to, cleared at the start or copied from where it is
 * loaded (load and run address differ: code in RAM) takes RAM. Bytes of a symbol inside another
 * count with the one that begins first; a symbol that has none of its own has no row. */

/* Owned struct, one thread at a time; texts are the table's, which it holds. */
typedef struct _SondeSizeReport SondeSizeReport;

SondeSizeReport *sonde_size_report_new (SondeSymbolTable *table);
void sonde_size_report_free (SondeSizeReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSizeReport, sonde_size_report_free)
/** sonde_size_report_get_totals: bytes of all loaded sections; each view's rows add up to them. */
void sonde_size_report_get_totals (SondeSizeReport *self, guint64 *flash, guint64 *ram);
/** sonde_size_report_get_rows: largest (flash + RAM) first, then by name; borrowed. */
const SondeSizeRow *sonde_size_report_get_rows (SondeSizeReport *self, SondeSizeView view,
                                                guint *n);
/** sonde_size_report_collect: (element-type SondeSymbolPlace) (transfer full): the table's places
 * and its variables, by section and address, one of several names for the same bytes. */
GArray *sonde_size_report_collect (SondeSymbolTable *table);
