/* log-filter.c: which log lines a person wants to see */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/log-filter.h"

#include <string.h>

typedef enum
{
  PART_LEVEL,
  PART_TAG,
  PART_DEVICE,
  PART_REGEX,
  PART_WORD,
} PartKind;

typedef struct
{
  PartKind kind;
  SondeLogLevel level;
  char *text; /* folded case */
  GRegex *regex;
} Part;

struct _SondeLogFilter
{
  GArray *parts; /* Part */
};

static void
clear_part (gpointer data)
{
  Part *part = data;

  g_free (part->text);
  g_clear_pointer (&part->regex, g_regex_unref);
}

void
sonde_log_filter_free (SondeLogFilter *self)
{
  g_array_unref (self->parts);
  g_free (self);
}

static gboolean
parse_level (Part *part, const char *word, GError **error)
{
  const char *name = word + strlen ("level");

  name += g_str_has_prefix (name, ">=") ? 2 : 1;
  part->kind = PART_LEVEL;
  if (sonde_log_level_from_name (name, &part->level))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "level “%s” is none of error, warn, info, debug, trace", name);
  return FALSE;
}

static gboolean
parse_word (Part *part, const char *word, GError **error)
{
  if (g_str_has_prefix (word, "level>=") || g_str_has_prefix (word, "level:"))
    return parse_level (part, word, error);
  part->kind = PART_WORD;
  if (g_str_has_prefix (word, "tag:"))
    part->kind = PART_TAG;
  else if (g_str_has_prefix (word, "device:"))
    part->kind = PART_DEVICE;
  part->text = g_utf8_casefold (part->kind == PART_WORD ? word : strchr (word, ':') + 1, -1);
  return TRUE;
}

/* A regular expression stands between slashes and may hold blanks; a slash inside is written \/. */
static gboolean
parse_regex (Part *part, const char **cursor, GError **error)
{
  const char *start = *cursor + 1;
  const char *end = start;
  g_autofree char *pattern = NULL;

  while (*end != '\0' && *end != '/')
    end += *end == '\\' && end[1] != '\0' ? 2 : 1;
  if (*end == '\0')
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "the closing / of the regular expression is missing");
      return FALSE;
    }
  pattern = g_strndup (start, (gsize) (end - start));
  part->kind = PART_REGEX;
  part->regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, error);
  *cursor = end + 1;
  return part->regex != NULL;
}

static gboolean
parse_part (Part *part, const char **cursor, GError **error)
{
  g_autofree char *word = NULL;
  gsize length = 0;

  if (**cursor == '/')
    return parse_regex (part, cursor, error);
  length = strcspn (*cursor, " \t");
  word = g_strndup (*cursor, length);
  *cursor += length;
  return parse_word (part, word, error);
}

SondeLogFilter *
sonde_log_filter_new (const char *text, GError **error)
{
  g_autoptr (SondeLogFilter) self = g_new0 (SondeLogFilter, 1);
  const char *cursor = text;

  self->parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_array_set_clear_func (self->parts, clear_part);
  for (cursor += strspn (cursor, " \t"); *cursor != '\0'; cursor += strspn (cursor, " \t"))
    {
      Part part = { 0 };

      if (!parse_part (&part, &cursor, error))
        {
          clear_part (&part);
          return NULL;
        }
      g_array_append_val (self->parts, part);
    }
  return g_steal_pointer (&self);
}

static gboolean
contains (const char *text, const char *folded_word)
{
  g_autofree char *folded = g_utf8_casefold (text == NULL ? "" : text, -1);

  return strstr (folded, folded_word) != NULL;
}

static gboolean
part_matches (const Part *part, const SondeLogLine *line)
{
  switch (part->kind)
    {
    case PART_LEVEL:
      return line->level <= part->level;
    case PART_TAG:
      return contains (line->tag, part->text);
    case PART_DEVICE:
      return contains (line->device == NULL ? "sonde" : line->device, part->text);
    case PART_REGEX:
      return g_regex_match (part->regex, line->text, 0, NULL)
             || g_regex_match (part->regex, line->tag, 0, NULL);
    case PART_WORD:
    default:
      return contains (line->text, part->text) || contains (line->tag, part->text)
             || contains (line->device, part->text);
    }
}

gboolean
sonde_log_filter_matches (const SondeLogFilter *self, const SondeLogLine *line)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (!part_matches (&g_array_index (self->parts, Part, i), line))
      return FALSE;
  return TRUE;
}
