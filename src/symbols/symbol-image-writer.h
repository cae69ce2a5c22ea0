/* symbol-image-writer.h: collects rows and lays them out as one file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-image.h"
#include "symbols/text-sort.h"

/* Collects rows; owned struct, one thread. */
typedef struct _SondeImageWriter SondeImageWriter;

SondeImageWriter *sonde_image_writer_new (void);
void sonde_image_writer_free (SondeImageWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeImageWriter, sonde_image_writer_free)
/** sonde_image_writer_text: equal texts share one offset; made valid UTF-8, control characters
 * become "?"; NULL is "". */
guint32 sonde_image_writer_text (SondeImageWriter *self, const char *text);
/** sonde_image_writer_lasting_text: the same for a text that stays where and as it is for as long
 * as the writer lives: the next time it is known by its place. */
guint32 sonde_image_writer_lasting_text (SondeImageWriter *self, const char *text);
/** sonde_image_writer_new_text: the same for a text that hardly anything else has: no equal one is
 * looked for. */
guint32 sonde_image_writer_new_text (SondeImageWriter *self, const char *text);
/** sonde_image_writer_get_text: borrowed until the next text joins. */
const char *sonde_image_writer_get_text (SondeImageWriter *self, guint32 text);
/**
 * sonde_image_writer_type:
 * @row: first is filled in here; @n rows of @members or @enumerators go with it
 * @is_new: (out) (optional): FALSE where an equal type was there already
 *
 * Of a pointer, @row's count tells pointers to different things apart while its target is unknown.
 */
guint32 sonde_image_writer_type (SondeImageWriter *self, const SondeImageType *row,
                                 const SondeImageMember *members,
                                 const SondeImageEnumerator *enumerators, gboolean *is_new);
/** sonde_image_writer_get_type: borrowed until the next type joins. */
const SondeImageType *sonde_image_writer_get_type (SondeImageWriter *self, guint32 type);
/** sonde_image_writer_get_member: by row; borrowed until the next type joins. */
const SondeImageMember *sonde_image_writer_get_member (SondeImageWriter *self, guint32 row);
/** sonde_image_writer_resize: row of a number or enumeration like @type, but of @size bytes: the
 * unit that is read for a bit-field. */
guint32 sonde_image_writer_resize (SondeImageWriter *self, guint32 type, guint size);
void sonde_image_writer_set_target (SondeImageWriter *self, guint32 pointer, guint32 target);
/** sonde_image_writer_reserve: makes room for @n more rows, so that none has to move. */
void sonde_image_writer_reserve (SondeImageWriter *self, SondeImageTable table, guint n);
void sonde_image_writer_add_section (SondeImageWriter *self, const SondeImageSection *row);
void sonde_image_writer_add_variable (SondeImageWriter *self, const SondeImageVariable *row);
void sonde_image_writer_add_skipped (SondeImageWriter *self, const char *text);
void sonde_image_writer_add_place (SondeImageWriter *self, const SondeImagePlace *row);
guint sonde_image_writer_get_n_variables (SondeImageWriter *self);
/** sonde_image_writer_get_variable: to be changed until the next one joins. */
SondeImageVariable *sonde_image_writer_get_variable (SondeImageWriter *self, guint index);
/** sonde_image_writer_sort: (transfer full): the variables in the order of their paths; texts are
 * borrowed until the next one joins. */
SondeSortRow *sonde_image_writer_sort (SondeImageWriter *self);
/** sonde_image_writer_take_order: (transfer full) @order: as sonde_image_writer_sort() gave it, and
 * no path was changed since: it need not be worked out again. */
void sonde_image_writer_take_order (SondeImageWriter *self, SondeSortRow *order);
/** sonde_image_writer_finish: (transfer full): sorts variables and places and seals the file; the
 * last call but sonde_image_writer_free(). */
GBytes *sonde_image_writer_finish (SondeImageWriter *self, const SondeImageFacts *facts);
