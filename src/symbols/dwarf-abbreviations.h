/* dwarf-abbreviations.h: what the entries of a unit look like, decoded once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-form.h"

#define SONDE_NOT_FIXED G_MAXUINT32

/* One attribute that each entry of its kind has. */
typedef struct
{
  guint16 name, form;
  /* Bytes from the entry's first attribute, SONDE_NOT_FIXED behind one whose length varies; of
   * DW_FORM_implicit_const, which has no bytes: which of the constants. */
  guint32 at;
} SondeSpec;

typedef struct
{
  guint16 tag;
  guint8 has_children, is_unreadable; /* it has a form that nobody knows */
  guint32 n_specs;
  guint32 first; /* of the table's specs */
  guint32 size;  /* bytes of all attributes, SONDE_NOT_FIXED where it varies */
  /* The first attribute whose length varies, and bytes before it; n_specs where none. */
  guint32 varies, varies_at;
} SondeAbbreviation;

typedef struct
{
  SondeAbbreviation *rows;
  SondeSpec *specs;
  gint64 *constants;
  guint n_rows, n_specs, n_constants;
  GHashTable *by_code; /* code -> row + 1; NULL where row n has code n + 1 */
} SondeAbbreviations;

/** sonde_abbreviations_new: NULL where the table does not end, or is larger than @max_specs. */
SondeAbbreviations *sonde_abbreviations_new (SondeCursor *cursor, const SondeFormLayout *layout,
                                             guint max_specs);
void sonde_abbreviations_free (SondeAbbreviations *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeAbbreviations, sonde_abbreviations_free)

static inline const SondeAbbreviation *
sonde_abbreviations_find (const SondeAbbreviations *self, guint64 code)
{
  guint64 row = code;

  if (G_UNLIKELY (self->by_code != NULL))
    row = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_code, (gpointer) (guintptr) code));
  return row - 1 < self->n_rows ? &self->rows[row - 1] : NULL;
}
