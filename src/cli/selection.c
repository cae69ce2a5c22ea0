/* selection.c: what a person named becomes the values to read */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/selection.h"

#include "types/text.h"

#define MAX_DEPTH 64

static gboolean
refuse (const SondeVariable *variable, const char *reason, GError **error)
{
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH, "%s: %s",
               sonde_variable_get_path (variable), reason);
  return FALSE;
}

static gboolean
expand (GPtrArray *leaves, SondeVariable *variable, guint depth, GError **error)
{
  const guint64 n = sonde_variable_get_n_children (variable);

  if (leaves->len >= SONDE_SELECTION_MAX)
    return refuse (variable, "too many values for one command; name a part, such as [0..99]",
                   error);
  if (sonde_variable_is_leaf (variable))
    {
      g_ptr_array_add (leaves, sonde_variable_ref (variable));
      return TRUE;
    }
  if (depth == MAX_DEPTH)
    return refuse (variable, "nested too deep; name a member", error);
  for (guint64 i = 0; i < n; i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (variable, i);

      if (child != NULL && !expand (leaves, child, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
resolve (SondeAddressMap *map, const char *path, GError **error)
{
  const gboolean is_raw = g_ascii_strncasecmp (path, "0x", 2) == 0;
  g_autoptr (SondeAddressMap) raw = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (map != NULL)
    return sonde_address_map_resolve (map, path, error);
  raw = sonde_address_map_new (NULL);
  /* What is wrong with an address is not that there is no firmware. */
  found = sonde_address_map_resolve (raw, path, is_raw ? error : NULL);
  if (found == NULL && !is_raw)
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s: no firmware to look in; name it with --elf FILE", path);
  return g_steal_pointer (&found);
}

static gboolean
add_exact (GPtrArray *leaves, SondeVariable *variable, GError **error)
{
  const SondeType *type = sonde_variable_get_type (variable);

  if (!sonde_variable_is_leaf (variable))
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                   "%s: is of kind %s and has no value of its own; name one of its members",
                   sonde_variable_get_path (variable),
                   sonde_kind_name (sonde_type_get_kind (type)));
      return FALSE;
    }
  g_ptr_array_add (leaves, sonde_variable_ref (variable));
  return TRUE;
}

gboolean
sonde_selection_add (GPtrArray *leaves, SondeAddressMap *map, const char *path,
                     SondeSelectionRule rule, GError **error)
{
  const guint before = leaves->len;
  g_autoptr (GPtrArray) found = resolve (map, path, error);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    if (rule == SONDE_SELECT_EXACT ? !add_exact (leaves, g_ptr_array_index (found, i), error)
                                   : !expand (leaves, g_ptr_array_index (found, i), 0, error))
      {
        g_ptr_array_set_size (leaves, (gint) before);
        return FALSE;
      }
  if (leaves->len > before)
    return TRUE;
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
               "%s: holds no value that can be read; name another variable", path);
  return FALSE;
}
