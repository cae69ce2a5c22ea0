/* map-changes.c: what another ELF did to the variables that are watched */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/map-changes.h"

#include <string.h>

static const char *
type_name_of (SondeVariable *variable)
{
  return sonde_type_get_name (sonde_variable_get_type (variable));
}

void
sonde_map_changes_count (SondeMapChanges *self, SondeVariable *old, SondeVariable *now)
{
  if (old == NULL)
    return;
  if (now == NULL)
    self->n_gone++;
  else if (strcmp (type_name_of (old), type_name_of (now)) != 0)
    self->n_retyped++;
  else if (sonde_variable_get_address (old) != sonde_variable_get_address (now))
    self->n_moved++;
}

char *
sonde_map_changes_dup_text (const SondeMapChanges *self)
{
  g_autoptr (GString) text = g_string_new ("New symbols:");

  if (self->n_moved + self->n_retyped + self->n_gone == 0)
    return NULL;
  if (self->n_moved > 0)
    g_string_append_printf (text, " %u moved", self->n_moved);
  if (self->n_retyped > 0)
    g_string_append_printf (text, " %u changed type", self->n_retyped);
  if (self->n_gone > 0)
    g_string_append_printf (text, " %u gone", self->n_gone);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
