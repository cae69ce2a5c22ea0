/* image-types.h: rows of a symbol image as types, made when asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-image.h"

/* An opened image that pointers keep alive. Shared, immutable: atomic reference count, any thread.
 */
typedef struct _SondeImageTypes SondeImageTypes;

/** sonde_image_types_new: keeps what @image, an open one, is made of. */
SondeImageTypes *sonde_image_types_new (const SondeSymbolImage *image);
SondeImageTypes *sonde_image_types_ref (SondeImageTypes *self);
void sonde_image_types_unref (SondeImageTypes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeImageTypes, sonde_image_types_unref)
const SondeSymbolImage *sonde_image_types_get_image (const SondeImageTypes *self);
/**
 * sonde_image_types_dup:
 * @made: (nullable): (element-type guint SondeType): types made before, by row; new ones join
 *
 * Returns: (transfer full)
 */
SondeType *sonde_image_types_dup (SondeImageTypes *self, guint32 row, GHashTable *made);
/** sonde_image_types_new_memory: (transfer full): an empty @made. */
GHashTable *sonde_image_types_new_memory (void);
