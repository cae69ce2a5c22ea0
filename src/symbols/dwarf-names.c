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

/* Compilers write "long unsigned int" or "unsigned long": a rebuild by another is the same type. */
static const char *
spell_base (const char *name)
{
  static const char *const spellings[][2] = {
    { "short int", "short" },
    { "short unsigned int", "unsigned short" },
    { "long int", "long" },
    { "long unsigned int", "unsigned long" },
    { "long long int", "long long" },
    { "long long unsigned int", "unsigned long long" },
    { "__int128 unsigned", "unsigned __int128" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (strcmp (name, spellings[i][0]) == 0)
      return spellings[i][1];
  return name;
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
      return g_strdup (shape->name != NULL ? spell_base (shape->name) : "?");
    }
}

static guint
get_tag (const SondeDwarfIndex *index, SondeDieKey key)
{
  g_autoptr (SondeDwarfShape) shape = sonde_dwarf_shape_new (index->dwarf, key);

  return shape != NULL ? shape->tag : 0;
}

/* What a "*" in front of needs braces. The "const" of an array is that of its elements. */
static gboolean
is_compound (const SondeDwarfIndex *index, SondeDieKey key)
{
  SondeDieKey end;

  sonde_dwarf_shape_qualify (index->dwarf, key, 0, &end);
  const guint tag = get_tag (index, end);

  return tag == DW_TAG_array_type || tag == DW_TAG_subroutine_type;
}

static gboolean
is_pointer (guint tag)
{
  return tag == DW_TAG_pointer_type || tag == DW_TAG_reference_type
         || tag == DW_TAG_rvalue_reference_type || tag == DW_TAG_ptr_to_member_type;
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
dup_dimensions (const SondeDwarfShape *shape, const char *inner, guint skip)
{
  GString *text = g_string_new (inner);

  for (guint i = skip; i < shape->counts->len; i++)
    {
      const guint64 count = g_array_index (shape->counts, guint64, i);

      if (count > 0)
        g_string_append_printf (text, "[%" G_GUINT64_FORMAT "]", count);
      else
        g_string_append (text, "[]");
    }
  return g_string_free (text, FALSE);
}

static char *
write_array (const SondeDwarfIndex *index, const SondeDwarfShape *shape, const char *inner,
             guint skip, guint depth)
{
  g_autofree char *text = dup_dimensions (shape, inner, skip);

  return write_name (index, shape->target, text, 0, depth);
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

/* "int f()" of C takes anything; in other languages that is "(void)". */
static const char *
end_parameters (const SondeDwarfIndex *index, const SondeDwarfShape *shape, guint skip)
{
  const SondeScope *unit;

  if (shape->members->len > skip)
    return shape->is_variadic ? ", ...)" : ")";
  if (shape->is_prototyped)
    return shape->is_variadic ? "...)" : "void)";
  unit = sonde_dwarf_index_get_unit (index, sonde_dwarf_index_find_scope (index, shape->key));
  if (unit != NULL && unit->is_c)
    return ")";
  return shape->is_variadic ? "...)" : "void)";
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
  g_string_append (text, end_parameters (index, shape, skip));
  return write_name (index, shape->target, text->str, 0, depth);
}

static char *
dup_words (guint qualifiers)
{
  static const char *const words[] = { "const", "volatile", "restrict", "_Atomic" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((qualifiers & (1u << i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i]);
  return g_string_free (text, FALSE);
}

/* Words of the qualifiers and the name of what they qualify. */
typedef struct
{
  guint qualifiers, skip;
} Qualified;

/* "const int", but "int *const"; of an array the elements carry the word. */
static char *
write_qualified (const SondeDwarfIndex *index, SondeDieKey key, Qualified how, const char *inner,
                 guint depth)
{
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  guint tag;

  how.qualifiers = sonde_dwarf_shape_qualify (index->dwarf, key, how.qualifiers, &key);
  words = dup_words (how.qualifiers);
  tag = get_tag (index, key);
  if (tag == DW_TAG_array_type && depth < MAX_DEPTH)
    {
      g_autoptr (SondeDwarfShape) shape = sonde_dwarf_shape_new (index->dwarf, key);

      text = dup_dimensions (shape, inner, how.skip);
      how.skip = 0;
      return write_qualified (index, shape->target, how, text, depth + 1);
    }
  if (tag == DW_TAG_subroutine_type || *words == '\0')
    return write_name (index, key, inner, how.skip, depth);
  if (is_pointer (tag))
    {
      text = join (words, inner);
      return write_name (index, key, text, 0, depth);
    }
  text = write_name (index, key, inner, 0, depth);
  return g_strconcat (words, " ", text, NULL);
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
    return write_qualified (index, shape->key, (Qualified){ 0, skip }, inner, depth);
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

char *
sonde_dwarf_type_name_qualified (const SondeDwarfIndex *index, SondeDieKey key, guint skip,
                                 guint qualifiers)
{
  return write_qualified (index, key, (Qualified){ qualifiers, skip }, "", 0);
}
