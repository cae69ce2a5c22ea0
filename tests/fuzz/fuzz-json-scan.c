/* fuzz-json-scan.c: the fast reader agrees with json-glib, or declines */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/same-message.h"
#include "wire/debug-tree.h"
#include "wire/json-scan.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  SondeMessage fast, slow;

  sonde_message_init (&fast);
  sonde_message_init (&slow);
  if (sonde_json_scan_answer (&fast, text, size))
    {
      g_assert_true (sonde_debug_tree_parse (&slow, text, size));
      assert_same_message (&fast, &slow);
    }
  sonde_message_clear (&fast);
  sonde_message_clear (&slow);
  return 0;
}
