/* name-find.h: the entries of debug information that bear a name, and those that complete them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-variables.h"
#include "symbols/name-query.h"

/* An entry that has the name itself; the rest is summed up over the entries that complete it:
 * definitions of declarations, and the copies of a function that is inlined. */
typedef struct
{
  SondeDie die;
  guint parent_tag;
  SondeDieKey parent;
  char *prefix; /* "ns::step()::" */
  char *path;   /* what it is listed as; set by name-paths */
  gboolean is_in_function;
  gboolean fits; /* stands in the scopes that were typed */

  SondePlace place; /* of a variable: the best of them */
  guint64 address;  /* of a FIXED place, or of a function's code */
  gboolean has_code, has_constant, is_completed;
  SondeDie constant; /* the entry that has it */
  guint n_inlined;
} SondeNameHit;

/** sonde_name_find: (element-type SondeNameHit) (transfer full): in the order of the file, at most
 * some thousand. */
GArray *sonde_name_find (const SondeDwarfIndex *index, const SondeNameQuery *query);
