/* log-places.h: what the addresses in lines of the log mean in the ELF that is open */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "symbols/backtrace-text.h"

/* Main thread. Signal "changed": lines that were asked about before may say more now. The line
 * table is read when the first address is met, and never before. */
#define SONDE_TYPE_LOG_PLACES (sonde_log_places_get_type ())
G_DECLARE_FINAL_TYPE (SondeLogPlaces, sonde_log_places, SONDE, LOG_PLACES, GObject)

SondeLogPlaces *sonde_log_places_new (void);
/** sonde_log_places_set_table: (nullable): another ELF, or another build of it. */
void sonde_log_places_set_table (SondeLogPlaces *self, SondeSymbolTable *table);
/** sonde_log_places_find: (element-type SondeCodeSpan) (transfer full): in the order of @text; its
 * texts are borrowed until "changed". For lines in view: it is linear in the text. */
GArray *sonde_log_places_find (SondeLogPlaces *self, const char *text);
/** sonde_log_places_dup_note: (transfer full) (nullable): "motor_step() motor.c:118:5, main()
 * main.c:42:3" for the addresses in @text; NULL without any. */
char *sonde_log_places_dup_note (SondeLogPlaces *self, const char *text);
