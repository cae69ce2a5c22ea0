/* name-words.c: parts of an answer about a name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-words.h"

#include <string.h>

#include "base/bytes.h"
#include "symbols/dwarf-files.h"
#include "symbols/dwarf-names.h"
#include "symbols/dwarf-shape.h"
#include "types/text.h"

#define MAX_HOPS 4
#define MAX_DEPTH 8
#define MAX_LOOKED_AT 100000
#define MAX_SHOWN_TEXT 60
#define MAX_SHOWN_BYTES 16

static SondeType *
make_type (const SondeDwarfShape *shape)
{
  const gboolean is_char = g_strcmp0 (shape->name, "char") == 0;

  switch (shape->encoding)
    {
    case DW_ATE_boolean:
      return sonde_type_new_base (SONDE_KIND_BOOL, shape->name, SONDE_ENCODING_BOOL, FALSE,
                                  shape->size);
    case DW_ATE_float:
      return sonde_type_new_base (SONDE_KIND_NUMBER, shape->name, SONDE_ENCODING_FLOAT, TRUE,
                                  shape->size);
    case DW_ATE_signed_char:
    case DW_ATE_unsigned_char:
      if (is_char)
        return sonde_type_new_base (SONDE_KIND_CHAR, shape->name, SONDE_ENCODING_CHAR,
                                    shape->encoding == DW_ATE_signed_char, shape->size);
      break;
    case DW_ATE_UTF:
      return sonde_type_new_base (SONDE_KIND_NUMBER, shape->name, SONDE_ENCODING_UTF, FALSE,
                                  shape->size);
    default:
      break;
    }
  const gboolean is_signed
      = shape->encoding == DW_ATE_signed || shape->encoding == DW_ATE_signed_char;
  return sonde_type_new_base (SONDE_KIND_NUMBER, shape->name,
                              is_signed ? SONDE_ENCODING_SIGNED : SONDE_ENCODING_UNSIGNED,
                              is_signed, shape->size);
}

/* (nullable): NULL where the type is no number */
static char *
dup_typed (SondeDwarf *dwarf, SondeDieKey key, guint64 bits)
{
  gboolean is_const = FALSE;
  g_autoptr (SondeDwarfShape) shape
      = sonde_dwarf_shape_new (dwarf, sonde_dwarf_shape_strip (dwarf, key, &is_const));

  if (shape == NULL || shape->tag != DW_TAG_base_type
      || (shape->size != 1 && shape->size != 2 && shape->size != 4 && shape->size != 8))
    return NULL;
  g_autoptr (SondeType) type = make_type (shape);
  const SondeValue value = sonde_value_from_bits (type, bits);
  return sonde_text_from_value (type, &value, SONDE_FORMAT_AUTO);
}

static char *
dup_number (SondeDwarf *dwarf, SondeDieKey type, guint64 bits, gboolean is_signed)
{
  char *text = dup_typed (dwarf, type, bits);

  if (text != NULL)
    return text;
  return is_signed ? g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) bits)
                   : g_strdup_printf ("%" G_GUINT64_FORMAT, bits);
}

static char *
dup_bytes (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = g_string_new ("of bytes");

  for (gsize i = 0; i < MIN (size, MAX_SHOWN_BYTES); i++)
    g_string_append_printf (text, " %02x", data[i]);
  if (size > MAX_SHOWN_BYTES)
    g_string_append (text, " ..");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
sonde_name_words_constant (const SondeDie *die, SondeDieKey type)
{
  SondeAttribute value;
  guint64 bits;
  const char *text;

  if (!sonde_die_find (die, DW_AT_const_value, &value))
    return g_strdup ("");
  text = sonde_attribute_get_text (die, &value);
  if (text != NULL)
    return g_strdup_printf ("\"%.*s\"", MAX_SHOWN_TEXT, text);
  if (sonde_attribute_get_number (&value, &bits))
    return dup_number (die->dwarf, type, bits,
                       value.form == DW_FORM_sdata || value.form == DW_FORM_implicit_const);
  if (!sonde_attribute_is_block (&value) || value.size == 0)
    return g_strdup ("");
  if (value.size == 1 || value.size == 2 || value.size == 4 || value.size == 8)
    {
      char *typed = dup_typed (die->dwarf, type,
                               sonde_bytes_load (value.data, (guint) value.size,
                                                 sonde_dwarf_get_byte_order (die->dwarf)));

      if (typed != NULL)
        return typed;
    }
  return dup_bytes (value.data, (gsize) value.size);
}

char *
sonde_name_words_source (const SondeDie *die)
{
  SondeDie at = *die;

  for (guint hops = 0; hops < MAX_HOPS; hops++)
    {
      guint64 line = 0, file = 0;
      SondeDieKey origin;

      if (sonde_die_get_number (&at, DW_AT_decl_line, &line)
          && sonde_die_get_number (&at, DW_AT_decl_file, &file))
        {
          const char *path = sonde_dwarf_get_file (at.dwarf, at.unit, file);
          g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;

          return name != NULL ? g_strdup_printf (" (%s:%" G_GUINT64_FORMAT ")", name, line)
                              : g_strdup ("");
        }
      origin = sonde_die_get_reference (&at, DW_AT_specification);
      if (origin == 0)
        origin = sonde_die_get_reference (&at, DW_AT_abstract_origin);
      if (!sonde_dwarf_find (at.dwarf, origin, &at))
        break;
    }
  return g_strdup ("");
}

/* Each unit has an entry of its own for a type; where it has a name, that tells them to be one. */
static gboolean
is_same_type (const SondeDwarfShape *a, const SondeDwarfShape *b)
{
  return a->key == b->key
         || (a->name != NULL && b->name != NULL && a->tag == b->tag
             && strcmp (a->name, b->name) == 0);
}

/* What is looked for, and how much may still be looked at: types may be huge. */
typedef struct
{
  SondeDwarf *dwarf;
  const SondeDwarfShape *wanted;
  guint budget;
} Search;

static gboolean find_inside (Search *self, SondeDieKey key, guint depth, GString *path);

static gboolean
find_in_members (Search *self, const SondeDwarfShape *shape, guint depth, GString *path)
{
  const gsize length = path->len;

  for (guint i = 0; i < shape->members->len; i++)
    {
      const SondeDwarfMember *row = &g_array_index (shape->members, SondeDwarfMember, i);

      if (row->name != NULL)
        g_string_append_printf (path, ".%s", row->name);
      if (find_inside (self, row->type, depth + 1, path))
        return TRUE;
      g_string_truncate (path, length);
    }
  return FALSE;
}

/* Appends the way to the type that is looked for: "", "[0][0]", "[0].gains". */
static gboolean
find_inside (Search *self, SondeDieKey key, guint depth, GString *path)
{
  gboolean is_const = FALSE;
  g_autoptr (SondeDwarfShape) shape = NULL;

  if (depth > MAX_DEPTH || self->budget == 0)
    return FALSE;
  self->budget--;
  shape
      = sonde_dwarf_shape_new (self->dwarf, sonde_dwarf_shape_strip (self->dwarf, key, &is_const));
  if (shape == NULL)
    return FALSE;
  if (is_same_type (shape, self->wanted))
    return TRUE;
  if (shape->tag != DW_TAG_array_type)
    return find_in_members (self, shape, depth, path);
  for (guint i = 0; i < shape->counts->len; i++)
    g_string_append (path, "[0]");
  return find_inside (self, shape->target, depth + 1, path);
}

char *
sonde_name_words_example (const SondeDwarfIndex *index, SondeDieKey type)
{
  g_autoptr (SondeDwarfShape) wanted = sonde_dwarf_shape_new (index->dwarf, type);

  Search search = { .dwarf = index->dwarf, .wanted = wanted, .budget = MAX_LOOKED_AT };

  for (guint i = 0; wanted != NULL && search.budget > 0 && i < index->variables->len; i++)
    {
      g_autoptr (GString) path = g_string_new (NULL);
      SondeDwarfVariable row;

      if (!sonde_dwarf_index_read (index, i, &row) || row.name == NULL
          || row.place != SONDE_PLACE_FIXED || row.address == 0
          || !find_inside (&search, row.type, 0, path))
        continue;
      g_autofree char *prefix = sonde_dwarf_index_dup_prefix (index, row.scope);
      return g_strconcat (prefix, row.name, path->str, NULL);
    }
  return NULL;
}

/* (nullable): of a typedef of the type at @key, among those of the same unit that are not inside
 * anything */
static const char *
find_typedef (const SondeDwarfIndex *index, SondeDieKey key)
{
  SondeDwarfUnit *unit = sonde_dwarf_find_unit (index->dwarf, key);
  SondeDie die;

  if (unit == NULL || !sonde_dwarf_root (index->dwarf, unit, &die))
    return NULL;
  for (gboolean is_there = sonde_die_first_child (&die, &die); is_there;
       is_there = sonde_die_next (&die, &die))
    if (sonde_die_get_tag (&die) == DW_TAG_typedef
        && sonde_die_get_reference (&die, DW_AT_type) == key)
      return sonde_die_get_name (&die);
  return NULL;
}

char *
sonde_name_words_type (const SondeDwarfIndex *index, SondeDieKey key)
{
  g_autoptr (SondeDwarfShape) shape = sonde_dwarf_shape_new (index->dwarf, key);
  const char *name = shape != NULL && shape->name == NULL ? find_typedef (index, key) : NULL;

  return name != NULL ? g_strdup (name) : sonde_dwarf_type_name (index, key, 0);
}
