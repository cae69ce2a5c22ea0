/* test-json-scan.c: the fast reader agrees with the tree, or declines */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tests/support/same-message.h"
#include "wire/debug-tree.h"
#include "wire/json-scan.h"

typedef struct
{
  const char *text;
  gboolean is_taken;
} Case;

// clang-format off
static const Case cases[] = {
  /* As our agent, the original gateway and Python programs write: these must not take the tree. */
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"t\":123456789,\"data\":\"AQIDBA==\"}", TRUE },
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"t\":123456789,\"data\":\"\"}\n", TRUE },
  { "{\"res\":\"mem_read\",\"seq\":1,\"add\":\"0x20000100\",\"value\":\"0x0000002a\"}\n", TRUE },
  { "{\"res\": \"mem_read\", \"add\": \"0x20000100\", \"value\": \"0b0000000000101010\"}", TRUE },
  { "{\"res\":\"mem_read\",\"add\":\"0x20000100\",\"value\":42}", TRUE },
  { "{\"res\":\"mem_read\",\"add\":\"0x20000100\",\"value\":\"21.5\"}", TRUE },
  { "{\"res\":\"mem_read\",\"add\":\"0x20000100\",\"data\":\"AQID\",\"seq\":8}", TRUE },
  { "{\"res\":\"mem_write\",\"seq\":1,\"add\":\"0x20000100\",\"state\":\"success\"}\n", TRUE },
  { "{\"res\":\"mem_read\",\"add\":\"0x20000100\",\"value\":\"NaN\"}", TRUE },
  /* Anything off. */
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":NaN}", FALSE },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":\"1e400\"}", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"error\":\"RANGE\",\"at\":1}", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"seq\":7,\"data\":\"AQID\"}", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":07,\"data\":\"AQID\"}", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":-7,\"data\":\"AQID\"}", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":7.5,\"data\":\"AQID\"}", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":1234567890123456789,\"data\":\"AQID\"}", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"data\":\"AQ\\/D\"}", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":7}", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"data\":\"AQID\"", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"data\":\"AQID\"}x", FALSE },
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"data\":\"AQID\",}", FALSE },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":null}", FALSE },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":1.5}", FALSE },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":\"4\\u0032\"}", FALSE },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":\"1\",\"data\":\"AQID\"}", FALSE },
  { "{\"res\":\"mem_write\",\"add\":\"0x10\",\"state\":\"fail\"}", FALSE },
  { "{\"res\":\"mem_write\",\"add\":\"0x10\"}", FALSE },
  { "{\"res\":\"init\",\"con_id\":\"01\"}", FALSE },
  { "{\"res\":\"mem_read\"", FALSE },
  { "", FALSE },
};
// clang-format on

/* TRUE where the fast reader took it; then the tree must have said the same. */
static gboolean
scan_and_compare (const char *text, gsize size)
{
  g_autofree char *copy = g_memdup2 (text, MAX (size, 1));
  SondeMessage fast, slow;
  gboolean is_taken;

  sonde_message_init (&fast);
  sonde_message_init (&slow);
  is_taken = sonde_json_scan_answer (&fast, copy, size);
  if (is_taken)
    {
      g_assert_true (sonde_debug_tree_parse (&slow, copy, size));
      assert_same_message (&fast, &slow);
    }
  sonde_message_clear (&fast);
  sonde_message_clear (&slow);
  return is_taken;
}

static void
test_case (gconstpointer data)
{
  const Case *item = data;

  g_assert_cmpint (scan_and_compare (item->text, strlen (item->text)), ==, item->is_taken);
}

/* Every byte of every good answer replaced by what is likely to hurt, dropped, or doubled. */
static void
test_damaged (void)
{
  static const char letters[] = "\"\\{}[]:, 0x19-.eE=A\n\t\x01\x7f";

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize at = 0, size = strlen (cases[i].text); at < size; at++)
      {
        g_autoptr (GString) text = g_string_new (cases[i].text);

        for (gsize k = 0; k < sizeof letters; k++)
          {
            text->str[at] = letters[k];
            scan_and_compare (text->str, size);
          }
        text->str[at] = cases[i].text[at];
        g_string_insert_c (text, (gssize) at, cases[i].text[at]);
        scan_and_compare (text->str, size + 1);
        g_string_erase (text, (gssize) at, 2);
        scan_and_compare (text->str, size - 1);
        scan_and_compare (cases[i].text, at);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/json-scan/%u", i);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/json-scan/damaged", test_damaged);
  return g_test_run ();
}
