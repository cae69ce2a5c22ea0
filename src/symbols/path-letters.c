/* path-letters.c: which letters occur in the paths of a variable and of all that is below it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/path-letters.h"

#include <string.h>

#include "symbols/symbol-image.h"
#include "symbols/symbol-match.h"

/* Elements, and the slice that stands for the rest of them. */
#define BRACKETS "[0123456789..]"

struct _SondePathLetters
{
  SondeSymbolTable *table; /* owned */
  const SondeSymbolImage *image;
  guint64 *of_types; /* by row of the image */
};

static guint64
get_letters (const char *text)
{
  return g_str_is_ascii (text) ? sonde_symbol_mask (text, strlen (text)) : G_MAXUINT64;
}

/* Types that hold others come behind them. */
static guint64
compute_letters (const SondePathLetters *self, const SondeImageType *row)
{
  guint64 letters = 0;

  if (row->kind == SONDE_KIND_ARRAY)
    return self->of_types[row->base] | get_letters (BRACKETS);
  if (row->kind != SONDE_KIND_STRUCT && row->kind != SONDE_KIND_UNION)
    return 0;
  for (guint i = 0; i < row->n; i++)
    {
      const SondeImageMember *member = &self->image->members[row->first + i];

      letters |= self->of_types[member->type]
                 | get_letters (sonde_symbol_image_text (self->image, member->name));
    }
  /* "a.b", and "a.Base::b" where a base is hidden. */
  return letters | get_letters (".:");
}

SondePathLetters *
sonde_path_letters_new (SondeSymbolTable *table)
{
  SondePathLetters *self = g_new0 (SondePathLetters, 1);

  self->table = sonde_symbol_table_ref (table);
  self->image = sonde_symbol_table_get_image (table);
  self->of_types = g_new (guint64, self->image->n[SONDE_IMAGE_TYPES]);
  for (guint i = 0; i < self->image->n[SONDE_IMAGE_TYPES]; i++)
    self->of_types[i] = compute_letters (self, &self->image->types[i]);
  return self;
}

void
sonde_path_letters_free (SondePathLetters *self)
{
  sonde_symbol_table_unref (self->table);
  g_free (self->of_types);
  g_free (self);
}

guint64
sonde_path_letters_of (const SondePathLetters *self, guint index)
{
  const SondeImageVariable *row = &self->image->variables[index];

  return get_letters (sonde_symbol_image_text (self->image, row->path)) | self->of_types[row->type];
}
