/* bulletin.h: one round of news from the engine: every watch and board as it is now */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/device-row.h"

/* News of one watch, copied out for the main thread. */
typedef struct
{
  guint id;
  SondeVariable *variable; /* owned reference: what was read; the row may want another by now */
  SondeWatchState state;
  SondeTrace *trace; /* owned reference (nullable) */
  char *text;        /* owned (nullable): newest content of a char array */
} SondeWatchNews;

/* One round of news: everything as it is now. */
typedef struct
{
  GArray *watches; /* SondeWatchNews */
  GArray *devices; /* SondeDeviceFacts, by first appearance */
  gsize history_bytes;
  gsize budget_bytes;
} SondeBulletin;

void sonde_bulletin_free (SondeBulletin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeBulletin, sonde_bulletin_free)
SondeBulletin *sonde_bulletin_new (void);
/** sonde_bulletin_add_watch: copies what @watch knows. Engine thread. */
void sonde_bulletin_add_watch (SondeBulletin *self, guint id, SondeWatch *watch);
/** sonde_bulletin_add_device: copies what @device knows. Engine thread. */
void sonde_bulletin_add_device (SondeBulletin *self, SondeDevice *device,
                                const SondeVerdict *verdict);
