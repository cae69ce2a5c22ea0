/* symbol-at.h: what lies at an address, down to the leaf */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-table.h"

typedef enum
{
  SONDE_AT_VALUE,    /* a leaf, or what has no parts (opaque) */
  SONDE_AT_PADDING,  /* in a struct or union, in none of its members */
  SONDE_AT_FUNCTION, /* code */
  SONDE_AT_DATA,     /* an object of the symbol table that no variable describes */
  SONDE_AT_GAP,      /* in a section, in nothing that has a name */
  SONDE_AT_NOTHING,  /* in no section */
} SondeAtKind;

typedef struct
{
  SondeAtKind kind;
  SondeVariable *variable; /* (nullable): the leaf, or what the padding is in */
  const char *path;        /* of the variable; name of a function or object; "" */
  guint64 offset;          /* bytes from where that begins */
  guint64 size;            /* bytes of it; 0 where not known */
  const char *section;     /* "" where in none */
  const char *file;        /* "" where unknown */
  guint line;
  char *why; /* NULL; "padding in motor_t after .x", ".rodata, no symbol; nearest before: x+0x40" */
} SondeAtHit;

/* What begins where, sorted once. Immutable, any thread; holds its table. */
typedef struct _SondeSymbolAt SondeSymbolAt;

SondeSymbolAt *sonde_symbol_at_new (SondeSymbolTable *table);
void sonde_symbol_at_free (SondeSymbolAt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSymbolAt, sonde_symbol_at_free)
/**
 * sonde_symbol_at_find:
 *
 * Several where variables share memory: alternatives of a union, bit-fields of one byte, aliases;
 * at most 256.
 *
 * Returns: (element-type SondeAtHit) (transfer full): one at least; those that begin first come
 * first. Texts are borrowed from the table.
 */
GPtrArray *sonde_symbol_at_find (const SondeSymbolAt *self, guint64 address);
/** sonde_at_kind_name: "value", "padding", "function", "data", "gap", "nothing". */
const char *sonde_at_kind_name (SondeAtKind kind);
