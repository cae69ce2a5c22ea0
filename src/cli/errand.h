/* errand.h: what every command that needs boards does first and last */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/complain.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/selection.h"
#include "workbench/engine.h"

/* Owned struct, main thread: an engine on the default context, with firmware, port and boards as
 * the options say. The calls below print what goes wrong and return the exit code for it. */
typedef struct _SondeErrand SondeErrand;

typedef enum
{
  SONDE_PORT_FIXED,
  SONDE_PORT_MAY_MOVE, /* a free one where the default port is taken */
} SondePortRule;

typedef enum
{
  SONDE_RUN_DONE,
  SONDE_RUN_DEADLINE,
  SONDE_RUN_STOPPED, /* signal, --timeout, or the reader of stdout left */
} SondeRun;

SondeErrand *sonde_errand_new (const SondeOptions *options);
void sonde_errand_free (SondeErrand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeErrand, sonde_errand_free)

/** sonde_errand_load: reads the memory map of --map and the ELF files of --elf. */
SondeExit sonde_errand_load (SondeErrand *self);
/** sonde_errand_read_elf: (transfer full): NULL with an error, or without one after a stop. */
SondeSymbolTable *sonde_errand_read_elf (SondeErrand *self, const char *file, GError **error);
/** sonde_errand_load_elf: one more firmware that boards may run. */
SondeExit sonde_errand_load_elf (SondeErrand *self, const char *file);
/** sonde_errand_listen: prints "listening on ws://.." as the first line of stderr. */
SondeExit sonde_errand_listen (SondeErrand *self, SondePortRule rule);

/** sonde_errand_get_boards: (element-type SondeDevice) (transfer none): who was met; filled by
 * meeting. */
GPtrArray *sonde_errand_get_boards (SondeErrand *self);
/** sonde_errand_adopt_board: lets the board be read by the memory map of its firmware; warns where
 * the board runs another firmware than --elf; for a writing command this is REFUSED. */
SondeExit sonde_errand_adopt_board (SondeErrand *self, SondeDevice *board);
/** sonde_errand_check_boards: waits until the code of those is compared whose build id tells
 * nothing, 10 s at most. */
void sonde_errand_check_boards (SondeErrand *self, GPtrArray *boards);
/** sonde_errand_select: adds what @path is in the firmware of @board; @board NULL: in any firmware
 * that was loaded. */
gboolean sonde_errand_select (SondeErrand *self, SondeDevice *board, const char *path,
                              SondeSelectionRule rule, GPtrArray *leaves, GError **error);

/** sonde_errand_knows: a variable of any firmware that was loaded is called so. */
gboolean sonde_errand_knows (SondeErrand *self, const char *name);

/**
 * sonde_errand_run:
 * @until_us: monotonic; G_MAXINT64 is for ever
 * @is_done: (nullable): asked after every turn of the loop
 */
SondeRun sonde_errand_run (SondeErrand *self, gint64 until_us, gboolean (*is_done) (gpointer),
                           gpointer user_data);
/** sonde_errand_is_stopped: a run would end at once. */
gboolean sonde_errand_is_stopped (SondeErrand *self);
/** sonde_errand_get_stop_status: the exit code for SONDE_RUN_STOPPED; OK before a stop. */
SondeExit sonde_errand_get_stop_status (SondeErrand *self);
/** sonde_errand_finish: says "end" to the boards (at most 1 s), closes, and returns the exit code
 * of the program: @status, or what a failed stdout asks for. */
SondeExit sonde_errand_finish (SondeErrand *self, SondeExit status);

const SondeOptions *sonde_errand_get_options (SondeErrand *self);
GSettings *sonde_errand_get_settings (SondeErrand *self); /* (transfer none) (nullable) */
SondeOutput *sonde_errand_get_output (SondeErrand *self); /* stdout */
SondeEngine *sonde_errand_get_engine (SondeErrand *self);
/** sonde_errand_dup_url: (transfer full): "ws://127.0.0.1:8000/". */
char *sonde_errand_dup_url (SondeErrand *self);
