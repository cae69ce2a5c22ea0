/* near-miss.c: what somebody may have meant by a path that is not there */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/near-miss.h"

#include <string.h>

#include "types/path.h"

#define MAX_TOLD 3
#define MAX_LENGTH 63

typedef struct
{
  guint index;
  guint distance; /* of spelling; 0: the same name inside a file, function or namespace */
} Candidate;

/* Insertions, removals and changes that make one name the other. */
static guint
compute_distance (const char *a, gsize a_length, const char *b)
{
  const gsize b_length = strlen (b);
  guint row[MAX_LENGTH + 1];

  if (a_length > MAX_LENGTH || b_length > MAX_LENGTH)
    return G_MAXUINT;
  for (guint j = 0; j <= b_length; j++)
    row[j] = j;
  for (guint i = 1; i <= a_length; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (guint j = 1; j <= b_length; j++)
        {
          const guint above = row[j];
          const gboolean same = g_ascii_tolower (a[i - 1]) == g_ascii_tolower (b[j - 1]);

          row[j] = MIN (MIN (above, row[j - 1]) + 1, diagonal + (same ? 0 : 1));
          diagonal = above;
        }
    }
  return row[b_length];
}

static gboolean
is_inner_name (const char *path, const char *name, gsize length)
{
  const gsize size = strlen (path);

  return size > length + 2 && strncmp (path + size - length, name, length) == 0
         && strncmp (path + size - length - 2, "::", 2) == 0;
}

static guint
judge (const char *path, const char *name, gsize length)
{
  const char *last = g_strrstr (path, "::");

  if (is_inner_name (path, name, length))
    return 0;
  return compute_distance (name, length, last != NULL ? last + 2 : path);
}

static void
insert (GArray *best, Candidate candidate)
{
  guint at = best->len;

  while (at > 0 && g_array_index (best, Candidate, at - 1).distance > candidate.distance)
    at--;
  if (at >= MAX_TOLD)
    return;
  g_array_insert_val (best, at, candidate);
  g_array_set_size (best, MIN (best->len, MAX_TOLD));
}

/* Where the very name exists somewhere, other spellings only confuse. */
static void
drop_spellings (GArray *best)
{
  while (best->len > 0 && g_array_index (best, Candidate, 0).distance == 0
         && g_array_index (best, Candidate, best->len - 1).distance > 0)
    g_array_set_size (best, best->len - 1);
}

static const char *
get_path (const SondeSymbolImage *image, guint index)
{
  return sonde_symbol_image_text (image, image->variables[index].path);
}

char *
sonde_near_miss_describe (const SondeSymbolImage *image, const char *path)
{
  const gsize length = sonde_path_root_length (path);
  const guint limit = MIN (3, (guint) length / 3);
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < image->n[SONDE_IMAGE_VARIABLES]; i++)
    {
      const Candidate candidate = { i, judge (get_path (image, i), path, length) };

      if (candidate.distance <= limit)
        insert (best, candidate);
    }
  drop_spellings (best);
  for (guint i = 0; i < best->len; i++)
    g_string_append_printf (text, "%s%s%s",
                            i == 0               ? "; did you mean "
                            : i + 1 == best->len ? " or "
                                                 : ", ",
                            get_path (image, g_array_index (best, Candidate, i).index),
                            path + length);
  if (best->len > 0)
    g_string_append_c (text, '?');
  return g_string_free (g_steal_pointer (&text), FALSE);
}
