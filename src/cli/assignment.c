/* assignment.c: "PATH=VALUE" as a person types it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/assignment.h"

#include <string.h>

#include "types/text.h"

#define MAX_SIZE (64 * 1024)

gboolean
sonde_assignment_split (const char *text, char **path, char **value, GError **error)
{
  const char *equals = strchr (text, '=');

  if (equals == NULL || equals == text)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "%s: not an assignment; write PATH=VALUE", text);
      return FALSE;
    }
  *path = g_strndup (text, (gsize) (equals - text));
  *value = g_strdup (equals + 1);
  return TRUE;
}

static GBytes *
encode_chars (SondeVariable *variable, const char *text, GError **error)
{
  const guint64 size = sonde_variable_get_size (variable);
  const gsize length = strlen (text);
  guint8 *data;

  if (length + 1 > size || size > MAX_SIZE)
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE,
                   "%s: %" G_GSIZE_FORMAT " bytes are too many; it takes %" G_GUINT64_FORMAT,
                   sonde_variable_get_path (variable), length, MIN (size, MAX_SIZE) - 1);
      return NULL;
    }
  data = g_malloc0 (size);
  memcpy (data, text, length);
  return g_bytes_new_take (data, size);
}

GBytes *
sonde_assignment_encode (SondeVariable *variable, const char *text, GError **error)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  const guint64 size = sonde_variable_get_size (variable);
  SondeValue value = SONDE_VALUE_INIT;
  guint8 data[16] = { 0 };

  if (sonde_type_is_text (info->type))
    return encode_chars (variable, text, error);
  if (!sonde_text_to_value (info->type, text, &value, error))
    {
      g_prefix_error (error, "%s: ", info->path);
      return NULL;
    }
  if (size <= sizeof data
      && sonde_value_encode (info->type, info->byte_order, &value, data, (gsize) size))
    return g_bytes_new (data, (gsize) size);
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE,
               "%s: a value of %" G_GUINT64_FORMAT " bytes cannot be written; write its parts",
               info->path, size);
  return NULL;
}
