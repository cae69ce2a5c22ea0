/* send-history.h: what was sent to boards, brought back by Up and Down */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Owned struct, one thread. Kept in sonde/send-history of the user's state folder, the newest 200.
 */
typedef struct _SondeSendHistory SondeSendHistory;

/** sonde_send_history_new: @path: (nullable): the file; NULL keeps nothing. An unreadable file is
 * an empty history. */
SondeSendHistory *sonde_send_history_new (const char *path);
void sonde_send_history_free (SondeSendHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSendHistory, sonde_send_history_free)
/** sonde_send_history_add: a text equal to the newest is not doubled. Up starts from here again. */
void sonde_send_history_add (SondeSendHistory *self, const char *text);
/** sonde_send_history_older: @draft is kept when the way up begins. Returns: (nullable) (transfer
 * none). */
const char *sonde_send_history_older (SondeSendHistory *self, const char *draft);
/** sonde_send_history_newer: ends with the draft. */
const char *sonde_send_history_newer (SondeSendHistory *self);
