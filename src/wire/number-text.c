/* number-text.c: the ways in which boards write numbers */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/number-text.h"

#include <math.h>
#include <string.h>

#define MAX_DECIMAL 63 /* no number needs more letters, and a copy of it fits the stack */

static void
trim (const char **text, gsize *size)
{
  while (*size > 0 && g_ascii_isspace (**text))
    (*text)++, (*size)--;
  while (*size > 0 && g_ascii_isspace ((*text)[*size - 1]))
    (*size)--;
}

static gboolean
has_prefix (const char *text, gsize size, char letter)
{
  return size > 2 && text[0] == '0' && (text[1] | 0x20) == letter;
}

static gboolean
parse_digits (const char *text, gsize size, guint base, guint64 *value)
{
  guint64 sum = 0;

  if (size == 0)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0 || (guint) digit >= base || sum > (G_MAXUINT64 - (guint) digit) / base)
        return FALSE;
      sum = sum * base + (guint) digit;
    }
  *value = sum;
  return TRUE;
}

gboolean
sonde_number_text_parse_address (const char *text, gsize size, guint64 *address)
{
  trim (&text, &size);
  if (has_prefix (text, size, 'x'))
    return parse_digits (text + 2, size - 2, 16, address);
  return parse_digits (text, size, 16, address);
}

gboolean
sonde_number_text_parse_whole (const char *text, gsize size, guint64 *value)
{
  trim (&text, &size);
  if (has_prefix (text, size, 'x'))
    return parse_digits (text + 2, size - 2, 16, value);
  if (has_prefix (text, size, 'b'))
    return parse_digits (text + 2, size - 2, 2, value);
  return parse_digits (text, size, 10, value);
}

SondeAnswerForm
sonde_number_text_parse_value (const char *text, gsize size, guint64 *bits, double *number)
{
  char copy[MAX_DECIMAL + 1];
  char *end = NULL;
  double parsed;

  if (sonde_number_text_parse_whole (text, size, bits))
    return SONDE_ANSWER_BITS;
  trim (&text, &size);
  /* strtod would take C's own hexadecimal floats, which no board means. */
  if (size == 0 || size > MAX_DECIMAL || memchr (text, '\0', size) != NULL
      || memchr (text, 'x', size) != NULL || memchr (text, 'X', size) != NULL)
    return SONDE_ANSWER_NONE;
  memcpy (copy, text, size);
  copy[size] = '\0';
  parsed = g_ascii_strtod (copy, &end);
  /* Infinity is what the board says in letters, not what is too large for a double. */
  if (end != copy + size || (isinf (parsed) && strpbrk (copy, "nN") == NULL))
    return SONDE_ANSWER_NONE;
  *number = parsed;
  return SONDE_ANSWER_NUMBER;
}
