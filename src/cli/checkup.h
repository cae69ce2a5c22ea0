/* checkup.h: what sondectl doctor found, a finding a row */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "symbols/symbol-table.h"

typedef enum
{
  SONDE_HEALTH_OK,
  SONDE_HEALTH_WARNING, /* works, but may surprise */
  SONDE_HEALTH_WRONG,
} SondeHealth;

typedef struct
{
  SondeHealth health;
  char *object; /* "port 8000" */
  char *found;
  char *advice; /* "" where nothing is to be done */
} SondeFinding;

void sonde_finding_free (gpointer finding);
/** sonde_checkup_add: appends to @findings (element-type SondeFinding); texts are copied. */
void sonde_checkup_add (GPtrArray *findings, SondeHealth health, const char *object,
                        const char *found, const char *advice);
/** sonde_checkup_add_error: WRONG; a message "object: what; what to do" is taken apart. */
void sonde_checkup_add_error (GPtrArray *findings, const char *object, const GError *error);

/** sonde_checkup_machine: port, folders, programs, packages. */
void sonde_checkup_machine (GPtrArray *findings);
/** sonde_checkup_elf: what its symbols tell about how it was built. */
void sonde_checkup_elf (GPtrArray *findings, SondeSymbolTable *table);
