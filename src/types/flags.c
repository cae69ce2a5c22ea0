/* flags.c: enumerations whose names stand for bits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/flags.h"

#include <string.h>

#include "types/number-scan.h"

static guint64
get_all_bits (const SondeType *type)
{
  const guint64 size = sonde_type_get_size (type);

  return size >= 8 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << 8 * size) - 1;
}

/* The top bit of an enumeration with a sign is a bit like any other here. */
static guint64
get_bits (const SondeType *type, guint index)
{
  return (guint64) sonde_type_get_enumerator (type, index)->value & get_all_bits (type);
}

static gboolean
is_single (guint64 bits)
{
  return bits != 0 && (bits & (bits - 1)) == 0;
}

static guint64
get_singles (const SondeType *type)
{
  guint64 singles = 0;

  for (guint i = 0; i < sonde_type_get_n_enumerators (type); i++)
    if (is_single (get_bits (type, i)))
      singles |= get_bits (type, i);
  return singles;
}

/* 0, 1, 2, 3, ..: states, where 3 being 1 and 2 together is chance. Without a 0 the shortest such
 * list is 1, 2, 3: "READ = 1, WRITE = 2" are flags. From 64 on nobody counts without a gap. */
static gboolean
is_counting (const SondeType *type)
{
  const guint n = sonde_type_get_n_enumerators (type);
  guint64 seen = 0, last = 0;

  for (guint i = 0; i < n; i++)
    {
      const guint64 bits = get_bits (type, i);

      if (bits >= 64)
        return FALSE;
      seen |= G_GUINT64_CONSTANT (1) << bits;
      last = MAX (last, bits);
    }
  if ((seen & 1) == 0 && last < 3)
    return FALSE;
  return (seen | 1) == (last >= 63 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (2) << last) - 1);
}

gboolean
sonde_flags_are_in (const SondeType *type)
{
  const guint64 singles = get_singles (type);

  if (singles == 0 || is_single (singles) || is_counting (type))
    return FALSE;
  for (guint i = 0; i < sonde_type_get_n_enumerators (type); i++)
    {
      const guint64 bits = get_bits (type, i);

      const gboolean is_negative
          = sonde_type_is_signed (type) && sonde_type_get_enumerator (type, i)->value < 0;

      if ((bits & ~singles) != 0 && (is_negative || (bits & singles) != singles))
        return FALSE;
    }
  return TRUE;
}

/* (nullable): the first name of one bit */
static const char *
find_name (const SondeType *type, guint64 bit)
{
  for (guint i = 0; i < sonde_type_get_n_enumerators (type); i++)
    if (get_bits (type, i) == bit)
      return sonde_type_get_enumerator (type, i)->name;
  return NULL;
}

char *
sonde_flags_dup_text (const SondeType *type, guint64 bits)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 rest = bits;

  if (!sonde_flags_are_in (type))
    return NULL;
  for (guint i = 0; i < 64; i++)
    {
      const guint64 bit = bits & G_GUINT64_CONSTANT (1) << i;
      const char *name = bit != 0 ? find_name (type, bit) : NULL;

      if (name == NULL)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "", name);
      rest &= ~bit;
    }
  if (text->len == 0)
    return NULL;
  if (rest != 0)
    g_string_append_printf (text, "|0x%" G_GINT64_MODIFIER "X", rest);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
parse_part (const SondeType *type, const char *part, guint64 *bits)
{
  SondeNumber number;

  for (guint i = 0; i < sonde_type_get_n_enumerators (type); i++)
    if (strcmp (sonde_type_get_enumerator (type, i)->name, part) == 0)
      {
        *bits = get_bits (type, i);
        return TRUE;
      }
  return sonde_number_scan (part, &number) && !number.is_negative
         && sonde_number_to_whole (&number, bits) == SONDE_NUMBER_FITS;
}

gboolean
sonde_flags_parse (const SondeType *type, const char *text, guint64 *bits)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", -1);

  *bits = 0;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint64 part;

      if (!parse_part (type, g_strstrip (parts[i]), &part))
        return FALSE;
      *bits |= part;
    }
  return g_strv_length (parts) > 1;
}
