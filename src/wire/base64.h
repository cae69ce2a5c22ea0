/* base64.h: strict base64, as it stands in our JSON messages */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * sonde_base64_decode:
 * @out: appended to; left as it was when the text is refused
 *
 * Returns: FALSE on any byte outside the alphabet, wrong padding or bits that no byte takes
 */
gboolean sonde_base64_decode (GByteArray *out, const char *text, gsize size);

/** sonde_base64_append: @data as padded base64 at the end of @out. */
void sonde_base64_append (GString *out, const guint8 *data, gsize size);
