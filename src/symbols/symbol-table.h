/* symbol-table.h: the immutable index over a mapped symbol image */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-error.h"
#include "types/variable.h"

typedef struct
{
  const char *file;     /* path as given */
  const char *build_id; /* lower-case hex, "" without a note */
  const char *machine;  /* "ARM", "x86-64" */
  int byte_order;
  guint pointer_size;
  guint n_units, n_skipped_units;
  guint n_sections;
  gboolean is_relocatable, is_pie, has_dwarf;
} SondeSymbolFacts;

typedef struct
{
  const char *name;
  guint64 address, size;
  SondeMemory memory;
  gboolean is_code, is_nobits; /* NOBITS: takes no flash */
  guint64 load_address;        /* LMA */
  gboolean has_crc;            /* CRC-32 of its contents: loaded and not written to */
  guint32 crc;
} SondeSection;

/* A function or data object of the symbol table. */
typedef struct
{
  const char *name;            /* demangled */
  const char *file;            /* "" where unknown */
  const SondeSection *section; /* NULL: none */
  guint64 address, size;
  gboolean is_function;
} SondeSymbolPlace;

/* One search result. */
typedef struct
{
  guint index; /* of the root variable */
  gint score;  /* higher is better */
} SondeSymbolHit;

/* Shared, immutable: atomic reference count, any thread. */
typedef struct _SondeSymbolTable SondeSymbolTable;

/** sonde_symbol_table_new_from_image: maps and checks the image file; every number in it is treated
 * as hostile. */
SondeSymbolTable *sonde_symbol_table_new_from_image (const char *image_path, const char *elf_path,
                                                     GError **error);
SondeSymbolTable *sonde_symbol_table_new_from_bytes (GBytes *image, const char *elf_path,
                                                     GError **error);
/** sonde_symbol_table_new_from_trusted: of bytes that were checked before and are provably the
 * same: milliseconds less. Another format than today's is refused. */
SondeSymbolTable *sonde_symbol_table_new_from_trusted (GBytes *image, const char *elf_path,
                                                       GError **error);
SondeSymbolTable *sonde_symbol_table_ref (SondeSymbolTable *self);
void sonde_symbol_table_unref (SondeSymbolTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSymbolTable, sonde_symbol_table_unref)

const SondeSymbolFacts *sonde_symbol_table_get_facts (const SondeSymbolTable *self);
/** sonde_symbol_table_get_n: root variables, sorted by path; those that cannot be polled included.
 */
guint sonde_symbol_table_get_n (const SondeSymbolTable *self);
/** sonde_symbol_table_dup_variable: (transfer full): made when asked for. */
SondeVariable *sonde_symbol_table_dup_variable (SondeSymbolTable *self, guint index);
/** sonde_symbol_table_is_placed: root @index has an address; of a relocatable file that counts from
 * the start of its section, and nothing of it can be polled. */
gboolean sonde_symbol_table_is_placed (const SondeSymbolTable *self, guint index);
/** sonde_symbol_table_get_path / type_name / address: of root @index, without making anything. */
const char *sonde_symbol_table_get_path (const SondeSymbolTable *self, guint index);
const char *sonde_symbol_table_get_type_name (const SondeSymbolTable *self, guint index);
guint64 sonde_symbol_table_get_address (const SondeSymbolTable *self, guint index);
/**
 * sonde_symbol_table_dup_by_path:
 * @path: "motor.pid.kp", "axis[2].pid.ki", "main.c::counter", "list->next->value"; blanks within
 * the brackets of C++ names do not count
 *
 * Returns: (transfer full): NULL and NOT_FOUND (naming near misses, or which of several was meant)
 * or SONDE_TYPE_ERROR_PATH
 */
SondeVariable *sonde_symbol_table_dup_by_path (SondeSymbolTable *self, const char *path,
                                               GError **error);
/** sonde_symbol_table_has_path: a root variable of that very name is there, whatever follows it in
 * @path. */
gboolean sonde_symbol_table_has_path (SondeSymbolTable *self, const char *path);
/** sonde_symbol_table_find_same: index of the root that another build called @path, in @unit (its
 * file, "" where unknown): two statics of a name have their file in front, a single one has not. */
gboolean sonde_symbol_table_find_same (SondeSymbolTable *self, const char *path, const char *unit,
                                       guint *index);
/** sonde_symbol_table_dup_type: (transfer full): row @row of the image's types. */
SondeType *sonde_symbol_table_dup_type (SondeSymbolTable *self, guint32 row);
/** sonde_symbol_table_get_section: by index below facts' n_sections. */
const SondeSection *sonde_symbol_table_get_section (const SondeSymbolTable *self, guint index);
/** sonde_symbol_table_get_n_places: functions, and data that no variable tells of, rising by
 * address. */
guint sonde_symbol_table_get_n_places (const SondeSymbolTable *self);
/** sonde_symbol_table_get_place: @place borrows from the table. */
void sonde_symbol_table_get_place (const SondeSymbolTable *self, guint index,
                                   SondeSymbolPlace *place);
/** sonde_symbol_table_find_place: index of the innermost (last begun) one with @address inside it
 * (of size 0: at it); FALSE where none. */
gboolean sonde_symbol_table_find_place (const SondeSymbolTable *self, guint64 address,
                                        guint *index);
/** sonde_symbol_table_get_skipped: "main.c: reason" of a unit that could not be read, by index
 * below n_skipped_units. */
const char *sonde_symbol_table_get_skipped (const SondeSymbolTable *self, guint index);
/** sonde_symbol_table_get_image: the rows it is made of, for those that walk all of them. */
const struct _SondeSymbolImage *sonde_symbol_table_get_image (const SondeSymbolTable *self);
