/* csv.h: rows of text as RFC 4180 has them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** sonde_csv_append_field: quotes @text where the separator, a quote, a line end or a blank at its
 * edge asks for it. No separator is written. */
void sonde_csv_append_field (GString *row, const char *text, char separator);
