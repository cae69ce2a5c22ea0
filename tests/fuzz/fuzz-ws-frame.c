/* fuzz-ws-frame.c: frames give the same messages however the stream is cut */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wire/ws-frame.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Adds up what the reader says, so that two ways of feeding it can be compared. */
static void
note (GByteArray *seen, SondeWsResult result, const SondeWsEvent *event)
{
  const guint32 words[4] = { result, event->opcode, (guint32) event->size, event->code };

  if (result == SONDE_WS_MORE)
    return;
  g_byte_array_append (seen, (const guint8 *) words, sizeof words);
  if (result != SONDE_WS_FAILED && event->size > 0)
    g_byte_array_append (seen, event->payload, (guint) event->size);
  if (result == SONDE_WS_MESSAGE && event->opcode == SONDE_WS_TEXT)
    g_assert_true (sonde_ws_is_utf8 (event->payload, event->size));
}

static void
feed (GByteArray *seen, const guint8 *data, gsize size, gsize step, gboolean takes_unmasked)
{
  SondeWsReader reader;
  SondeWsResult result = SONDE_WS_MORE;

  sonde_ws_reader_init (&reader, takes_unmasked);
  for (gsize at = 0; at < size && result != SONDE_WS_FAILED; at += step)
    {
      gsize n = MIN (step, size - at), done = 0;
      g_autofree guint8 *piece = g_memdup2 (data + at, n);

      do
        {
          SondeWsEvent event;
          gsize used;

          result = sonde_ws_reader_next (&reader, piece + done, n - done, &used, &event);
          g_assert_cmpuint (used, <=, n - done);
          done += used;
          note (seen, result, &event);
        }
      while (result == SONDE_WS_MESSAGE || result == SONDE_WS_CONTROL);
    }
  g_assert_true (takes_unmasked || !reader.saw_unmasked);
  sonde_ws_reader_clear (&reader);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gboolean takes_unmasked = size > 0 && (data[0] & 1) != 0;
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GByteArray) cut = g_byte_array_new ();

  if (size < 2)
    return 0;
  feed (whole, data + 2, size - 2, size, takes_unmasked);
  feed (cut, data + 2, size - 2, 1 + data[1] % 17, takes_unmasked);
  g_assert_cmpmem (whole->data, whole->len, cut->data, cut->len);
  return 0;
}
