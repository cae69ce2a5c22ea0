/* debug-json.c: the device protocol's JSON, written and parsed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/debug-json.h"

#include "wire/base64.h"
#include "wire/debug-tree.h"
#include "wire/json-scan.h"

#define MIN_ADDRESS_DIGITS 8 /* as the original writes 32 bits */

/* printf takes several times as long as the whole message should. */
static void
append_hex (GString *out, guint64 value, guint min_digits)
{
  char text[16];
  guint n = 0;

  do
    text[15 - n++] = "0123456789ABCDEF"[value & 15];
  while ((value >>= 4) != 0);
  while (n < min_digits)
    text[15 - n++] = '0';
  g_string_append_len (out, text + 16 - n, n);
}

static void
append_decimal (GString *out, guint64 value)
{
  char text[20];
  guint n = 0;

  do
    text[19 - n++] = (char) ('0' + value % 10);
  while ((value /= 10) != 0);
  g_string_append_len (out, text + 20 - n, n);
}

static void
append_seq (GString *out, gint64 seq)
{
  if (seq < 0)
    return;
  g_string_append (out, ",\"seq\":");
  append_decimal (out, (guint64) seq);
}

/* Closes the object. The line end is for peers that read lines (device.md 2.2). */
static void
finish (GString *out, gint64 seq)
{
  append_seq (out, seq);
  g_string_append_len (out, "}\n", 2);
}

static void
append_address (GString *out, guint64 address)
{
  g_string_append (out, "\"0x");
  append_hex (out, address, MIN_ADDRESS_DIGITS);
  g_string_append_c (out, '"');
}

static void
append_place (GString *out, const char *command, guint64 address, guint bits)
{
  g_string_append (out, "{\"cmd\":\"");
  g_string_append (out, command);
  g_string_append (out, "\",\"add\":");
  append_address (out, address);
  g_string_append (out, bits < 10 ? ",\"size\":\"0" : ",\"size\":\"");
  append_decimal (out, bits);
  g_string_append_c (out, '"');
}

static void
append_session (GString *out, const char *command, const char *con_id, gint64 seq)
{
  g_string_append (out, "{\"cmd\":\"");
  g_string_append (out, command);
  g_string_append (out, "\",\"con_id\":\"");
  g_string_append (out, con_id);
  g_string_append_c (out, '"');
  finish (out, seq);
}

void
sonde_debug_json_init (GString *out, const char *con_id, gint64 seq)
{
  append_session (out, "init", con_id, seq);
}

void
sonde_debug_json_end (GString *out, const char *con_id, gint64 seq)
{
  append_session (out, "end", con_id, seq);
}

void
sonde_debug_json_read (GString *out, guint64 address, guint bits, guint count, gint64 seq)
{
  append_place (out, "mem_read", address, bits);
  if (count > 0)
    {
      g_string_append (out, ",\"count\":");
      append_decimal (out, count);
    }
  finish (out, seq);
}

void
sonde_debug_json_read_many_body (GString *out, const SondeRange *reads, guint n)
{
  g_string_append (out, "{\"cmd\":\"mem_read_many\",\"reads\":[");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, i > 0 ? ",[" : "[");
      append_address (out, reads[i].address);
      g_string_append_c (out, ',');
      append_decimal (out, reads[i].size);
      g_string_append_c (out, ']');
    }
  g_string_append_c (out, ']');
}

void
sonde_debug_json_read_many_finish (GString *out, gint64 seq)
{
  finish (out, seq);
}

void
sonde_debug_json_write (GString *out, guint64 address, guint bits, guint64 data, guint64 mask,
                        gint64 seq)
{
  guint64 all = bits >= 64 ? G_MAXUINT64 : (1ull << bits) - 1;

  append_place (out, "mem_write", address, bits);
  g_string_append (out, ",\"data\":\"0b");
  for (guint bit = bits; bit > 0; bit--)
    g_string_append_c (out, (data >> (bit - 1) & 1) != 0 ? '1' : '0');
  g_string_append_c (out, '"');
  if ((mask & all) != all)
    {
      g_string_append (out, ",\"mask\":\"0x");
      append_hex (out, mask & all, bits / 4);
      g_string_append_c (out, '"');
    }
  finish (out, seq);
}

void
sonde_debug_json_write_block (GString *out, guint64 address, guint bits, const guint8 *data,
                              gsize size, gint64 seq)
{
  append_place (out, "mem_write", address, bits);
  g_string_append (out, ",\"count\":");
  append_decimal (out, size / MAX (bits / 8, 1));
  g_string_append (out, ",\"data\":\"b64:");
  sonde_base64_append (out, data, size);
  g_string_append_c (out, '"');
  finish (out, seq);
}

gboolean
sonde_debug_json_parse (SondeMessage *message, const char *text, gsize size)
{
  sonde_message_reset (message);
  if (sonde_json_scan_answer (message, text, size))
    return TRUE;
  sonde_message_reset (message);
  return sonde_debug_tree_parse (message, text, size);
}

gboolean
sonde_debug_json_foreach_number (const char *text, gsize size, SondeFieldFunc func,
                                 gpointer user_data)
{
  return sonde_number_fields_foreach (text, size, func, user_data);
}
