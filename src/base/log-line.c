/* log-line.c: one line of the log, and the names of its levels */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log-line.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"

#define MAX_NAME_BYTES 128
#define MAX_TEXT_BYTES 4096
#define CUT_MARK "\xe2\x80\xa6"
#define REPLACEMENT 0xfffd

static const struct
{
  const char *name;
  const char *glyph;
  const char *colour;
} levels[SONDE_LOG_N_LEVELS] = {
  { "error", "E", "\033[31m" }, { "warning", "W", "\033[33m" }, { "info", "I", "\033[32m" },
  { "debug", "D", "\033[36m" }, { "trace", "T", "\033[2m" },
};

const char *
sonde_log_level_glyph (SondeLogLevel level)
{
  g_return_val_if_fail ((guint) level < SONDE_LOG_N_LEVELS, "?");
  return levels[level].glyph;
}

gboolean
sonde_log_level_from_name (const char *name, SondeLogLevel *level)
{
  if (g_strcmp0 (name, "warn") == 0)
    name = "warning";
  for (guint i = 0; i < SONDE_LOG_N_LEVELS; i++)
    if (g_strcmp0 (name, levels[i].name) == 0)
      {
        *level = (SondeLogLevel) i;
        return TRUE;
      }
  return FALSE;
}

/* What a terminal or a list would act upon instead of showing it: control characters have symbols;
 * line separators and marks that turn the direction of writing could forge other lines. */
static gunichar
get_shown (gunichar c)
{
  if (c < 0x20)
    return 0x2400 + c;
  if (c == 0x7f)
    return 0x2421;
  if ((c >= 0x80 && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
    return REPLACEMENT;
  return c;
}

static gboolean
is_plain (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guint8) text[i] < 0x20 || (guint8) text[i] >= 0x7f)
      return FALSE;
  return TRUE;
}

static void
append_safe (GString *out, const char *text, gsize length)
{
  const char *end = text + length;

  if (is_plain (text, length))
    {
      g_string_append_len (out, text, (gssize) length);
      return;
    }
  while (text < end)
    {
      const gunichar c = g_utf8_get_char_validated (text, end - text);

      if (c == 0 || c >= (gunichar) -2)
        {
          g_string_append_unichar (out, *text == 0 ? 0x2400 : REPLACEMENT);
          text++;
          continue;
        }
      g_string_append_unichar (out, get_shown (c));
      text = g_utf8_next_char (text);
    }
}

char *
sonde_log_make_safe (const char *text, gssize length)
{
  const gsize size = length < 0 ? strlen (text) : (gsize) length;
  GString *out = g_string_sized_new (size);

  append_safe (out, text, size);
  return g_string_free (out, FALSE);
}

/* Ends with a NUL of its own: several texts share one string. */
static void
append_part (GString *out, const char *text, gsize length, gsize max)
{
  const gsize start = out->len;
  const gboolean is_long = length > max;
  gsize taken = MIN (length, max);

  for (guint i = 0; is_long && i < 3 && (text[taken] & 0xc0) == 0x80; i++)
    taken--;
  append_safe (out, text, taken);
  if (is_long || out->len - start > max)
    {
      char *cut = out->str + start + MIN (max, out->len - start) - strlen (CUT_MARK);

      /* The byte cut at may be in the midst of a character. */
      while ((*cut & 0xc0) == 0x80)
        cut--;
      g_string_truncate (out, (gsize) (cut - out->str));
      g_string_append (out, CUT_MARK);
    }
  g_string_append_c (out, 0);
}

static gsize
get_length_of_line (const char *text)
{
  gsize length = strlen (text);

  if (length > 0 && text[length - 1] == '\n')
    length--;
  if (length > 0 && text[length - 1] == '\r')
    length--;
  return length;
}

SondeLogLine *
sonde_log_line_new (SondeLogLevel level, const char *device, const char *tag, const char *text)
{
  g_autoptr (GString) parts = g_string_sized_new (256);

  tag = tag != NULL ? tag : "";
  append_part (parts, text, get_length_of_line (text), MAX_TEXT_BYTES);
  const gsize tag_at = parts->len;
  append_part (parts, tag, strlen (tag), MAX_NAME_BYTES);
  const gsize device_at = parts->len;
  if (device != NULL)
    append_part (parts, device, strlen (device), MAX_NAME_BYTES);

  /* One piece of memory for a line: there may be a million. */
  SondeLogLine *line = g_atomic_rc_box_alloc (sizeof *line + parts->len);
  char *texts = (char *) (line + 1);

  memcpy (texts, parts->str, parts->len);
  *line = (SondeLogLine){ .time_us = sonde_clock_real_us (),
                          .level = level,
                          .device = device != NULL ? texts + device_at : NULL,
                          .tag = texts + tag_at,
                          .text = texts };
  return line;
}

SondeLogLine *
sonde_log_line_ref (const SondeLogLine *line)
{
  return g_atomic_rc_box_acquire ((gpointer) line);
}

void
sonde_log_line_unref (SondeLogLine *line)
{
  if (line != NULL)
    g_atomic_rc_box_release (line);
}

gsize
sonde_log_line_get_bytes (const SondeLogLine *line)
{
  return g_atomic_rc_box_get_size ((gpointer) line);
}

static void
append_speaker (const SondeLogLine *line, GString *out)
{
  if (line->device != NULL)
    g_string_append_printf (out, "%s ", line->device);
  if (*line->tag != 0)
    g_string_append_printf (out, "%s: ", line->tag);
}

void
sonde_log_line_append (const SondeLogLine *line, GString *out)
{
  const time_t seconds = (time_t) (line->time_us / G_USEC_PER_SEC);
  char date[40];
  struct tm tm;

  gmtime_r (&seconds, &tm);
  strftime (date, sizeof date, "%Y-%m-%dT%H:%M:%S", &tm);
  g_string_append_printf (out, "%s.%06dZ %s ", date, (int) (line->time_us % G_USEC_PER_SEC),
                          levels[line->level].glyph);
  append_speaker (line, out);
  g_string_append (out, line->text);
  g_string_append_c (out, '\n');
}

void
sonde_log_line_append_short (const SondeLogLine *line, gboolean colour, GString *out)
{
  const time_t seconds = (time_t) (line->time_us / G_USEC_PER_SEC);
  struct tm tm;

  localtime_r (&seconds, &tm);
  g_string_append_printf (out, "%02d:%02d:%02d.%03d ", tm.tm_hour, tm.tm_min, tm.tm_sec,
                          (int) (line->time_us % G_USEC_PER_SEC / 1000));
  if (colour)
    g_string_append (out, levels[line->level].colour);
  g_string_append (out, levels[line->level].glyph);
  if (colour)
    g_string_append (out, "\033[0m");
  g_string_append_c (out, ' ');
  append_speaker (line, out);
  g_string_append (out, line->text);
  g_string_append_c (out, '\n');
}
