/* float-text.h: the shortest text that reads back to the same float */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** Bytes that every text fits in, with its NUL. */
#define SONDE_FLOAT_TEXT_SIZE 40

/**
 * sonde_float_text:
 * @is_single: @f is a float: its fewer digits are enough
 *
 * Of the shortest texts that read back to the same bits the one next to @f: "0.1", "-0", "1500",
 * "1.5e-7", "3.4028235e38", "nan", "inf", "-inf". Without an exponent from 0.00001 up to 16 digits.
 * No locale has a part in it. Any thread.
 *
 * Returns: its length
 */
gsize sonde_float_text (double f, gboolean is_single, char buffer[static SONDE_FLOAT_TEXT_SIZE]);
/** sonde_float_read: the float or double next to what @text says, with a point in every locale. */
double sonde_float_read (const char *text, gboolean is_single);
