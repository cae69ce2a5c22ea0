/* variable.h: a named, typed place in a target's memory, that opens into children */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "types/type.h"

typedef enum
{
  SONDE_MEMORY_RAM,        /* reads may be merged across unasked bytes */
  SONDE_MEMORY_FLASH,      /* constant: not written */
  SONDE_MEMORY_PERIPHERAL, /* exact address and width, one by one */
} SondeMemory;

typedef struct _SondeVariable SondeVariable;

typedef struct
{
  const char *path; /* "motor.pid.kp": what scripts use, stable across rebuilds */
  guint64 address;  /* with a pointer: bytes from where that points to, modulo 2^64 */
  SondeType *type;
  int byte_order;     /* G_LITTLE_ENDIAN or G_BIG_ENDIAN */
  guint pointer_size; /* bytes */
  SondeMemory memory;
  gboolean is_writable;    /* FALSE: in flash, const, or the map says so */
  const char *why;         /* NULL; else why it cannot be polled ("thread-local") */
  const char *unit;        /* NULL or "rpm" */
  double scale;            /* a unit is so many times the number in memory; 0 is taken as 1 */
  const char *description; /* NULL or what the map says about it */
  const char *section;     /* NULL or ".data" */
  const char *file;        /* NULL or "main.c" */
  guint line;
  SondeVariable *pointer; /* NULL, or the pointer that is read first: "p->x", "(*p).x"; it may have
                             one of its own */
} SondeVariableInfo;

/* SondeVariable: shared, immutable: atomic reference count, any thread. */

/** sonde_variable_new: copies the texts, takes references on type and pointer. */
SondeVariable *sonde_variable_new (const SondeVariableInfo *info);
SondeVariable *sonde_variable_ref (SondeVariable *self);
void sonde_variable_unref (SondeVariable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeVariable, sonde_variable_unref)

/** sonde_variable_get_info: borrowed for as long as the variable lives. */
const SondeVariableInfo *sonde_variable_get_info (const SondeVariable *self);
const char *sonde_variable_get_path (const SondeVariable *self);
guint64 sonde_variable_get_address (const SondeVariable *self);
SondeType *sonde_variable_get_type (const SondeVariable *self);
guint64 sonde_variable_get_size (const SondeVariable *self);

/**
 * sonde_variable_get_n_children:
 *
 * Returns: members (those of anonymous members counted as the variable's own, unnamed bit-fields
 * left out) or elements; 0 for what has neither, and for a pointer: whoever opens one asks
 * sonde_variable_dup_target(). A char array counts its elements although it is one leaf: whoever
 * shows a tree asks sonde_variable_is_leaf() first.
 */
guint64 sonde_variable_get_n_children (const SondeVariable *self);
/** sonde_variable_dup_child: (transfer full): path "a.b" or "a[3]"; NULL past the end. O(1) for
 * arrays. Inherits all but unit, scale and description, which only elements share. Of "*p" the
 * paths are "p->b" and "(*p)[3]"; what is behind a pointer stays so. */
SondeVariable *sonde_variable_dup_child (const SondeVariable *self, guint64 index);
/**
 * sonde_variable_dup_target:
 *
 * Nothing is read: where it lies is known when the pointer is (info.pointer is @self). Chains of
 * pointers end after SONDE_VARIABLE_MAX_HOPS of them.
 *
 * Returns: (transfer full) (nullable): "*p"; NULL of what is no pointer, and of one to void, to a
 * function, or to a type that is nowhere defined
 */
SondeVariable *sonde_variable_dup_target (const SondeVariable *self);
#define SONDE_VARIABLE_MAX_HOPS 64
/** sonde_variable_follow: likewise, but says why not: SONDE_TYPE_ERROR_PATH. */
SondeVariable *sonde_variable_follow (const SondeVariable *self, GError **error);
/** sonde_variable_dup_as: (transfer full): @self's place read as @type, under another @path. */
SondeVariable *sonde_variable_dup_as (const SondeVariable *self, SondeType *type, const char *path);
/**
 * sonde_variable_dup_shifted:
 *
 * As if @self were element 0 of an array: "p[3]" of "*p". Not checked against any bounds but those
 * of addresses.
 *
 * Returns: (transfer full): under the path @path, or NULL and SONDE_TYPE_ERROR_PATH
 */
SondeVariable *sonde_variable_dup_shifted (const SondeVariable *self, guint64 index,
                                           const char *path, GError **error);
/**
 * sonde_variable_dup_by_path:
 * @rest: what follows this variable's own path: "", ".pid.kp", "[3].x", "[1][2]", "->next->x";
 * a pointer is indexed like an array; what a C++ reference refers to is reached by a dot too
 *
 * Returns: (transfer full): or NULL and SONDE_TYPE_ERROR_PATH, naming the step that failed and what
 * there is
 */
SondeVariable *sonde_variable_dup_by_path (SondeVariable *self, const char *rest, GError **error);
/** sonde_variable_is_leaf: has one value to poll (also a char array, which is polled as text). */
gboolean sonde_variable_is_leaf (const SondeVariable *self);
