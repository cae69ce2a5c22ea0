/* firmware-text.h: what is said of the ELF in use and of the board: built when, matches or not */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/device-row.h"
#include "workbench/elf-loader.h"

/** sonde_firmware_text_dup_age: (transfer full): "just now", "3 min ago", "2 h ago", "5 days ago".
 */
char *sonde_firmware_text_dup_age (gint64 since_us, gint64 now_us);
/** sonde_firmware_text_dup_built: (transfer full): "built 12:04, 3 min ago", with the day where it
 * was another; "" for 0. */
char *sonde_firmware_text_dup_built (gint64 built_us, gint64 now_us);
/** sonde_firmware_text_dup_time: (transfer full): the same in few letters: "built 12:04", "built
 * 2026-11-20". */
char *sonde_firmware_text_dup_time (gint64 built_us, gint64 now_us);
/** sonde_firmware_text_get_word: "matches", "differs", "unknown"; "checking" while its code is
 * read. */
const char *sonde_firmware_text_get_word (const SondeVerdict *verdict);
/** sonde_firmware_text_dup_reason: (transfer full): a sentence of why the word is so, with both
 * ids, and what follows for writing. @facts: of the ELF. */
char *sonde_firmware_text_dup_reason (const SondeDeviceFacts *board, const SondeSymbolFacts *facts);
