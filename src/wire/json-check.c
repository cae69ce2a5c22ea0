/* json-check.c: is a text JSON, and small enough to be made into a tree */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/json-check.h"

#include <string.h>

typedef struct
{
  const char *at, *end;
  guint32 kinds; /* a bit per open container, newest lowest: 1 is an object */
  guint depth, n_values;
  gboolean is_value_member; /* the value that comes belongs to a top-level "value" */
  SondeJsonFacts *facts;
} Checker;

G_STATIC_ASSERT (SONDE_JSON_MAX_DEPTH <= 32);

static void
skip_space (Checker *self)
{
  while (self->at < self->end
         && (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t'))
    self->at++;
}

static int
peek (const Checker *self)
{
  return self->at < self->end ? (guint8) *self->at : -1;
}

static gboolean
take (Checker *self, int letter)
{
  if (peek (self) != letter)
    return FALSE;
  self->at++;
  return TRUE;
}

static int
take_hex4 (Checker *self)
{
  int code = 0;

  if (self->end - self->at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*self->at++);

      if (digit < 0)
        return -1;
      code = code << 4 | digit;
    }
  return code;
}

/* A surrogate must be followed by its other half: alone it is no character. */
static gboolean
take_unicode (Checker *self)
{
  int code = take_hex4 (self), low;

  if (code < 0xd800 || code > 0xdfff)
    return code >= 0;
  if (code > 0xdbff || !take (self, '\\') || !take (self, 'u'))
    return FALSE;
  low = take_hex4 (self);
  return low >= 0xdc00 && low <= 0xdfff;
}

static gboolean
take_escape (Checker *self)
{
  int letter = peek (self);

  if (letter < 0 || strchr ("\"\\/bfnrtu", letter) == NULL || letter == 0)
    return FALSE;
  self->at++;
  return letter != 'u' || take_unicode (self);
}

static gboolean
take_string (Checker *self)
{
  if (!take (self, '"'))
    return FALSE;
  while (self->at < self->end)
    {
      guint8 letter = (guint8) *self->at++;

      if (letter == '"')
        return TRUE;
      if (letter < 0x20 || (letter == '\\' && !take_escape (self)))
        return FALSE;
    }
  return FALSE;
}

static gboolean
take_digits (Checker *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > start;
}

static gboolean
take_number (Checker *self)
{
  const char *start = self->at;

  take (self, '-');
  if (!take (self, '0') && !take_digits (self))
    return FALSE;
  if (take (self, '.') && !take_digits (self))
    return FALSE;
  if (take (self, 'e') || take (self, 'E'))
    {
      if (!take (self, '+'))
        take (self, '-');
      if (!take_digits (self))
        return FALSE;
    }
  if (self->is_value_member)
    *self->facts = (SondeJsonFacts){ start, (gsize) (self->at - start) };
  return TRUE;
}

static gboolean
take_word (Checker *self, const char *word)
{
  gsize size = strlen (word);

  if ((gsize) (self->end - self->at) < size || memcmp (self->at, word, size) != 0)
    return FALSE;
  self->at += size;
  return TRUE;
}

static gboolean
take_not_finite (Checker *self)
{
  const char *start = self->at;

  if (!take_word (self, "NaN") && !take_word (self, "Infinity") && !take_word (self, "-Infinity"))
    return FALSE;
  *self->facts = (SondeJsonFacts){ start, (gsize) (self->at - start) };
  return TRUE;
}

static gboolean
take_scalar (Checker *self)
{
  if (self->is_value_member && take_not_finite (self))
    return TRUE;
  switch (peek (self))
    {
    case '"':
      return take_string (self);
    case 't':
      return take_word (self, "true");
    case 'f':
      return take_word (self, "false");
    case 'n':
      return take_word (self, "null");
    default:
      return take_number (self);
    }
}

static gboolean
take_key (Checker *self)
{
  const char *start;

  skip_space (self);
  start = self->at;
  if (!take_string (self))
    return FALSE;
  self->is_value_member
      = self->depth == 1 && self->at - start == 7 && !memcmp (start + 1, "value", 5);
  /* Of two members of one name the last counts, here as in json-glib. */
  if (self->is_value_member)
    *self->facts = (SondeJsonFacts){ NULL, 0 };
  skip_space (self);
  return take (self, ':');
}

/* Opens a container. @is_empty: it was closed at once, so that no value is to come. */
static gboolean
take_open (Checker *self, gboolean *is_empty)
{
  gboolean is_object = *self->at++ == '{';

  if (self->depth == SONDE_JSON_MAX_DEPTH)
    return FALSE;
  self->is_value_member = FALSE;
  skip_space (self);
  *is_empty = take (self, is_object ? '}' : ']');
  if (*is_empty)
    return TRUE;
  self->depth++;
  self->kinds = self->kinds << 1 | (is_object ? 1 : 0);
  return !is_object || take_key (self);
}

/* What may stand behind a value: closing brackets, then a comma or the end of the text. */
static gboolean
take_after_value (Checker *self, gboolean *is_done)
{
  for (;;)
    {
      gboolean is_object = (self->kinds & 1) != 0;

      skip_space (self);
      *is_done = self->depth == 0;
      if (*is_done)
        return self->at == self->end;
      if (take (self, ','))
        return !is_object || take_key (self);
      if (!take (self, is_object ? '}' : ']'))
        return FALSE;
      self->depth--;
      self->kinds >>= 1;
    }
}

gboolean
sonde_json_check (const char *text, gsize size, SondeJsonFacts *facts)
{
  Checker self = { .at = text, .end = text + size, .facts = facts };
  gboolean is_done = FALSE, is_empty = FALSE;

  *facts = (SondeJsonFacts){ NULL, 0 };
  while (!is_done)
    {
      gboolean is_open;

      skip_space (&self);
      is_open = peek (&self) == '{' || peek (&self) == '[';
      if (++self.n_values > SONDE_JSON_MAX_VALUES)
        return FALSE;
      if (is_open ? !take_open (&self, &is_empty) : !take_scalar (&self))
        return FALSE;
      self.is_value_member = self.is_value_member && is_open && !is_empty;
      if (is_open && !is_empty)
        continue;
      if (!take_after_value (&self, &is_done))
        return FALSE;
    }
  return TRUE;
}
