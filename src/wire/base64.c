/* base64.c: strict base64, as it stands in our JSON messages */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/base64.h"

#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The value of a letter, or a number with bit 7 set: or-ing four of them tells of one wrong. */
static guint8 values[256];

static void
fill_values (void)
{
  static gsize is_filled;

  if (!g_once_init_enter (&is_filled))
    return;
  memset (values, 0x80, sizeof values);
  for (guint i = 0; i < 64; i++)
    values[(guint8) letters[i]] = (guint8) i;
  g_once_init_leave (&is_filled, 1);
}

/* The last group: one or two letters may be padding, and then carry bits that must be zero. */
static gboolean
decode_last (guint8 *out, const guint8 *in, guint *n_bytes)
{
  guint8 a = values[in[0]], b = values[in[1]];
  guint8 c = in[2] == '=' ? 0 : values[in[2]], d = in[3] == '=' ? 0 : values[in[3]];

  if (((a | b | c | d) & 0x80) != 0 || (in[2] == '=' && in[3] != '='))
    return FALSE;
  *n_bytes = in[2] == '=' ? 1 : in[3] == '=' ? 2 : 3;
  if ((*n_bytes == 1 && (b & 15) != 0) || (*n_bytes == 2 && (c & 3) != 0))
    return FALSE;
  out[0] = (guint8) (a << 2 | b >> 4);
  out[1] = (guint8) (b << 4 | c >> 2);
  out[2] = (guint8) (c << 6 | d);
  return TRUE;
}

gboolean
sonde_base64_decode (GByteArray *out, const char *text, gsize size)
{
  const guint8 *in = (const guint8 *) text;
  guint before = out->len, n_last = 0;
  guint8 *to;

  if (size % 4 != 0 || size > G_MAXUINT / 2 - before)
    return FALSE;
  if (size == 0)
    return TRUE;
  fill_values ();
  g_byte_array_set_size (out, before + (guint) (size / 4 * 3));
  to = out->data + before;
  for (gsize i = 0; i + 4 < size; i += 4, in += 4, to += 3)
    {
      guint8 a = values[in[0]], b = values[in[1]], c = values[in[2]], d = values[in[3]];

      if (((a | b | c | d) & 0x80) != 0)
        {
          g_byte_array_set_size (out, before);
          return FALSE;
        }
      to[0] = (guint8) (a << 2 | b >> 4);
      to[1] = (guint8) (b << 4 | c >> 2);
      to[2] = (guint8) (c << 6 | d);
    }
  if (!decode_last (to, in, &n_last))
    {
      g_byte_array_set_size (out, before);
      return FALSE;
    }
  g_byte_array_set_size (out, (guint) (to - out->data) + n_last);
  return TRUE;
}

void
sonde_base64_append (GString *out, const guint8 *data, gsize size)
{
  for (; size >= 3; size -= 3, data += 3)
    {
      const char group[4] = { letters[data[0] >> 2], letters[(data[0] & 3) << 4 | data[1] >> 4],
                              letters[(data[1] & 15) << 2 | data[2] >> 6], letters[data[2] & 63] };

      g_string_append_len (out, group, 4);
    }
  if (size > 0)
    {
      guint8 second = size == 2 ? data[1] : 0;
      const char group[4] = { letters[data[0] >> 2], letters[(data[0] & 3) << 4 | second >> 4],
                              size == 2 ? letters[(second & 15) << 2] : '=', '=' };

      g_string_append_len (out, group, 4);
    }
}
