/* cell-text.c: what a value cell says */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/cell-text.h"

static char *
dup_aggregate_text (SondeType *type)
{
  if (sonde_type_get_kind (type) == SONDE_KIND_ARRAY)
    return g_strdup_printf ("[%" G_GUINT64_FORMAT "]", sonde_type_get_count (type));
  return g_strdup_printf ("{%u}", sonde_type_get_n_members (type));
}

char *
sonde_cell_text (SondeVariable *variable, const SondeWatchState *state, const char *chars,
                 SondeFormat format)
{
  SondeType *type = sonde_variable_get_type (variable);

  if (!sonde_variable_is_leaf (variable))
    return dup_aggregate_text (type);
  if (!state->has_value)
    return g_strdup ("");
  if (sonde_type_is_text (type))
    return g_strdup (chars == NULL ? "" : chars);
  return sonde_text_from_value (type, &state->value, format);
}

const char *
sonde_cell_why_locked (SondeVariable *variable, const char *device, const SondeWatchBoard *board)
{
  if (!sonde_variable_is_leaf (variable))
    return "open it and change its members";
  if (!sonde_variable_get_info (variable)->is_writable)
    return "constant: it lies in read-only memory";
  if (device[0] == '\0' || !board->is_connected)
    return "no board is connected";
  return board->is_other_firmware ? "the board runs other firmware than the open ELF" : NULL;
}
