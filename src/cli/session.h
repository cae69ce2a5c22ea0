/* session.h: what every command that needs boards does first and last */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/complain.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/selection.h"
#include "workbench/engine.h"

/* Owned struct, main thread: an engine on the default context, with firmware, port and boards as
 * the options say. The calls below print what goes wrong and return the exit code for it. */
typedef struct _SondeSession SondeSession;

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

SondeSession *sonde_session_new (const SondeOptions *options);
void sonde_session_free (SondeSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSession, sonde_session_free)

/** sonde_session_load: reads the ELF files of --elf, then checks that each of @paths (nullable)
 * means something in one of them. */
SondeExit sonde_session_load (SondeSession *self, char **paths);
/** sonde_session_read_elf: (transfer full): NULL with an error, or without one after a stop. */
SondeSymbolTable *sonde_session_read_elf (SondeSession *self, const char *file, GError **error);
/** sonde_session_load_elf: one more firmware that boards may run. */
SondeExit sonde_session_load_elf (SondeSession *self, const char *file);
/** sonde_session_listen: prints "listening on ws://.." as the first line of stderr. */
SondeExit sonde_session_listen (SondeSession *self, SondePortRule rule);

/** sonde_session_get_boards: (element-type SondeDevice) (transfer none): who was met; filled by
 * meeting. */
GPtrArray *sonde_session_get_boards (SondeSession *self);
/** sonde_session_check_firmware: warns where the board runs another firmware than --elf; for a
 * writing command this is REFUSED. */
SondeExit sonde_session_check_firmware (SondeSession *self, SondeDevice *board);
/** sonde_session_select: adds what @path is in the firmware of @board; @board NULL: in any firmware
 * that was loaded. */
gboolean sonde_session_select (SondeSession *self, SondeDevice *board, const char *path,
                               SondeSelectionRule rule, GPtrArray *leaves, GError **error);

/**
 * sonde_session_run:
 * @until_us: monotonic; G_MAXINT64 is for ever
 * @is_done: (nullable): asked after every turn of the loop
 */
SondeRun sonde_session_run (SondeSession *self, gint64 until_us, gboolean (*is_done) (gpointer),
                            gpointer user_data);
/** sonde_session_is_stopped: a run would end at once. */
gboolean sonde_session_is_stopped (SondeSession *self);
/** sonde_session_get_stop_status: the exit code for SONDE_RUN_STOPPED; OK before a stop. */
SondeExit sonde_session_get_stop_status (SondeSession *self);
/** sonde_session_finish: says "end" to the boards (at most 1 s), closes, and returns the exit code
 * of the program: @status, or what a failed stdout asks for. */
SondeExit sonde_session_finish (SondeSession *self, SondeExit status);

const SondeOptions *sonde_session_get_options (SondeSession *self);
SondeOutput *sonde_session_get_output (SondeSession *self); /* stdout */
SondeEngine *sonde_session_get_engine (SondeSession *self);
/** sonde_session_dup_url: (transfer full): "ws://127.0.0.1:8000/". */
char *sonde_session_dup_url (SondeSession *self);
