/* map-changes.c: what another ELF did to the variables that are watched */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/map-changes.h"

#include <string.h>

#include "symbols/elf-diff.h"

typedef enum
{
  MOVED,
  RETYPED,
  GONE,
  BACK,
  N_KINDS,
} Kind;

static const char *const words[N_KINDS] = { "moved", "changed type", "gone", "back" };

struct _SondeMapChanges
{
  guint n[N_KINDS];
  guint n_untold;   /* beyond the most lines */
  GPtrArray *lines; /* of char*; ends with NULL once they were asked for */
};

SondeMapChanges *
sonde_map_changes_new (void)
{
  SondeMapChanges *self = g_new0 (SondeMapChanges, 1);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
sonde_map_changes_free (SondeMapChanges *self)
{
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static const char *
type_name_of (SondeVariable *variable)
{
  return sonde_type_get_name (sonde_variable_get_type (variable));
}

/* Takes @line. */
static void
count (SondeMapChanges *self, Kind kind, char *line)
{
  self->n[kind]++;
  if (self->lines->len < SONDE_MAP_CHANGES_MAX_LINES)
    g_ptr_array_add (self->lines, line);
  else
    {
      self->n_untold++;
      g_free (line);
    }
}

/* Behind a pointer it is the pointer that a rebuild moves. */
static char *
dup_place (SondeVariable *variable)
{
  SondeVariable *pointer = sonde_variable_get_info (variable)->pointer;
  g_autofree char *behind = pointer == NULL ? NULL : dup_place (pointer);

  if (behind != NULL)
    return g_strdup_printf ("behind %s", behind);
  return g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", sonde_variable_get_address (variable));
}

static void
count_gone (SondeMapChanges *self, const char *path, const char *why)
{
  const gsize length = strlen (path);

  /* Reasons begin with the path themselves. */
  if (g_str_has_prefix (why, path) && g_str_has_prefix (why + length, ": "))
    why += length + 2;
  count (self, GONE, g_strdup_printf ("%s: gone: %s", path, why));
}

/* As "sondectl diff" judges, but each watch counts once: what weighs most. */
static void
compare (SondeMapChanges *self, const char *path, SondeVariable *old, SondeVariable *now)
{
  const guint changes = sonde_change_judge (old, now);
  g_autofree char *from = dup_place (old);
  g_autofree char *to = dup_place (now);

  if ((changes & SONDE_CHANGE_REMOVED) != 0)
    count_gone (self, path, sonde_variable_get_info (now)->why);
  else if ((changes & SONDE_CHANGE_ADDED) != 0)
    sonde_map_changes_add_back (self, path, now);
  else if ((changes & (SONDE_CHANGE_RETYPED | SONDE_CHANGE_RESIZED)) != 0)
    count (self, RETYPED,
           g_strdup_printf ("%s: %s at %s -> %s at %s", path, type_name_of (old), from,
                            type_name_of (now), to));
  else if ((changes & SONDE_CHANGE_MOVED) != 0)
    count (self, MOVED, g_strdup_printf ("%s: %s -> %s", path, from, to));
}

void
sonde_map_changes_add (SondeMapChanges *self, const char *path, SondeVariable *old,
                       SondeVariable *now, const char *why)
{
  if (now != NULL)
    compare (self, path, old, now);
  else
    count_gone (self, path, why);
}

void
sonde_map_changes_add_back (SondeMapChanges *self, const char *path, SondeVariable *now)
{
  g_autofree char *to = dup_place (now);

  count (self, BACK, g_strdup_printf ("%s: back at %s", path, to));
}

char *
sonde_map_changes_dup_text (SondeMapChanges *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_KINDS; i++)
    if (self->n[i] > 0)
      g_string_append_printf (text, "%s%u %s", text->len == 0 ? "New symbols: " : ", ", self->n[i],
                              words[i]);
  return text->len == 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

char **
sonde_map_changes_get_lines (SondeMapChanges *self)
{
  if (self->n_untold > 0)
    g_ptr_array_add (self->lines, g_strdup_printf ("and %u more", self->n_untold));
  self->n_untold = 0;
  if (self->lines->len == 0 || g_ptr_array_index (self->lines, self->lines->len - 1) != NULL)
    g_ptr_array_add (self->lines, NULL);
  return (char **) self->lines->pdata;
}
