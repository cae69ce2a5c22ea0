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
  self->info.description = g_strdup (info->description);
  if (info->scale == 0)
    self->info.scale = 1;
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
      g_free ((char *) self->info.description);
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
  char *path = sonde_path_dup_element (self->info.path, index);

  return new_child (self, path, element, index * sonde_type_get_size (element));
}

/* A unit is that of one number: elements share it, members do not. */
static void
clear_meaning (SondeVariable *self)
{
  self->info.unit = NULL;
  self->info.scale = 1;
  self->info.description = NULL;
}

static SondeVariable *
new_member (const SondeVariable *self, const SondeMember *member)
{
  char *path = sonde_path_dup_member (self->info.path, member->name);
  SondeVariable *child = new_child (self, path, member->type, member->offset);

  clear_meaning (child);
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

static gboolean
leads_to_members (const SondeVariable *self)
{
  g_autoptr (SondeType) target = sonde_type_dup_target (self->info.type);

  return target != NULL
         && (sonde_type_get_kind (target) == SONDE_KIND_STRUCT
             || sonde_type_get_kind (target) == SONDE_KIND_UNION);
}

static void
set_no_member (const SondeVariable *self, const SondeStep *step, GError **error)
{
  const char *path = self->info.path;
  const char *type = sonde_type_get_name (self->info.type);
  const SondeKind kind = sonde_type_get_kind (self->info.type);
  g_autofree char *name = g_strndup (step->text, step->length);
  g_autofree char *asked = sonde_path_dup_member (path, name);
  g_autofree char *members = tell_members (self);

  if (kind == SONDE_KIND_ARRAY)
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s: no such member, %s is an array (%s)", asked, path, type);
  else if (kind == SONDE_KIND_POINTER && leads_to_members (self))
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s: no such member, %s is a pointer (%s); write %s%s%s->%s", asked, path, type,
                 *path == '*' ? "(" : "", path, *path == '*' ? ")" : "", name);
  else if (kind == SONDE_KIND_POINTER)
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s: no such member, %s is a pointer (%s)", asked, path, type);
  else if (*members == 0)
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s: no such member, %s has none (%s)", asked, path, type);
  else
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH, "%s: no such member, %s has %s",
                 asked, path, members);
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

/* -- pointers -- */

static guint
count_hops (const SondeVariable *self)
{
  guint n = 0;

  for (; self != NULL; self = self->info.pointer)
    n++;
  return n;
}

static gboolean
is_reference (const SondeType *type)
{
  return sonde_type_get_kind (type) == SONDE_KIND_POINTER
         && g_str_has_suffix (sonde_type_get_name (type), "&");
}

static SondeVariable *
refuse (const SondeVariable *self, const char *what, const char *advice, GError **error)
{
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH, "%s: %s (%s)%s%s", self->info.path,
               what, sonde_type_get_name (self->info.type), *advice != 0 ? "; " : "", advice);
  return NULL;
}

static SondeVariable *
refuse_target (const SondeVariable *self, const SondeType *target, GError **error)
{
  const gboolean is_code = strstr (sonde_type_get_name (self->info.type), ")(") != NULL;
  g_autofree char *advice = NULL;

  if (is_code)
    return refuse (self, "points to a function, which has no value", "", error);
  advice = g_strdup_printf ("say as what to read it: (TYPE*)%s", self->info.path);
  if (target == NULL)
    return refuse (self, "a void pointer does not say what it points to", advice, error);
  return refuse (self, "points to a type that the file only declares", advice, error);
}

/* What lies behind a pointer has nothing of the pointer but the machine. */
static SondeVariable *
new_target (const SondeVariable *self, SondeType *type)
{
  SondeVariable *target = new_child (self, sonde_path_dup_target (self->info.path), type, 0);

  clear_meaning (target);
  sonde_variable_unref (target->info.pointer);
  target->info.pointer = sonde_variable_ref ((SondeVariable *) self);
  target->info.address = 0;
  target->info.memory = SONDE_MEMORY_PERIPHERAL;
  target->info.is_writable = !g_str_has_prefix (sonde_type_get_name (type), "const ");
  target->info.section = NULL;
  target->info.file = NULL;
  target->info.line = 0;
  return target;
}

SondeVariable *
sonde_variable_follow (const SondeVariable *self, GError **error)
{
  g_autoptr (SondeType) target = NULL;

  if (sonde_type_get_kind (self->info.type) != SONDE_KIND_POINTER)
    return refuse (self, "is no pointer", "", error);
  target = sonde_type_dup_target (self->info.type);
  if (target == NULL
      || (sonde_type_get_kind (target) == SONDE_KIND_OPAQUE && sonde_type_get_size (target) == 0))
    return refuse_target (self, target, error);
  if (count_hops (self) > SONDE_VARIABLE_MAX_HOPS)
    return refuse (self, "too many pointers after each other", "begin nearer to the end", error);
  return new_target (self, target);
}

SondeVariable *
sonde_variable_dup_target (const SondeVariable *self)
{
  return sonde_variable_follow (self, NULL);
}

SondeVariable *
sonde_variable_dup_as (const SondeVariable *self, SondeType *type, const char *path)
{
  return new_child (self, g_strdup (path), type, 0);
}

SondeVariable *
sonde_variable_dup_shifted (const SondeVariable *self, guint64 index, const char *path,
                            GError **error)
{
  const guint64 size = sonde_type_get_size (self->info.type);
  guint64 offset;

  if (size > 0 && g_uint64_checked_mul (&offset, size, index) && offset <= G_MAXINT64)
    return new_child (self, g_strdup (path), self->info.type, offset);
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH, "%s: %s (%s)", path,
               size > 0 ? "lies beyond all addresses" : "elements have no size",
               sonde_type_get_name (self->info.type));
  return NULL;
}

static SondeVariable *
index_pointer (const SondeVariable *self, guint64 index, GError **error)
{
  g_autoptr (SondeVariable) target = sonde_variable_follow (self, error);
  g_autofree char *path = NULL;

  if (target == NULL)
    return NULL;
  path = sonde_path_dup_element (self->info.path, index);
  return sonde_variable_dup_shifted (target, index, path, error);
}

/* -- steps -- */

static SondeVariable *
take_index (const SondeVariable *self, guint64 index, GError **error)
{
  if (index < sonde_type_get_count (self->info.type))
    return new_element (self, index);
  if (sonde_type_get_kind (self->info.type) == SONDE_KIND_POINTER)
    return index_pointer (self, index, error);
  set_no_element (self, index, error);
  return NULL;
}

static SondeVariable *
take_member (const SondeVariable *self, const SondeStep *step, GError **error)
{
  SondeMember member;

  if (sonde_type_find_child (self->info.type, step->text, step->length, &member))
    return new_member (self, &member);
  set_no_member (self, step, error);
  return NULL;
}

static SondeVariable *
take_arrow (const SondeVariable *self, const SondeStep *step, GError **error)
{
  const SondeKind kind = sonde_type_get_kind (self->info.type);
  g_autoptr (SondeVariable) target = NULL;
  g_autofree char *advice = NULL;

  if (kind == SONDE_KIND_POINTER)
    target = sonde_variable_follow (self, error);
  else
    {
      if (kind == SONDE_KIND_ARRAY || sonde_type_get_n_children (self->info.type) > 0)
        advice = g_strdup_printf ("write %s%s.%.*s", self->info.path,
                                  kind == SONDE_KIND_ARRAY ? "[0]" : "", (int) step->length,
                                  step->text);
      refuse (self, "is no pointer", advice != NULL ? advice : "", error);
    }
  return target != NULL ? take_member (target, step, error) : NULL;
}

static SondeVariable *
take_step (const SondeVariable *self, const SondeStep *step, GError **error)
{
  switch (step->kind)
    {
    case SONDE_STEP_INDEX:
      return take_index (self, step->index, error);
    case SONDE_STEP_ARROW:
      return take_arrow (self, step, error);
    default:
      return is_reference (self->info.type) ? take_arrow (self, step, error)
                                            : take_member (self, step, error);
    }
}

SondeVariable *
sonde_variable_dup_by_path (SondeVariable *self, const char *rest, GError **error)
{
  g_autoptr (SondeVariable) at = sonde_variable_ref (self);
  const char *cursor = rest;
  SondeStep step;

  /* Without this "pid" would pass for ".pid". */
  if (*rest != 0 && *rest != '.' && *rest != '[' && !g_str_has_prefix (rest, "->"))
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
