/* dwarf-numbers.c: what a number of a base type or an enumeration is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-numbers.h"

#include <string.h>

gboolean
sonde_dwarf_number_judge (const SondeDwarfShape *shape, SondeImageType *row)
{
  const gboolean is_char = g_strcmp0 (shape->name, "char") == 0;

  row->kind = SONDE_KIND_NUMBER;
  switch (shape->encoding)
    {
    case DW_ATE_boolean:
      row->kind = SONDE_KIND_BOOL;
      row->encoding = SONDE_ENCODING_BOOL;
      return TRUE;
    case DW_ATE_signed_char:
    case DW_ATE_unsigned_char:
      row->kind = is_char ? SONDE_KIND_CHAR : SONDE_KIND_NUMBER;
      row->is_signed = shape->encoding == DW_ATE_signed_char;
      row->encoding = is_char          ? SONDE_ENCODING_CHAR
                      : row->is_signed ? SONDE_ENCODING_SIGNED
                                       : SONDE_ENCODING_UNSIGNED;
      return TRUE;
    case DW_ATE_signed:
      row->is_signed = TRUE;
      row->encoding = SONDE_ENCODING_SIGNED;
      return TRUE;
    case DW_ATE_unsigned:
    case DW_ATE_address:
      row->encoding = SONDE_ENCODING_UNSIGNED;
      return TRUE;
    case DW_ATE_UTF:
    case DW_ATE_UCS:
    case DW_ATE_ASCII:
      row->encoding = SONDE_ENCODING_UTF;
      return TRUE;
    case DW_ATE_float:
      row->is_signed = TRUE;
      row->encoding = SONDE_ENCODING_FLOAT;
      return TRUE;
    default:
      return FALSE;
    }
}

guint64
sonde_dwarf_number_extend (guint64 value, guint64 size, gboolean is_signed)
{
  const guint unused = size < 8 ? 64 - 8 * (guint) size : 0;

  return is_signed ? (guint64) ((gint64) (value << unused) >> unused) : (value << unused) >> unused;
}

gboolean
sonde_dwarf_number_is_signed_enum (SondeDwarf *dwarf, const SondeDwarfShape *shape)
{
  gboolean is_const = FALSE;
  const SondeDieKey key = sonde_dwarf_shape_strip (dwarf, shape->target, &is_const);
  g_autoptr (SondeDwarfShape) base = sonde_dwarf_shape_new (dwarf, key);
  const guint64 encoding = base != NULL ? base->encoding : shape->encoding;

  if (encoding != 0)
    return encoding == DW_ATE_signed || encoding == DW_ATE_signed_char;
  for (guint i = 0; i < shape->enumerators->len; i++)
    if ((gint64) g_array_index (shape->enumerators, SondeDwarfEnumerator, i).value < 0)
      return TRUE;
  return FALSE;
}
