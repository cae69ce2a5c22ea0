/* code-names.c: what stands at an address of a symbol image, and where a function stands */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/code-names.h"

#include <string.h>

/* Places may lie in each other (a second entry of a function): so many are looked at, from the
 * last that begins before the address on downwards. */
#define MAX_LOOKED_AT 16

/* The number of places that begin at @address or before it. */
static guint
count_begun (const SondeSymbolImage *image, guint64 address)
{
  guint low = 0, high = image->n[SONDE_IMAGE_PLACES];

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (image->places[middle].address <= address)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
find_inside (const SondeSymbolImage *image, guint64 address, guint32 flags, guint *index)
{
  const guint begun = count_begun (image, address);

  for (guint i = begun; i > 0 && begun - i < MAX_LOOKED_AT; i--)
    {
      const SondeImagePlace *place = &image->places[i - 1];

      if ((place->flags & flags) == flags && address - place->address < MAX (place->size, 1))
        {
          *index = i - 1;
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
sonde_code_names_find_place (const SondeSymbolImage *image, guint64 address, guint *index)
{
  return find_inside (image, address, 0, index);
}

/* Of a Thumb function's address the lowest bit is no part. */
static gboolean
has_thumb (const SondeSymbolImage *image)
{
  return strcmp (sonde_symbol_image_text (image, image->facts->machine), "ARM") == 0;
}

char *
sonde_code_names_dup_name (const SondeSymbolImage *image, guint64 address)
{
  const guint64 plain = has_thumb (image) ? address & ~G_GUINT64_CONSTANT (1) : address;
  guint index;

  if (!find_inside (image, plain, SONDE_IMAGE_PLACE_FUNCTION, &index))
    return NULL;
  const SondeImagePlace *place = &image->places[index];
  const char *name = sonde_symbol_image_text (image, place->name);
  if (plain == place->address)
    return g_strdup (name);
  return g_strdup_printf ("%s+0x%" G_GINT64_MODIFIER "x", name, plain - place->address);
}

/* "bus::send(int)" is meant by "bus::send", too. */
static gboolean
is_named (const SondeSymbolImage *image, const SondeImagePlace *place, const char *name,
          gsize length)
{
  const char *full = sonde_symbol_image_text (image, place->name);

  return strncmp (full, name, length) == 0 && (full[length] == '\0' || full[length] == '(');
}

static guint64
get_pointer (const SondeSymbolImage *image, const SondeImagePlace *place)
{
  const gboolean is_thumb = has_thumb (image) && (place->flags & SONDE_IMAGE_PLACE_THUMB) != 0;

  return place->address | (is_thumb ? 1 : 0);
}

/* Cuts "+0x12" off; FALSE where what follows the plus is no number. */
static gboolean
split_offset (const char *name, gsize *length, guint64 *offset)
{
  const char *plus = strstr (name, "+0x");
  char *end;

  *length = strlen (name);
  *offset = 0;
  if (plus == NULL)
    return TRUE;
  *length = (gsize) (plus - name);
  *offset = g_ascii_strtoull (plus + 3, &end, 16);
  return g_ascii_isxdigit (plus[3]) && *end == '\0';
}

gboolean
sonde_code_names_find (const SondeSymbolImage *image, const char *name, guint64 *address)
{
  const SondeImagePlace *found = NULL;
  guint64 offset;
  gsize length;

  if (!split_offset (name, &length, &offset) || length == 0)
    return FALSE;
  for (guint i = 0; i < image->n[SONDE_IMAGE_PLACES]; i++)
    {
      const SondeImagePlace *place = &image->places[i];

      if ((place->flags & SONDE_IMAGE_PLACE_FUNCTION) == 0
          || !is_named (image, place, name, length))
        continue;
      if (found != NULL && found->address != place->address)
        return FALSE;
      found = place;
    }
  if (found == NULL || (offset != 0 && offset >= found->size))
    return FALSE;
  *address = get_pointer (image, found) + offset;
  return TRUE;
}
