/* plain-types.h: number types that need no file to be known: "u32", "uint32_t", "unsigned long" */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/type.h"

/** The names that sonde_plain_type_new_short() takes, for messages. */
#define SONDE_PLAIN_SHORT_NAMES ":u8 :s8 :u16 :s16 :u32 :s32 :u64 :s64 :f32 :f64 :char :bool"

/** sonde_plain_type_new_short: (transfer full) (nullable): of the @length letters of @name: "u32",
 * "s8" or "i8", "f32", "char", "bool". */
SondeType *sonde_plain_type_new_short (const char *name, gsize length);
/** sonde_plain_type_new: (transfer full) (nullable): of a squeezed name (type-names.h): the names
 * of stdint.h and C's own; or a short one. */
SondeType *sonde_plain_type_new (const char *name, guint pointer_size);
/** sonde_plain_type_new_pointer: (transfer full): "int *" of "int", @size bytes wide. */
SondeType *sonde_plain_type_new_pointer (SondeType *target, guint size);
