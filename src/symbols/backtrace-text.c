/* backtrace-text.c: code addresses, alone or in a line of text, as function, file and line */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/backtrace-text.h"

#include <string.h>

/* A line of hex dump is no backtrace: what follows is left as it is. */
#define MAX_SPANS 64
#define MAX_DIGITS 16

/* -- one address -- */

static guint64
clear_thumb_bit (const SondeSymbolTable *table, guint64 address)
{
  const char *machine = sonde_symbol_table_get_facts (table)->machine;

  return g_str_equal (machine, "ARM") ? address & ~G_GUINT64_CONSTANT (1) : address;
}

static const SondeSection *
find_section (const SondeSymbolTable *table, guint64 address)
{
  const guint n = sonde_symbol_table_get_facts (table)->n_sections;
  const SondeSection *found = NULL;

  for (guint i = 0; i < n; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (table, i);

      if (address < section->address || address - section->address >= section->size)
        continue;
      if (section->is_code)
        return section;
      found = section;
    }
  return found;
}

static void
find_function (const SondeSymbolTable *table, guint64 address, SondeCodePlace *place)
{
  SondeSymbolPlace symbol;
  guint index;

  if (!sonde_symbol_table_find_place (table, address, &index))
    return;
  sonde_symbol_table_get_place (table, index, &symbol);
  if (!symbol.is_function)
    return;
  place->function = symbol.name;
  place->offset = address - symbol.address;
}

gboolean
sonde_code_place_find (const SondeSymbolTable *table, const SondeLineTable *lines, guint64 address,
                       SondeCodeUse use, SondeCodePlace *place)
{
  guint64 at = clear_thumb_bit (table, address);
  const SondeSection *section;
  SondeLine line;

  *place = (SondeCodePlace){ .address = address, .function = "", .file = "" };
  if (use == SONDE_CODE_RETURN && at > 0)
    at--; /* inside the call, whatever its length */
  section = find_section (table, at);
  if (section == NULL || !section->is_code)
    {
      place->why = section == NULL ? "in no section of this file" : "in data, not in code";
      return FALSE;
    }
  find_function (table, at, place);
  if (*place->function != '\0' && use == SONDE_CODE_RETURN)
    place->offset++;
  if (lines != NULL && sonde_line_table_find (lines, at, &line) && line.line > 0)
    {
      place->file = line.file;
      place->line = line.line;
      place->column = line.column;
    }
  if (*place->function == '\0' && place->line == 0)
    place->why = "code without a name or a line";
  return place->why == NULL;
}

static void
append_place (GString *text, const SondeCodePlace *place)
{
  const char *slash = strrchr (place->file, '/');
  const char *name = slash != NULL ? slash + 1 : place->file;

  if (place->why != NULL)
    {
      g_string_append_printf (text, "?? (%s)", place->why);
      return;
    }
  /* Demangled names bring their arguments along. */
  g_string_append_printf (text, "%s%s", *place->function != '\0' ? place->function : "??",
                          *place->function == '\0' || strchr (place->function, '(') != NULL ? ""
                                                                                            : "()");
  if (place->line == 0)
    g_string_append_printf (text, "+0x%" G_GINT64_MODIFIER "x", place->offset);
  else
    g_string_append_printf (text, " %s:%u", name, place->line);
  if (place->line > 0 && place->column > 0)
    g_string_append_printf (text, ":%u", place->column);
}

char *
sonde_code_place_describe (const SondeCodePlace *place)
{
  GString *text = g_string_new (NULL);

  append_place (text, place);
  return g_string_free (text, FALSE);
}

/* -- a line of text -- */

typedef struct
{
  const SondeSymbolTable *table;
  const SondeLineTable *lines;
  const char *text, *end;
  GArray *spans;
} Scan;

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$' || (c & 0x80) != 0;
}

/* Digits at @at; 0 where there are none, or too many for an address. */
static gsize
count_digits (const Scan *self, const char *at, guint64 *value)
{
  gsize n = 0;

  *value = 0;
  for (; at + n < self->end && g_ascii_isxdigit (at[n]); n++)
    if (n == MAX_DIGITS)
      return 0;
    else
      *value = *value << 4 | (guint64) g_ascii_xdigit_value (at[n]);
  return n;
}

/* Bytes of the number at @at, which begins a word; 0 where there is none. */
static gsize
read_address (const Scan *self, const char *at, guint64 *value)
{
  const gboolean has_prefix = self->end - at > 2 && at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
  const gsize n_prefix = has_prefix ? 2 : 0;
  const gsize n = count_digits (self, at + n_prefix, value);
  const char *behind = at + n_prefix + n;

  if (n == 0 || (!has_prefix && n != 8 && n != 16))
    return 0;
  return behind == self->end || !is_word (*behind) ? n_prefix + n : 0;
}

/* "lr", "ra" or "x30" stands before the number, parted by what is no letter. */
static gboolean
is_behind_link_register (const Scan *self, const char *at)
{
  static const char *const names[] = { "lr", "ra", "x30" };
  const char *word;
  gsize length;

  while (at > self->text && !is_word (at[-1]))
    at--;
  word = at;
  while (word > self->text && is_word (word[-1]))
    word--;
  length = (gsize) (at - word);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == length && g_ascii_strncasecmp (word, names[i], length) == 0)
      return TRUE;
  return FALSE;
}

/* The number of the frame that a line tells, "#1  0x08000124 in .." or " 1: 0x08000124"; 0 where it
 * tells none. The frame 0 is where the program stood, the others are callers. */
static guint
read_frame (const Scan *self, gboolean *is_sure)
{
  const char *at = self->text;
  guint number = 0, n = 0;

  while (at < self->end && g_ascii_isspace (*at))
    at++;
  *is_sure = at < self->end && *at == '#';
  at += *is_sure;
  for (; at < self->end && n < 4 && g_ascii_isdigit (*at); n++)
    number = number * 10 + (guint) g_ascii_digit_value (*at++);
  return n < 4 && at < self->end && (*is_sure || *at == ':') ? number : 0;
}

/* Where several stand in one line, all but the first are callers; but the very start of a function
 * is rather a pointer to it. */
static SondeCodeUse
judge_use (const Scan *self, const char *at, guint64 address)
{
  SondeCodePlace exact;
  gboolean is_sure;
  const guint frame = read_frame (self, &is_sure);

  if (is_behind_link_register (self, at) || (frame > 0 && is_sure))
    return SONDE_CODE_RETURN;
  if (self->spans->len == 0 && frame == 0)
    return SONDE_CODE_EXACT;
  sonde_code_place_find (self->table, NULL, address, SONDE_CODE_EXACT, &exact);
  return *exact.function != '\0' && exact.offset == 0 ? SONDE_CODE_EXACT : SONDE_CODE_RETURN;
}

static void
take_address (Scan *self, const char *at, gsize length, guint64 address)
{
  SondeCodeSpan span = { .start = (gsize) (at - self->text), .length = length };

  span.use = judge_use (self, at, address);
  if (sonde_code_place_find (self->table, self->lines, address, span.use, &span.place))
    g_array_append_val (self->spans, span);
}

GArray *
sonde_backtrace_text_find (const SondeSymbolTable *table, const SondeLineTable *lines,
                           const char *text, gssize length)
{
  const gsize size = length >= 0 ? (gsize) length : strlen (text);
  Scan self = { table, lines, text, text + size, NULL };
  const char *at = text;

  self.spans = g_array_new (FALSE, FALSE, sizeof (SondeCodeSpan));
  while (at < self.end && self.spans->len < MAX_SPANS)
    {
      guint64 address;
      const gsize n = read_address (&self, at, &address);

      if (n > 0)
        take_address (&self, at, n, address);
      at += MAX (n, 1);
      while (at < self.end && is_word (at[-1]) && is_word (*at)) /* the rest of this word */
        at++;
    }
  return self.spans;
}

char *
sonde_backtrace_text_resolve (const SondeSymbolTable *table, const SondeLineTable *lines,
                              const char *text)
{
  g_autoptr (GArray) spans = sonde_backtrace_text_find (table, lines, text, -1);
  GString *resolved = g_string_new (NULL);
  gsize done = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const SondeCodeSpan *span = &g_array_index (spans, SondeCodeSpan, i);

      g_string_append_len (resolved, text + done, (gssize) (span->start + span->length - done));
      done = span->start + span->length;
      g_string_append (resolved, " (");
      append_place (resolved, &span->place);
      g_string_append_c (resolved, ')');
    }
  g_string_append (resolved, text + done);
  return g_string_free (resolved, FALSE);
}
