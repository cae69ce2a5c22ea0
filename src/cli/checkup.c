/* checkup.c: what sondectl doctor found, a finding a row */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/checkup.h"

#include <string.h>

void
sonde_finding_free (gpointer finding)
{
  SondeFinding *self = finding;

  g_free (self->object);
  g_free (self->found);
  g_free (self->advice);
  g_free (self);
}

void
sonde_checkup_add (GPtrArray *findings, SondeHealth health, const char *object, const char *found,
                   const char *advice)
{
  SondeFinding *finding = g_new (SondeFinding, 1);

  finding->health = health;
  finding->object = g_strdup (object);
  finding->found = g_strdup (found);
  finding->advice = g_strdup (advice);
  g_ptr_array_add (findings, finding);
}

void
sonde_checkup_add_error (GPtrArray *findings, const char *object, const GError *error)
{
  g_autofree char *prefix = g_strconcat (object, ": ", NULL);
  const char *text = g_str_has_prefix (error->message, prefix) ? error->message + strlen (prefix)
                                                               : error->message;
  const char *semicolon = strstr (text, "; ");
  g_autofree char *found
      = semicolon != NULL ? g_strndup (text, (gsize) (semicolon - text)) : g_strdup (text);

  sonde_checkup_add (findings, SONDE_HEALTH_WRONG, object, found,
                     semicolon != NULL ? semicolon + 2 : "give another file");
}
