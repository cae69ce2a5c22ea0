/* json-scan.h: the answers that come a thousand times a second, read without a tree */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire/message.h"

/**
 * sonde_json_scan_answer:
 * @message: reset
 *
 * Takes good answers to mem_read, mem_read_many and mem_write in the plain form that boards
 * write. Agrees with what a JSON parser makes of the text, or declines: an error, an unknown
 * member, an escape, any byte off.
 *
 * Returns: FALSE where it declines; @message is then to be reset
 */
gboolean sonde_json_scan_answer (SondeMessage *message, const char *text, gsize size);
