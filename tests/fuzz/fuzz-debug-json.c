/* fuzz-debug-json.c: any text becomes a message whose parts hold what they promise */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wire/debug-json.h"
#include "wire/json-check.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
on_number (const char *path, double value, gpointer user_data)
{
  g_assert_cmpuint (strlen (path), <=, 256);
}

/* Nothing that a terminal would act on may be left in what people read. */
static void
assert_safe (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (; *text != '\0'; text++)
    g_assert_true ((guint8) *text >= 0x20 && *text != 0x7f);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  SondeMessage message;
  SondeJsonFacts facts;
  gboolean is_json;

  sonde_message_init (&message);
  is_json = sonde_debug_json_parse (&message, text, size);
  if (is_json)
    g_assert_true (sonde_json_check (text, size, &facts));
  else
    g_assert_cmpint (message.kind, ==, SONDE_MESSAGE_FREE);
  g_assert_cmpint (message.is_error, ==, message.error[0] != '\0');
  g_assert_true (message.has_data || message.data->len == 0);
  assert_safe (message.error);
  assert_safe (message.code);
  assert_safe (message.tag);
  assert_safe (message.identity.device);
  assert_safe (message.identity.firmware);
  /* Once more into the same message: nothing of the first round may matter. */
  g_assert_cmpint (sonde_debug_json_parse (&message, text, size), ==, is_json);
  if (sonde_debug_json_foreach_number (text, size, on_number, NULL))
    g_assert_true (is_json);
  sonde_message_clear (&message);
  return 0;
}
