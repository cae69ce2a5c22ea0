/* entry.c: what a person typed for a variable, as the bytes to write */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/entry.h"

GBytes *
sonde_entry_to_bytes (SondeVariable *variable, const char *text, GError **error)
{
  SondeType *type = sonde_variable_get_type (variable);
  gsize size = (gsize) sonde_type_get_size (type);
  g_autofree guint8 *bytes = NULL;
  SondeValue value = SONDE_VALUE_INIT;

  if (!sonde_variable_is_leaf (variable))
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                   "%s is %s: write its members one by one", sonde_variable_get_path (variable),
                   sonde_type_get_name (type));
      return NULL;
    }
  bytes = g_malloc0 (size);
  if (sonde_type_is_text (type))
    return sonde_text_to_chars (text, bytes, size, error)
               ? g_bytes_new_take (g_steal_pointer (&bytes), size)
               : NULL;
  if (!sonde_text_to_value (type, text, &value, error))
    return NULL;
  if (!sonde_value_encode (type, sonde_variable_get_info (variable)->byte_order, &value, bytes,
                           size))
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE, "%s: out of range of %s", text,
                   sonde_type_get_name (type));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}
