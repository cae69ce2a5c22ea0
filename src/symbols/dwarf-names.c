/* dwarf-names.c: a type as its source would write it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-names.h"

#include <string.h>

#include "symbols/dwarf-shape.h"

/* A pointer to a function that takes pointers to functions: text doubles with each level. */
#define MAX_DEPTH 16
#define MAX_LENGTH 1000
#define MAX_PARAMETERS 32

static char *write_name (const SondeDwarfIndex *index, SondeDieKey key, const char *inner,
                         guint skip, guint depth);

/* "name inner", without a blank before "[3]" or "(int)". */
static char *
join (const char *name, const char *inner)
{
  const char *blank = *inner == '\0' || *inner == '[' || *inner == ' ' ? "" : " ";

  return g_strconcat (name, blank, inner, NULL);
}

/* In C++ and its kin the tag needs no "struct" but its namespaces. */
static char *
write_tag (const SondeDwarfIndex *index, const SondeDwarfShape *shape)
{
  const guint32 scope = sonde_dwarf_index_find_scope (index, shape->key);
  const SondeScope *unit = sonde_dwarf_index_get_unit (index, scope);
  const char *word = shape->tag == DW_TAG_union_type         ? "union"
                     : shape->tag == DW_TAG_enumeration_type ? "enum"
                     : shape->tag == DW_TAG_class_type       ? "class"
                                                             : "struct";

  if (shape->name == NULL)
    return g_strconcat (word, " {...}", NULL);
  if (unit != NULL && unit->is_c)
    return g_strconcat (word, " ", shape->name, NULL);
  g_autofree char *prefix = sonde_dwarf_index_dup_type_prefix (index, scope);
  return g_strconcat (prefix, shape->name, NULL);
}

static char *
write_plain (const SondeDwarfIndex *index, const SondeDwarfShape *shape)
{
  switch (shape->tag)
    {
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
    case DW_TAG_union_type:
    case DW_TAG_interface_type:
    case DW_TAG_enumeration_type:
      return write_tag (index, shape);
    case DW_TAG_typedef:
      {
        const guint32 scope = sonde_dwarf_index_find_scope (index, shape->key);
        g_autofree char *prefix = sonde_dwarf_index_dup_type_prefix (index, scope);

        return g_strconcat (prefix, shape->name != NULL ? shape->name : "?", NULL);
      }
    default:
      return g_strdup (shape->name != NULL ? shape->name : "?");
    }
}

static guint
get_tag (const SondeDwarfIndex *index, SondeDieKey key)
{
  g_autoptr (SondeDwarfShape) shape = sonde_dwarf_shape_new (index->dwarf, key);

  return shape != NULL ? shape->tag : 0;
}

static gboolean
is_compound (const SondeDwarfIndex *index, SondeDieKey key)
{
  const guint tag = get_tag (index, key);

  return tag == DW_TAG_array_type || tag == DW_TAG_subroutine_type;
}

static gboolean
is_pointer (const SondeDwarfIndex *index, SondeDieKey key)
{
  const guint tag = get_tag (index, key);

  return tag == DW_TAG_pointer_type || tag == DW_TAG_reference_type
         || tag == DW_TAG_rvalue_reference_type;
}

static char *
write_pointer (const SondeDwarfIndex *index, const SondeDwarfShape *shape, const char *inner,
               guint depth)
{
  const char *sign = shape->tag == DW_TAG_pointer_type     ? "*"
                     : shape->tag == DW_TAG_reference_type ? "&"
                                                           : "&&";
  const gboolean braces = is_compound (index, shape->target);
  g_autofree char *text = g_strconcat (braces ? "(" : "", sign, inner, braces ? ")" : "", NULL);

  return write_name (index, shape->target, text, 0, depth);
}

static char *
write_array (const SondeDwarfIndex *index, const SondeDwarfShape *shape, const char *inner,
             guint skip, guint depth)
{
  g_autoptr (GString) text = g_string_new (inner);

  for (guint i = skip; i < shape->counts->len; i++)
    {
      const guint64 count = g_array_index (shape->counts, guint64, i);

      if (count > 0)
        g_string_append_printf (text, "[%" G_GUINT64_FORMAT "]", count);
      else
        g_string_append (text, "[]");
    }
  return write_name (index, shape->target, text->str, 0, depth);
}

/* "int S::*", "int (S::*)(char)": a member function's first parameter is the object, unwritten. */
static char *
write_member_pointer (const SondeDwarfIndex *index, const SondeDwarfShape *shape, const char *inner,
                      guint depth)
{
  const gboolean braces = is_compound (index, shape->target);
  const guint skip = get_tag (index, shape->target) == DW_TAG_subroutine_type ? 1 : 0;
  g_autofree char *container = write_name (index, shape->container, "", 0, depth);
  g_autofree char *text
      = g_strconcat (braces ? "(" : "", container, "::*", inner, braces ? ")" : "", NULL);

  return write_name (index, shape->target, text, skip, depth);
}

static char *
write_function (const SondeDwarfIndex *index, const SondeDwarfShape *shape, const char *inner,
                guint skip, guint depth)
{
  g_autoptr (GString) text = g_string_new (inner);

  g_string_append_c (text, '(');
  for (guint i = skip; i < MIN (shape->members->len, MAX_PARAMETERS); i++)
    {
      const SondeDwarfMember *row = &g_array_index (shape->members, SondeDwarfMember, i);
      g_autofree char *name = write_name (index, row->type, "", 0, depth);

      g_string_append_printf (text, "%s%s", i > skip ? ", " : "", name);
    }
  g_string_append (text, shape->members->len > skip ? ")" : "void)");
  return write_name (index, shape->target, text->str, 0, depth);
}

/* "const int", but "int *const". */
static char *
write_qualifier (const SondeDwarfIndex *index, const SondeDwarfShape *shape, const char *inner,
                 guint depth)
{
  const char *word = shape->tag == DW_TAG_const_type      ? "const"
                     : shape->tag == DW_TAG_volatile_type ? "volatile"
                     : shape->tag == DW_TAG_restrict_type ? "restrict"
                     : shape->tag == DW_TAG_atomic_type   ? "_Atomic"
                                                          : NULL;

  /* Of an array the elements carry the word as well. */
  if (word == NULL || is_compound (index, shape->target))
    return write_name (index, shape->target, inner, 0, depth);
  if (is_pointer (index, shape->target))
    {
      g_autofree char *text = join (word, inner);

      return write_name (index, shape->target, text, 0, depth);
    }
  g_autofree char *name = write_name (index, shape->target, inner, 0, depth);
  return g_strconcat (word, " ", name, NULL);
}

static char *
write_shape (const SondeDwarfIndex *index, const SondeDwarfShape *shape, const char *inner,
             guint skip, guint depth)
{
  switch (shape->tag)
    {
    case DW_TAG_pointer_type:
    case DW_TAG_reference_type:
    case DW_TAG_rvalue_reference_type:
      return write_pointer (index, shape, inner, depth);
    case DW_TAG_array_type:
      return write_array (index, shape, inner, skip, depth);
    case DW_TAG_subroutine_type:
      return write_function (index, shape, inner, skip, depth);
    case DW_TAG_ptr_to_member_type:
      return write_member_pointer (index, shape, inner, depth);
    default:
      break;
    }
  if (sonde_dwarf_shape_is_qualifier (shape->tag))
    return write_qualifier (index, shape, inner, depth);
  g_autofree char *name = write_plain (index, shape);
  return join (name, inner);
}

static char *
write_name (const SondeDwarfIndex *index, SondeDieKey key, const char *inner, guint skip,
            guint depth)
{
  g_autoptr (SondeDwarfShape) shape = NULL;

  if (key == 0)
    return join ("void", inner);
  if (depth >= MAX_DEPTH || strlen (inner) > MAX_LENGTH)
    return g_strdup ("...");
  shape = sonde_dwarf_shape_new (index->dwarf, key);
  return shape != NULL ? write_shape (index, shape, inner, skip, depth + 1) : join ("?", inner);
}

char *
sonde_dwarf_type_name (const SondeDwarfIndex *index, SondeDieKey key, guint skip)
{
  return write_name (index, key, "", skip, 0);
}
