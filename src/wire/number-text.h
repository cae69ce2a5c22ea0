/* number-text.h: the ways in which boards write numbers (device.md 1.2) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire/message.h"

/** sonde_number_text_parse_address: hexadecimal with or without 0x; blanks around are fine. */
gboolean sonde_number_text_parse_address (const char *text, gsize size, guint64 *address);

/** sonde_number_text_parse_whole: 0x.., 0b.. or decimal ("08" is eight), up to 64 bits. */
gboolean sonde_number_text_parse_whole (const char *text, gsize size, guint64 *value);

/**
 * sonde_number_text_parse_value:
 *
 * What a board read: whole numbers without a minus sign are raw bits, all else was converted
 * by the board.
 *
 * Returns: SONDE_ANSWER_NONE where @text is no number or takes more than 64 bits
 */
SondeAnswerForm sonde_number_text_parse_value (const char *text, gsize size, guint64 *bits,
                                               double *number);
