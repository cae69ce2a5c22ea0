/* test-pages.c: memory that can be used from end to end */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pages.h"

#include <string.h>

static void
test_sizes (void)
{
  static const gsize sizes[] = { 0, 1, 63, 64, 4096, (4u << 20) - 1, 4u << 20, (6u << 20) + 1 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint8 *memory = sonde_pages_alloc (sizes[i]);

      g_assert_nonnull (memory);
      g_assert_cmpuint ((gsize) memory % 64, ==, 0);
      memset (memory, 0x5a, sizes[i]);
      if (sizes[i] > 0)
        g_assert_cmphex (memory[sizes[i] - 1], ==, 0x5a);
      sonde_pages_free (memory);
    }
  sonde_pages_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/sizes", test_sizes);
  return g_test_run ();
}
