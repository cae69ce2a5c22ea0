/* type-compare.h: whether two types lay out memory alike */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/type.h"

/* Remembers pairs, so that types which share parts are compared once. Owned struct, one thread;
 * the types must outlive it. */
typedef struct _SondeTypeCompare SondeTypeCompare;

SondeTypeCompare *sonde_type_compare_new (void);
void sonde_type_compare_free (SondeTypeCompare *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTypeCompare, sonde_type_compare_free)
/**
 * sonde_type_compare_is_same:
 *
 * The types' own names do not count, those of members and elements do, and so do the names of
 * enumerators. What a pointer points to is known by the pointer's name only.
 */
gboolean sonde_type_compare_is_same (SondeTypeCompare *self, const SondeType *a,
                                     const SondeType *b);
