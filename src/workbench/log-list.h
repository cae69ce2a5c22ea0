/* log-list.h: the log console's lines: the ring, filtered */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/log.h"

#define SONDE_TYPE_LOG_ROW (sonde_log_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeLogRow, sonde_log_row, SONDE, LOG_ROW, GObject)
const SondeLogLine *sonde_log_row_get_line (SondeLogRow *self);

/* A GListModel of SondeLogRow over an array of lines. Main thread. Takes new lines at most 30 times
 * a second, one items-changed each. */
#define SONDE_TYPE_LOG_LIST (sonde_log_list_get_type ())
G_DECLARE_FINAL_TYPE (SondeLogList, sonde_log_list, SONDE, LOG_LIST, GObject)
SondeLogList *sonde_log_list_new (void);
/**
 * sonde_log_list_set_filter:
 * @text: words of which all must occur, /regex/, "level>=warn", "tag:net", "device:arm"
 *
 * Returns: FALSE where @text is not understood; @error says where; the old filter stays
 */
gboolean sonde_log_list_set_filter (SondeLogList *self, const char *text, GError **error);
/** sonde_log_list_set_levels: bit per SondeLogLevel. */
void sonde_log_list_set_levels (SondeLogList *self, guint mask);
/** sonde_log_list_set_device: (nullable): only this board's lines; "" only the program's own. */
void sonde_log_list_set_device (SondeLogList *self, const char *device);
/** sonde_log_list_set_paused: new lines are counted, not shown. */
void sonde_log_list_set_paused (SondeLogList *self, gboolean is_paused);
guint sonde_log_list_get_n_waiting (SondeLogList *self); /* that would be shown, while paused */
guint64 sonde_log_list_get_n_total (SondeLogList *self);
guint64 sonde_log_list_get_n_level (SondeLogList *self, SondeLogLevel level);
/** sonde_log_list_clear: empties the view; ring and files stay. */
void sonde_log_list_clear (SondeLogList *self);
/** sonde_log_list_update: takes what is new in the ring now; the workbench calls it 30 times a
 * second. */
void sonde_log_list_update (SondeLogList *self);
/** sonde_log_list_dup_text: (transfer full): shown lines as text, one a line: "12:04:31.220
 * arm-left W net message". */
char *sonde_log_list_dup_text (SondeLogList *self);
char *sonde_log_line_dup_text (const SondeLogLine *line);
