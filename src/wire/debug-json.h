/* debug-json.h: the device protocol's JSON, written and parsed (device.md 1.2, 1.3, 1.6) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire/message.h"
#include "wire/number-fields.h"

typedef struct
{
  guint64 address;
  guint32 size; /* bytes */
} SondeRange;

/* Commands: each appends one JSON text and "\n" to @out. @seq < 0: none is written.
 * Byte-equal with the original where no extension is used:
 * {"cmd":"mem_read","add":"0x20000100","size":"32"} and "08". */
void sonde_debug_json_init (GString *out, const char *con_id, gint64 seq);
void sonde_debug_json_end (GString *out, const char *con_id, gint64 seq);
/** sonde_debug_json_read: @bits 8, 16, 32, 64; @count 0: single, else a block of that many
 * elements. */
void sonde_debug_json_read (GString *out, guint64 address, guint bits, guint count, gint64 seq);
/** sonde_debug_json_read_many_body: everything up to the sequence number; kept with the plan, sent
 * by _finish(). */
void sonde_debug_json_read_many_body (GString *out, const SondeRange *reads, guint n);
void sonde_debug_json_read_many_finish (GString *out, gint64 seq);
/** sonde_debug_json_write: one unit, data as "0b.." of exactly @bits digits; @mask: bits to change,
 * all ones: no mask member. */
void sonde_debug_json_write (GString *out, guint64 address, guint bits, guint64 data, guint64 mask,
                             gint64 seq);
/** sonde_debug_json_write_block: "count" elements of @bits with "data":"b64:..". */
void sonde_debug_json_write_block (GString *out, guint64 address, guint bits, const guint8 *data,
                                   gsize size, gint64 seq);

/**
 * sonde_debug_json_parse:
 * @message: inited; its earlier content is replaced, its data array reused
 *
 * The hot answers go through wire/json-scan, all else through json-glib. Ids, sizes and numbers are
 * taken as text or number.
 *
 * Returns: FALSE where @text is not JSON or deeper than 32 or larger than 64 Ki keys; @message is
 * then FREE with no fields
 */
gboolean sonde_debug_json_parse (SondeMessage *message, const char *text, gsize size);

/** sonde_debug_json_foreach_number: numbers and bools of a JSON object, by key path
 * (device.md 2.1). FALSE: not a JSON object. */
gboolean sonde_debug_json_foreach_number (const char *text, gsize size, SondeFieldFunc func,
                                          gpointer user_data);
