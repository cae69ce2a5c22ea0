/* name-query.h: a name as a person types it: what is asked for, and inside what it stands */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct
{
  char *whole;  /* as typed, without blanks round it */
  char *name;   /* the last part of the root: "speed" of "ns::step(int)::speed[3].x" */
  GStrv scopes; /* outermost first, functions without brackets: "ns", "step"; a file is one, too */
  gboolean has_rest; /* members or indexes follow */
} SondeNameQuery;

/** sonde_name_query_new: any text at all; the parts may be "". */
SondeNameQuery *sonde_name_query_new (const char *typed);
void sonde_name_query_free (SondeNameQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeNameQuery, sonde_name_query_free)
/**
 * sonde_name_query_fits:
 * @prefix: "ns::Class::step()::", the scopes that an entry stands in
 * @file: (nullable): of its unit
 *
 * Returns: whether the innermost scopes are those that were typed; a file may stand for the
 * outermost
 */
gboolean sonde_name_query_fits (const SondeNameQuery *self, const char *prefix, const char *file);
/** sonde_name_query_split: (transfer full): "ns::step(int)::" into "ns" and "step". */
GStrv sonde_name_query_split (const char *prefix);
