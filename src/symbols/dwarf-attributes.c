/* dwarf-attributes.c: an entry's attributes as plain values */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-attributes.h"

static const SondeSpec *
get_specs (const SondeDie *die)
{
  return die->unit->abbreviations->specs + die->abbreviation->first;
}

static SondeSpan
get_section (const SondeDie *die)
{
  return (die->key & SONDE_IN_TYPES) != 0 ? die->dwarf->types : die->dwarf->info;
}

void
sonde_attributes_init (SondeAttributes *self, const SondeDie *die)
{
  self->die = die;
  self->next = 0;
  self->cursor = (SondeCursor){ .at = die->data, .swap = die->dwarf->swap };
  self->cursor.end = get_section (die).data + (die->unit->end & ~SONDE_IN_TYPES);
}

static gint64
get_implicit (const SondeDie *die, const SondeSpec *spec)
{
  return spec->form == DW_FORM_implicit_const ? die->unit->abbreviations->constants[spec->at] : 0;
}

gboolean
sonde_attributes_next (SondeAttributes *self, SondeAttribute *value)
{
  const SondeDie *die = self->die;
  const SondeSpec *spec;

  if (self->next == die->abbreviation->n_specs)
    return FALSE;
  spec = get_specs (die) + self->next++;
  value->name = spec->name;
  if (sonde_form_read (&self->cursor, spec->form, &die->unit->layout, get_implicit (die, spec),
                       value))
    return TRUE;
  die->dwarf->has_failed = TRUE;
  return FALSE;
}

/* As far as lengths are known beforehand nothing in between is read. */
gboolean
sonde_die_find (const SondeDie *die, guint name, SondeAttribute *value)
{
  const SondeSpec *specs = get_specs (die);
  SondeAttributes all;
  guint wanted = 0;

  while (wanted < die->abbreviation->n_specs && specs[wanted].name != name)
    wanted++;
  if (wanted == die->abbreviation->n_specs)
    return FALSE;
  sonde_attributes_init (&all, die);
  all.next = MIN (wanted, die->abbreviation->varies);
  if (wanted >= die->abbreviation->varies)
    sonde_cursor_take (&all.cursor, die->abbreviation->varies_at);
  else if (specs[wanted].form != DW_FORM_implicit_const)
    sonde_cursor_take (&all.cursor, specs[wanted].at);
  for (; all.next < wanted; all.next++)
    if (!sonde_form_skip (&all.cursor, specs[all.next].form, &die->unit->layout))
      {
        die->dwarf->has_failed = TRUE;
        return FALSE;
      }
  return sonde_attributes_next (&all, value);
}

static const char *
get_text_at (const SondeDie *die, SondeSpan texts, guint64 offset)
{
  if (offset < texts.size)
    return (const char *) texts.data + offset;
  die->dwarf->has_failed = TRUE;
  return NULL;
}

/* Number @index of a table of numbers that begins at @start. */
static gboolean
get_indexed (const SondeDie *die, SondeSpan table, guint64 start, guint64 index, guint size,
             guint64 *value)
{
  SondeCursor cursor = sonde_dwarf_get_cursor (die->dwarf, table, start);

  if (index <= G_MAXUINT32 && sonde_cursor_take (&cursor, index * size) != NULL)
    *value = sonde_cursor_number (&cursor, size);
  else
    cursor.has_failed = TRUE;
  die->dwarf->has_failed |= cursor.has_failed;
  return !cursor.has_failed;
}

const char *
sonde_attribute_get_text (const SondeDie *die, const SondeAttribute *value)
{
  SondeDwarf *dwarf = die->dwarf;
  guint64 offset;

  switch (value->kind)
    {
    case SONDE_FORM_TEXT:
      return (const char *) value->data;
    case SONDE_FORM_TEXT_AT:
      return get_text_at (die, dwarf->str, value->number);
    case SONDE_FORM_LINE_TEXT_AT:
      return get_text_at (die, dwarf->line_str, value->number);
    case SONDE_FORM_TEXT_INDEX:
      return get_indexed (die, dwarf->str_offsets, die->unit->str_offsets_at, value->number,
                          die->unit->layout.offset_size, &offset)
                 ? get_text_at (die, dwarf->str, offset)
                 : NULL;
    case SONDE_FORM_ELSEWHERE:
      dwarf->needs_other = TRUE;
      return NULL;
    default:
      return NULL;
    }
}

gboolean
sonde_attribute_get_number (const SondeAttribute *value, guint64 *number)
{
  if (value->kind != SONDE_FORM_NUMBER && value->kind != SONDE_FORM_FLAG)
    return FALSE;
  *number = value->number;
  return TRUE;
}

gboolean
sonde_attribute_get_address (const SondeDie *die, const SondeAttribute *value, guint64 *address)
{
  if (value->kind == SONDE_FORM_ADDRESS_INDEX)
    return sonde_die_get_indexed_address (die, value->number, address);
  if (value->kind == SONDE_FORM_ADDRESS)
    *address = value->number;
  return value->kind == SONDE_FORM_ADDRESS;
}

gboolean
sonde_attribute_is_block (const SondeAttribute *value)
{
  return value->kind == SONDE_FORM_BLOCK || value->kind == SONDE_FORM_EXPRESSION;
}

/* An entry of the same unit, counted from its head. */
static SondeDieKey
get_local_reference (const SondeDie *die, const SondeDwarfUnit *unit, guint64 offset)
{
  if (offset < unit->end - unit->start && unit->start + offset >= unit->root)
    return unit->start + offset;
  die->dwarf->has_failed = TRUE;
  return 0;
}

SondeDieKey
sonde_attribute_get_reference (const SondeDie *die, const SondeAttribute *value)
{
  const SondeDwarfUnit *unit;

  switch (value->kind)
    {
    case SONDE_FORM_REFERENCE:
      return get_local_reference (die, die->unit, value->number);
    case SONDE_FORM_REFERENCE_INFO:
      if (value->number < die->dwarf->info.size)
        return value->number;
      die->dwarf->has_failed = TRUE;
      return 0;
    case SONDE_FORM_SIGNATURE:
      unit = sonde_dwarf_find_signature (die->dwarf, value->number);
      return unit != NULL ? get_local_reference (die, unit, unit->type_at) : 0;
    case SONDE_FORM_ELSEWHERE:
      die->dwarf->needs_other = TRUE;
      return 0;
    default:
      return 0;
    }
}

const char *
sonde_die_get_name (const SondeDie *die)
{
  return sonde_die_get_text (die, DW_AT_name);
}

const char *
sonde_die_get_text (const SondeDie *die, guint attribute)
{
  SondeAttribute value;

  return sonde_die_find (die, attribute, &value) ? sonde_attribute_get_text (die, &value) : NULL;
}

gboolean
sonde_die_get_number (const SondeDie *die, guint attribute, guint64 *number)
{
  SondeAttribute value;

  return sonde_die_find (die, attribute, &value) && sonde_attribute_get_number (&value, number);
}

gboolean
sonde_die_get_address (const SondeDie *die, guint attribute, guint64 *address)
{
  SondeAttribute value;

  return sonde_die_find (die, attribute, &value)
         && sonde_attribute_get_address (die, &value, address);
}

gboolean
sonde_die_has (const SondeDie *die, guint attribute)
{
  const SondeSpec *specs = get_specs (die);

  for (guint i = 0; i < die->abbreviation->n_specs; i++)
    if (specs[i].name == attribute)
      return TRUE;
  return FALSE;
}

gboolean
sonde_die_has_flag (const SondeDie *die, guint attribute)
{
  guint64 flag = 0;

  return sonde_die_get_number (die, attribute, &flag) && flag != 0;
}

SondeDieKey
sonde_die_get_reference (const SondeDie *die, guint attribute)
{
  SondeAttribute value;

  return sonde_die_find (die, attribute, &value) ? sonde_attribute_get_reference (die, &value) : 0;
}

gboolean
sonde_die_is_block (const SondeDie *die, guint attribute, const guint8 **data, gsize *size)
{
  SondeAttribute value;

  if (!sonde_die_find (die, attribute, &value) || !sonde_attribute_is_block (&value))
    return FALSE;
  *data = value.data;
  *size = value.size;
  return TRUE;
}

gboolean
sonde_die_get_indexed_address (const SondeDie *die, guint64 index, guint64 *address)
{
  return get_indexed (die, die->dwarf->addr, die->unit->addr_at, index,
                      die->unit->layout.address_size, address);
}
