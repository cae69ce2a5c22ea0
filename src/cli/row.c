/* row.c: the rows that scripts read: values of boards as text and JSON */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/row.h"

#include <math.h>

#include "base/log.h"
#include "types/text.h"

/* -- JSON -- */

GString *
sonde_json_row_new (void)
{
  return g_string_new ("{");
}

static void
append_quoted (GString *row, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (row, '"');
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      const gunichar letter = g_utf8_get_char (c);

      if (letter == '"' || letter == '\\')
        g_string_append_printf (row, "\\%c", (int) letter);
      else if (g_unichar_iscntrl (letter)) /* those above U+007F too: some terminals obey them */
        g_string_append_printf (row, "\\u%04x", letter);
      else
        g_string_append_unichar (row, letter);
    }
  g_string_append_c (row, '"');
}

static void
append_key (GString *row, const char *key)
{
  if (row->len > 1)
    g_string_append_c (row, ',');
  append_quoted (row, key);
  g_string_append_c (row, ':');
}

void
sonde_json_row_text (GString *row, const char *key, const char *text)
{
  append_key (row, key);
  if (text == NULL)
    g_string_append (row, "null");
  else
    append_quoted (row, text);
}

void
sonde_json_row_int (GString *row, const char *key, gint64 value)
{
  append_key (row, key);
  g_string_append_printf (row, "%" G_GINT64_FORMAT, value);
}

void
sonde_json_row_double (GString *row, const char *key, double value)
{
  char buffer[40] = "null";

  if (isfinite (value))
    sonde_text_from_double (value, FALSE, buffer);
  sonde_json_row_raw (row, key, buffer);
}

void
sonde_json_row_raw (GString *row, const char *key, const char *json)
{
  append_key (row, key);
  g_string_append (row, json);
}

char *
sonde_json_row_end (GString *row)
{
  g_string_append_c (row, '}');
  return g_string_free (row, FALSE);
}

/* -- values -- */

void
sonde_row_set_bytes (SondeRow *self, GBytes *bytes, SondeValue *value, char **chars)
{
  const SondeVariableInfo *info = sonde_variable_get_info (self->variable);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (sonde_type_is_text (info->type))
    {
      *chars = sonde_text_from_chars (data, size);
      self->chars = *chars;
      return;
    }
  sonde_value_decode (info->type, info->byte_order, data, size, value);
  self->value = value;
}

char *
sonde_row_dup_name (const SondeRow *self)
{
  const char *path = sonde_variable_get_path (self->variable);
  g_autofree char *name = NULL;

  if (!self->is_one_of_many)
    return sonde_log_make_safe (path, -1);
  name = g_strconcat (self->device, ":", path, NULL);
  return sonde_log_make_safe (name, -1);
}

char *
sonde_row_dup_text (const SondeRow *self)
{
  g_autofree char *text = NULL;

  if (self->chars != NULL)
    return sonde_log_make_safe (self->chars, -1);
  if (self->value == NULL)
    return g_strdup ("");
  text = sonde_text_from_value (sonde_variable_get_type (self->variable), self->value,
                                SONDE_FORMAT_AUTO);
  return sonde_log_make_safe (text, -1);
}

char *
sonde_row_dup_number (const SondeRow *self)
{
  if (self->chars != NULL)
    return g_strdup (self->chars);
  if (self->value == NULL)
    return g_strdup ("");
  return sonde_text_from_value (sonde_variable_get_type (self->variable), self->value,
                                SONDE_FORMAT_DECIMAL);
}

const char *
sonde_row_get_unit (const SondeRow *self)
{
  const char *own = sonde_variable_get_info (self->variable)->unit;

  if (self->unit != NULL)
    return self->unit;
  return own != NULL ? own : "";
}

static void
add_value (GString *row, const SondeRow *self)
{
  g_autofree char *number = NULL;

  if (self->chars != NULL)
    {
      sonde_json_row_text (row, "value", self->chars);
      return;
    }
  if (self->value != NULL)
    number = sonde_text_json_value (self->value);
  sonde_json_row_raw (row, "value", number != NULL ? number : "null");
}

char *
sonde_row_dup_json (const SondeRow *self)
{
  GString *row = sonde_json_row_new ();
  g_autofree char *text = sonde_row_dup_text (self);

  sonde_json_row_int (row, "time_us", self->time_us);
  sonde_json_row_text (row, "device", self->device);
  sonde_json_row_text (row, "path", sonde_variable_get_path (self->variable));
  add_value (row, self);
  sonde_json_row_text (row, "text", text);
  if (self->error != NULL)
    sonde_json_row_text (row, "error", self->error);
  return sonde_json_row_end (row);
}

char *
sonde_row_dup_row (const SondeRow *self)
{
  g_autofree char *name = sonde_row_dup_name (self);
  g_autofree char *text = sonde_row_dup_text (self);

  return g_strdup_printf ("%s\t%s\t%s", name, text, sonde_row_get_unit (self));
}

char *
sonde_row_dup_timed_row (const SondeRow *self)
{
  g_autofree char *time = sonde_time_dup_text (self->time_us);
  g_autofree char *row = sonde_row_dup_row (self);

  return g_strconcat (time, "\t", row, NULL);
}

char *
sonde_time_dup_text (gint64 time_us)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC);
  g_autofree char *head = NULL;
  g_autofree char *zone = NULL;

  if (second == NULL) /* a board's clock may say anything */
    return g_strdup_printf ("%" G_GINT64_FORMAT, time_us);
  head = g_date_time_format (second, "%Y-%m-%dT%H:%M:%S");
  zone = g_date_time_format (second, "%:z");
  return g_strdup_printf ("%s.%06d%s", head, (int) (time_us % G_USEC_PER_SEC), zone);
}
