/* variable.c: a named, typed place in a target's memory, that opens into children */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/variable.h"

#include <string.h>

#include "types/path.h"
#include "types/text.h"

/* So many names an error tells of what there is. */
#define MAX_NAMES_TOLD 12

struct _SondeVariable
{
  SondeVariableInfo info;
  SondeVariable *origin; /* owned; NULL where the texts of info are this variable's own */
};

SondeVariable *
sonde_variable_new (const SondeVariableInfo *info)
{
  g_return_val_if_fail (info != NULL && info->path != NULL && info->type != NULL, NULL);

  SondeVariable *self = g_atomic_rc_box_new0 (SondeVariable);

  self->info = *info;
  self->info.path = g_strdup (info->path);
  self->info.why = g_strdup (info->why);
  self->info.unit = g_strdup (info->unit);
  self->info.section = g_strdup (info->section);
  self->info.file = g_strdup (info->file);
  sonde_type_ref (info->type);
  if (info->pointer != NULL)
    sonde_variable_ref (info->pointer);
  return self;
}

static void
clear_variable (SondeVariable *self)
{
  g_free ((char *) self->info.path);
  if (self->origin == NULL)
    {
      g_free ((char *) self->info.why);
      g_free ((char *) self->info.unit);
      g_free ((char *) self->info.section);
      g_free ((char *) self->info.file);
    }
  sonde_type_unref (self->info.type);
  sonde_variable_unref (self->info.pointer);
  sonde_variable_unref (self->origin);
}

SondeVariable *
sonde_variable_ref (SondeVariable *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sonde_variable_unref (SondeVariable *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_variable);
}

const SondeVariableInfo *
sonde_variable_get_info (const SondeVariable *self)
{
  return &self->info;
}

const char *
sonde_variable_get_path (const SondeVariable *self)
{
  return self->info.path;
}

guint64
sonde_variable_get_address (const SondeVariable *self)
{
  return self->info.address;
}

SondeType *
sonde_variable_get_type (const SondeVariable *self)
{
  return self->info.type;
}

guint64
sonde_variable_get_size (const SondeVariable *self)
{
  return sonde_type_get_size (self->info.type);
}

gboolean
sonde_variable_is_leaf (const SondeVariable *self)
{
  return sonde_type_is_leaf (self->info.type) || sonde_type_is_text (self->info.type);
}

guint64
sonde_variable_get_n_children (const SondeVariable *self)
{
  const SondeType *type = self->info.type;

  return sonde_type_get_kind (type) == SONDE_KIND_ARRAY ? sonde_type_get_count (type)
                                                        : sonde_type_get_n_children (type);
}

/* The child borrows the texts of the variable it came from at first. @path is taken over. */
static SondeVariable *
new_child (const SondeVariable *self, char *path, SondeType *type, guint64 offset)
{
  SondeVariable *child = g_atomic_rc_box_new0 (SondeVariable);
  const SondeVariable *origin = self->origin != NULL ? self->origin : self;

  child->info = self->info;
  child->info.path = path;
  child->info.type = sonde_type_ref (type);
  child->info.address = self->info.address + offset;
  child->origin = sonde_variable_ref ((SondeVariable *) origin);
  if (child->info.pointer != NULL)
    sonde_variable_ref (child->info.pointer);
  return child;
}

static SondeVariable *
new_element (const SondeVariable *self, guint64 index)
{
  SondeType *element = sonde_type_get_base (self->info.type);
  char *path = g_strdup_printf ("%s[%" G_GUINT64_FORMAT "]", self->info.path, index);

  return new_child (self, path, element, index * sonde_type_get_size (element));
}

static SondeVariable *
new_member (const SondeVariable *self, const SondeMember *member)
{
  char *path = g_strconcat (self->info.path, ".", member->name, NULL);
  SondeVariable *child = new_child (self, path, member->type, member->offset);

  /* A unit is that of one number: elements share it, members do not. */
  child->info.unit = NULL;
  return child;
}

SondeVariable *
sonde_variable_dup_child (const SondeVariable *self, guint64 index)
{
  SondeMember member;

  if (index >= sonde_variable_get_n_children (self))
    return NULL;
  if (sonde_type_get_kind (self->info.type) == SONDE_KIND_ARRAY)
    return new_element (self, index);
  return sonde_type_get_child (self->info.type, (guint) index, &member) ? new_member (self, &member)
                                                                        : NULL;
}

/* "speed, target, pid" or "none": what may follow here. */
static char *
tell_members (const SondeVariable *self)
{
  const guint n = sonde_type_get_n_children (self->info.type);
  g_autoptr (GString) names = g_string_new (NULL);
  SondeMember member;

  for (guint i = 0; i < MIN (n, MAX_NAMES_TOLD); i++)
    if (sonde_type_get_child (self->info.type, i, &member))
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", member.name);
  if (n > MAX_NAMES_TOLD)
    g_string_append_printf (names, " and %u more", n - MAX_NAMES_TOLD);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
set_no_member (const SondeVariable *self, const SondeStep *step, GError **error)
{
  const char *path = self->info.path;
  const char *type = sonde_type_get_name (self->info.type);
  g_autofree char *members = tell_members (self);

  if (sonde_type_get_kind (self->info.type) == SONDE_KIND_ARRAY)
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s.%.*s: no such member, %s is an array (%s)", path, (int) step->length,
                 step->text, path, type);
  else if (*members == 0)
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s.%.*s: no such member, %s has none (%s)", path, (int) step->length, step->text,
                 path, type);
  else
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s.%.*s: no such member, %s has %s", path, (int) step->length, step->text, path,
                 members);
}

static void
set_no_element (const SondeVariable *self, guint64 index, GError **error)
{
  const char *path = self->info.path;
  const guint64 count = sonde_type_get_count (self->info.type);

  if (count > 0)
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s[%" G_GUINT64_FORMAT "]: out of range, %s has 0 .. %" G_GUINT64_FORMAT, path,
                 index, path, count - 1);
  else
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s[%" G_GUINT64_FORMAT "]: no such element, %s %s (%s)", path, index, path,
                 sonde_type_get_kind (self->info.type) == SONDE_KIND_ARRAY ? "has no known length"
                                                                           : "is no array",
                 sonde_type_get_name (self->info.type));
}

static SondeVariable *
take_step (const SondeVariable *self, const SondeStep *step, GError **error)
{
  SondeMember member;

  if (step->kind == SONDE_STEP_INDEX)
    {
      if (step->index < sonde_type_get_count (self->info.type))
        return new_element (self, step->index);
      set_no_element (self, step->index, error);
      return NULL;
    }
  if (sonde_type_find_child (self->info.type, step->text, step->length, &member))
    return new_member (self, &member);
  set_no_member (self, step, error);
  return NULL;
}

SondeVariable *
sonde_variable_dup_by_path (SondeVariable *self, const char *rest, GError **error)
{
  g_autoptr (SondeVariable) at = sonde_variable_ref (self);
  const char *cursor = rest;
  SondeStep step;

  /* Without this "pid" would pass for ".pid". */
  if (*rest != 0 && *rest != '.' && *rest != '[')
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                   "%s%s: a member follows after a dot, an element in brackets", self->info.path,
                   rest);
      return NULL;
    }
  while (sonde_path_next (&cursor, &step))
    {
      SondeVariable *next = take_step (at, &step, error);

      if (next == NULL)
        return NULL;
      sonde_variable_unref (at);
      at = next;
    }
  if (*cursor != 0)
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                   "%s%s: \"%s\" is neither a member nor an element", self->info.path, rest,
                   cursor);
      return NULL;
    }
  return g_steal_pointer (&at);
}
