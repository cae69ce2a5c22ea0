/* near-miss.c: what somebody may have meant by a path that is not there */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/near-miss.h"

#include <string.h>

#include "types/path.h"

#define MAX_TOLD 3
#define MAX_LENGTH 63

typedef struct
{
  const char *name; /* borrowed */
  guint distance;   /* of spelling; 0: the same name inside a file, function or namespace */
} Candidate;

struct _SondeNearMiss
{
  const char *path; /* borrowed */
  gsize length;     /* of its root */
  GArray *best;     /* Candidate, nearest first */
};

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

SondeNearMiss *
sonde_near_miss_new (const char *path)
{
  SondeNearMiss *self = g_new (SondeNearMiss, 1);

  self->path = path;
  self->length = sonde_path_root_length (path);
  self->best = g_array_new (FALSE, FALSE, sizeof (Candidate));
  return self;
}

void
sonde_near_miss_free (SondeNearMiss *self)
{
  g_array_unref (self->best);
  g_free (self);
}

void
sonde_near_miss_offer (SondeNearMiss *self, const char *name)
{
  const Candidate candidate = { name, judge (name, self->path, self->length) };

  if (candidate.distance <= MIN (3, (guint) self->length / 3))
    insert (self->best, candidate);
}

char *
sonde_near_miss_describe (SondeNearMiss *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  drop_spellings (self->best);
  for (guint i = 0; i < self->best->len; i++)
    g_string_append_printf (text, "%s%s%s",
                            i == 0                     ? "; did you mean "
                            : i + 1 == self->best->len ? " or "
                                                       : ", ",
                            g_array_index (self->best, Candidate, i).name,
                            self->path + self->length);
  if (self->best->len > 0)
    g_string_append_c (text, '?');
  return g_string_free (g_steal_pointer (&text), FALSE);
}
