/* replay.c: feeds a fuzz target every file of its corpus, and mutations of each, as an ordinary
 * test */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Each file is also cut short and has bytes changed at random, by a fixed seed: a failure repeats.
 */
static void
replay (const char *text, gsize size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) size);

  LLVMFuzzerTestOneInput ((const guint8 *) text, size);
  for (guint i = 0; i < 200 && size > 0; i++)
    {
      gsize length
          = i % 4 == 0 ? (gsize) g_rand_int_range (rand, 0, (gint32) MIN (size, G_MAXINT32 - 1) + 1)
                       : size;
      g_autofree guint8 *copy = g_malloc (MAX (length, 1));

      memcpy (copy, text, length);
      for (guint k = 0; k < i % 5 && length > 0; k++)
        copy[g_rand_int_range (rand, 0, (gint32) length)] = (guint8) g_rand_int (rand);
      LLVMFuzzerTestOneInput (copy, length);
    }
}

int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : ".";
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    g_error ("%s: no corpus there", folder);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize size = 0;

      if (!g_file_get_contents (path, &text, &size, NULL))
        continue;
      replay (text, size);
      n++;
    }
  g_print ("%u files replayed\n", n);
  return n > 0 ? 0 : 1;
}
