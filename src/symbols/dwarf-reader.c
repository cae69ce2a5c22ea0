/* dwarf-reader.c: the entries (DIEs) of debug information, by value */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-reader.h"

static const guint8 *
get_section (const SondeDwarf *self, SondeDieKey key)
{
  return (key & SONDE_IN_TYPES) != 0 ? self->types.data : self->info.data;
}

static const guint8 *
get_end (const SondeDie *die)
{
  return get_section (die->dwarf, die->unit->end) + (die->unit->end & ~SONDE_IN_TYPES);
}

static gboolean
fail (const SondeDie *die)
{
  die->dwarf->has_failed = TRUE;
  return FALSE;
}

/* Whatever stands at @at. Its abbreviation becomes NULL where that is the end of a row of
 * siblings. */
static gboolean
read_entry (SondeDie *die, const guint8 *at)
{
  const guint8 *section = get_section (die->dwarf, die->unit->start);
  SondeCursor cursor = { .at = at, .end = get_end (die) };
  guint64 code;

  die->key = (guint64) (at - section) | (die->unit->start & SONDE_IN_TYPES);
  code = sonde_cursor_uleb (&cursor);
  die->data = cursor.at;
  die->abbreviation = NULL;
  if (code == 0)
    return !cursor.has_failed || fail (die);
  die->abbreviation = sonde_abbreviations_find (die->unit->abbreviations, code);
  return die->abbreviation != NULL || fail (die);
}

/* (nullable): what stands behind the attributes */
static const guint8 *
find_end (const SondeDie *die)
{
  const SondeAbbreviation *row = die->abbreviation;
  const SondeSpec *specs = die->unit->abbreviations->specs + row->first;
  SondeCursor cursor = { .at = die->data, .end = get_end (die), .swap = die->dwarf->swap };

  if (row->size != SONDE_NOT_FIXED)
    return row->size <= (gsize) (cursor.end - cursor.at) ? cursor.at + row->size : NULL;
  sonde_cursor_take (&cursor, row->varies_at);
  for (guint i = row->varies; i < row->n_specs; i++)
    if (!sonde_form_skip (&cursor, specs[i].form, &die->unit->layout))
      return NULL;
  return cursor.at;
}

gboolean
sonde_dwarf_root (SondeDwarf *self, SondeDwarfUnit *unit, SondeDie *die)
{
  *die = (SondeDie){ .dwarf = self, .unit = unit };
  if (!sonde_dwarf_prepare (self, unit))
    return FALSE;
  if (read_entry (die, get_section (self, unit->root) + (unit->root & ~SONDE_IN_TYPES))
      && die->abbreviation != NULL)
    return TRUE;
  unit->problem = "damaged debug information: its first entry";
  return FALSE;
}

gboolean
sonde_dwarf_find (SondeDwarf *self, SondeDieKey key, SondeDie *die)
{
  SondeDwarfUnit *unit = key != 0 ? sonde_dwarf_find_unit (self, key) : NULL;

  *die = (SondeDie){ .dwarf = self, .unit = unit };
  if (unit == NULL || !sonde_dwarf_prepare (self, unit))
    return FALSE;
  return read_entry (die, get_section (self, key) + (key & ~SONDE_IN_TYPES))
         && die->abbreviation != NULL;
}

gboolean
sonde_die_first_child (const SondeDie *die, SondeDie *child)
{
  const SondeDie from = *die;
  const guint8 *end;

  *child = from;
  if (!from.abbreviation->has_children)
    return FALSE;
  end = find_end (&from);
  if (end == NULL)
    return fail (&from);
  return read_entry (child, end) && child->abbreviation != NULL;
}

/* Goes to what follows @end, up where a row of siblings ends. */
static gboolean
go_on (SondeDie *die, const guint8 *end, guint *depth)
{
  while (*depth > 0)
    {
      if (end >= get_end (die) || !read_entry (die, end))
        return fail (die);
      if (die->abbreviation != NULL)
        return TRUE;
      end = die->data;
      (*depth)--;
    }
  return FALSE;
}

gboolean
sonde_die_step (SondeDie *die, guint *depth)
{
  const guint8 *end = find_end (die);

  if (end == NULL)
    return fail (die);
  if (die->abbreviation->has_children)
    (*depth)++;
  return go_on (die, end, depth);
}

/* (nullable): where DW_AT_sibling points; only ahead, or it would lead round in a circle. */
static const guint8 *
find_sibling (const SondeDie *die)
{
  const SondeAbbreviation *row = die->abbreviation;
  const SondeSpec *specs = die->unit->abbreviations->specs + row->first;
  const guint8 *unit
      = get_section (die->dwarf, die->unit->start) + (die->unit->start & ~SONDE_IN_TYPES);
  SondeCursor cursor = { .at = die->data, .end = get_end (die), .swap = die->dwarf->swap };
  SondeAttribute value;

  for (guint i = 0; i < row->n_specs; i++)
    {
      if (specs[i].name != DW_AT_sibling)
        {
          if (!sonde_form_skip (&cursor, specs[i].form, &die->unit->layout))
            return NULL;
          continue;
        }
      if (!sonde_form_read (&cursor, specs[i].form, &die->unit->layout, 0, &value)
          || value.kind != SONDE_FORM_REFERENCE || value.number >= (guint64) (cursor.end - unit)
          || unit + value.number <= cursor.at)
        return NULL;
      return unit + value.number;
    }
  return NULL;
}

gboolean
sonde_die_skip (SondeDie *die, guint *depth)
{
  const guint own = *depth;
  const guint8 *sibling = die->abbreviation->has_children ? find_sibling (die) : NULL;

  if (sibling != NULL)
    return go_on (die, sibling, depth);
  do
    if (!sonde_die_step (die, depth))
      return FALSE;
  while (*depth > own);
  return TRUE;
}

gboolean
sonde_die_next (const SondeDie *die, SondeDie *next)
{
  guint depth = 1;

  *next = *die;
  return sonde_die_skip (next, &depth) && depth == 1;
}
