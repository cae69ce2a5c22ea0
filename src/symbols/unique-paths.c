/* unique-paths.c: names that would be equal get their file in front */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/unique-paths.h"

#include <string.h>

#define MAX_FOLDERS 16

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const SondeUniquePath *x = *(SondeUniquePath *const *) a, *y = *(SondeUniquePath *const *) b;
  const int order = strcmp (x->path, y->path);

  if (order != 0)
    return order;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* The last @n_folders folders and the name of @file. */
static const char *
get_tail (const char *file, guint n_folders)
{
  const char *at = file + strlen (file);
  guint n = 0;

  while (at > file)
    {
      if (at[-1] == '/' && n++ == n_folders)
        break;
      at--;
    }
  return at;
}

/* Two of other units that have the same tail, by tail: "" where several have it. */
static GHashTable *
index_tails (SondeUniquePath *const *rows, guint n, guint n_folders)
{
  GHashTable *units = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      const char *tail = get_tail (rows[i]->unit, n_folders);
      const char *unit = g_hash_table_lookup (units, tail);
      const gboolean is_shared = unit != NULL && strcmp (unit, rows[i]->unit) != 0;

      g_hash_table_insert (units, (gpointer) tail, (gpointer) (is_shared ? "" : rows[i]->unit));
    }
  return units;
}

static gboolean
is_one_unit (SondeUniquePath *const *rows, guint n)
{
  for (guint i = 1; i < n; i++)
    if (!g_str_equal (rows[i]->unit, rows[0]->unit))
      return FALSE;
  return TRUE;
}

static void
put_in_front (SondeUniquePath *row, const char *file)
{
  char *path = g_strconcat (file, "::", row->path, NULL);

  g_free (row->path);
  row->path = path;
}

/* One folder more only for those that the name without it does not tell apart: what another unit is
 * called changes no name that does not need it. */
static void
name_group (SondeUniquePath **rows, guint n)
{
  g_autofree gboolean *is_done = g_new0 (gboolean, n);
  guint n_left = n;

  for (guint i = 0; i < n; i++)
    if (rows[i]->unit == NULL)
      rows[i]->unit = "";
  if (is_one_unit (rows, n))
    return;
  for (guint folders = 0; folders <= MAX_FOLDERS && n_left > 0; folders++)
    {
      g_autoptr (GHashTable) units = index_tails (rows, n, folders);

      for (guint i = 0; i < n; i++)
        {
          const char *tail = get_tail (rows[i]->unit, folders);
          const char *unit = g_hash_table_lookup (units, tail);

          if (is_done[i] || (*unit == '\0' && folders < MAX_FOLDERS))
            continue;
          is_done[i] = TRUE;
          n_left--;
          if (*rows[i]->unit != '\0')
            put_in_front (rows[i], tail);
        }
    }
}

/* Blocks of one function may each have a static of the same name. */
static void
number_group (SondeUniquePath **rows, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      char *path = g_strdup_printf ("%s#%u", rows[i]->path, i + 1);

      g_free (rows[i]->path);
      rows[i]->path = path;
    }
}

static void
for_each_group (SondeUniquePath **rows, guint n, void (*name) (SondeUniquePath **rows, guint n))
{
  guint first = 0;

  qsort (rows, n, sizeof *rows, compare_rows);
  while (first < n)
    {
      /* The first path may change while its group is named. */
      const char *path = rows[first]->path;
      guint end = first + 1;

      while (end < n && g_str_equal (rows[end]->path, path))
        end++;
      if (end - first > 1)
        name (rows + first, end - first);
      first = end;
    }
}

void
sonde_unique_paths (SondeUniquePath *rows, guint n)
{
  g_autofree SondeUniquePath **sorted = g_new (SondeUniquePath *, n + 1);

  for (guint i = 0; i < n; i++)
    sorted[i] = &rows[i];
  for_each_group (sorted, n, name_group);
  for_each_group (sorted, n, number_group);
}
