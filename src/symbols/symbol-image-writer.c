/* symbol-image-writer.c: collects rows and lays them out as one file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-image-writer.h"

#include <string.h>

#include "base/pages.h"
#include "symbols/number-map.h"

#define N_REMEMBERED 32768 /* a power of two */

/* The texts asked for last, by where they are. */
typedef struct
{
  const char *text;
  guint32 offset;
} Remembered;

struct _SondeImageWriter
{
  GArray *tables[SONDE_IMAGE_N_TABLES];
  SondeNumberMap texts; /* hash -> offset */
  SondeNumberMap types; /* hash of a whole type -> row */
  Remembered *remembered;
  SondeSortRow *order; /* of the variables; NULL: not known */
};

SondeImageWriter *
sonde_image_writer_new (void)
{
  SondeImageWriter *self = g_new0 (SondeImageWriter, 1);
  const SondeImageType nothing = { .kind = SONDE_KIND_OPAQUE };

  for (guint i = 0; i < SONDE_IMAGE_N_TABLES; i++)
    self->tables[i] = g_array_new (FALSE, FALSE, (guint) sonde_image_row_size (i));
  self->remembered = g_new0 (Remembered, N_REMEMBERED);
  g_array_append_vals (self->tables[SONDE_IMAGE_STRINGS], "", 1);
  g_array_append_val (self->tables[SONDE_IMAGE_TYPES], nothing);
  g_array_index (self->tables[SONDE_IMAGE_TYPES], SondeImageType, 0).name
      = sonde_image_writer_text (self, "void");
  return self;
}

void
sonde_image_writer_free (SondeImageWriter *self)
{
  for (guint i = 0; i < SONDE_IMAGE_N_TABLES; i++)
    g_clear_pointer (&self->tables[i], g_array_unref);
  sonde_number_map_clear (&self->texts);
  sonde_number_map_clear (&self->types);
  g_free (self->remembered);
  g_free (self->order);
  g_free (self);
}

static gboolean
is_clean (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] < 0x20 || (guchar) text[i] >= 0x7f)
      return FALSE;
  return TRUE;
}

static char *
dup_clean (const char *text)
{
  char *clean = g_utf8_make_valid (text, -1);

  for (char *p = clean; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = '?';
  return clean;
}

static guint32
append_text (SondeImageWriter *self, const char *text, gsize length)
{
  GArray *strings = self->tables[SONDE_IMAGE_STRINGS];
  const guint32 offset = strings->len;

  if (length >= G_MAXUINT32 - 1 - strings->len)
    return 0;
  g_array_append_vals (strings, text, (guint) length + 1);
  return offset;
}

static guint32
add_text (SondeImageWriter *self, const char *text, gsize length)
{
  GArray *strings = self->tables[SONDE_IMAGE_STRINGS];
  guint64 hash = sonde_number_hash (text, length);
  guint32 offset;

  /* Two texts of one hash take two places. */
  for (; (offset = sonde_number_map_get (&self->texts, hash)) != SONDE_NUMBER_NONE; hash++)
    if (strcmp (strings->data + offset, text) == 0)
      return offset;
  offset = append_text (self, text, length);
  if (offset != 0)
    sonde_number_map_set (&self->texts, hash, offset);
  return offset;
}

static guint32
put_text (SondeImageWriter *self, const char *text,
          guint32 (*put) (SondeImageWriter *self, const char *text, gsize length))
{
  g_autofree char *clean = NULL;
  gsize length;

  if (text == NULL || *text == '\0')
    return 0;
  length = strlen (text);
  if (is_clean (text, length))
    return put (self, text, length);
  clean = dup_clean (text);
  return put (self, clean, strlen (clean));
}

guint32
sonde_image_writer_text (SondeImageWriter *self, const char *text)
{
  return put_text (self, text, add_text);
}

guint32
sonde_image_writer_new_text (SondeImageWriter *self, const char *text)
{
  return put_text (self, text, append_text);
}

/* Texts that are too short for a link stand somewhere else each time. */
static gboolean
is_short (const char *text)
{
  for (guint i = 0; i < 4; i++)
    if (text[i] == '\0')
      return TRUE;
  return FALSE;
}

guint32
sonde_image_writer_lasting_text (SondeImageWriter *self, const char *text)
{
  Remembered *known = &self->remembered[((gsize) text ^ (gsize) text >> 15) & (N_REMEMBERED - 1)];

  if (text == NULL || is_short (text))
    return sonde_image_writer_text (self, text);
  if (known->text != text)
    {
      known->offset = sonde_image_writer_text (self, text);
      known->text = text;
    }
  return known->offset;
}

const char *
sonde_image_writer_get_text (SondeImageWriter *self, guint32 text)
{
  return self->tables[SONDE_IMAGE_STRINGS]->data + text;
}

/* Equal names, shapes and members are one type, in however many units they stand. What a pointer
 * points to is written later: its count tells it apart until then. */
static guint64
hash_type (const SondeImageType *row, const SondeImageMember *members,
           const SondeImageEnumerator *enumerators)
{
  SondeImageType plain = *row;
  guint64 hash;

  plain.first = 0;
  if (row->kind == SONDE_KIND_POINTER)
    plain.base = 0;
  hash = sonde_number_hash (&plain, sizeof plain);
  if (members != NULL)
    hash = sonde_number_mix (hash, sonde_number_hash (members, row->n * sizeof *members));
  else if (enumerators != NULL)
    hash = sonde_number_mix (hash, sonde_number_hash (enumerators, row->n * sizeof *enumerators));
  return hash;
}

static gboolean
is_same_type (SondeImageWriter *self, guint32 type, const SondeImageType *row,
              const SondeImageMember *members, const SondeImageEnumerator *enumerators)
{
  const SondeImageType *known = sonde_image_writer_get_type (self, type);
  const gsize first = known->first;
  SondeImageType plain = *known;

  plain.first = row->first;
  if (row->kind == SONDE_KIND_POINTER)
    plain.base = row->base;
  if (memcmp (&plain, row, sizeof plain) != 0)
    return FALSE;
  if (members != NULL)
    return memcmp (&g_array_index (self->tables[SONDE_IMAGE_MEMBERS], SondeImageMember, first),
                   members, row->n * sizeof *members)
           == 0;
  return enumerators == NULL
         || memcmp (
                &g_array_index (self->tables[SONDE_IMAGE_ENUMERATORS], SondeImageEnumerator, first),
                enumerators, row->n * sizeof *enumerators)
                == 0;
}

static guint32
append_type (SondeImageWriter *self, const SondeImageType *row, const SondeImageMember *members,
             const SondeImageEnumerator *enumerators)
{
  SondeImageType copy = *row;
  GArray *rows = self->tables[members != NULL ? SONDE_IMAGE_MEMBERS : SONDE_IMAGE_ENUMERATORS];

  copy.first = members != NULL || enumerators != NULL ? rows->len : 0;
  if (members != NULL)
    g_array_append_vals (rows, members, row->n);
  else if (enumerators != NULL)
    g_array_append_vals (rows, enumerators, row->n);
  g_array_append_val (self->tables[SONDE_IMAGE_TYPES], copy);
  return self->tables[SONDE_IMAGE_TYPES]->len - 1;
}

guint32
sonde_image_writer_type (SondeImageWriter *self, const SondeImageType *row,
                         const SondeImageMember *members, const SondeImageEnumerator *enumerators,
                         gboolean *is_new)
{
  guint64 hash = hash_type (row, members, enumerators);
  guint32 type;

  if (is_new != NULL)
    *is_new = FALSE;
  for (; (type = sonde_number_map_get (&self->types, hash)) != SONDE_NUMBER_NONE; hash++)
    if (is_same_type (self, type, row, members, enumerators))
      return type;
  if (is_new != NULL)
    *is_new = TRUE;
  type = append_type (self, row, members, enumerators);
  sonde_number_map_set (&self->types, hash, type);
  return type;
}

const SondeImageType *
sonde_image_writer_get_type (SondeImageWriter *self, guint32 type)
{
  return &g_array_index (self->tables[SONDE_IMAGE_TYPES], SondeImageType, type);
}

const SondeImageMember *
sonde_image_writer_get_member (SondeImageWriter *self, guint32 row)
{
  return &g_array_index (self->tables[SONDE_IMAGE_MEMBERS], SondeImageMember, row);
}

guint32
sonde_image_writer_resize (SondeImageWriter *self, guint32 type, guint size)
{
  SondeImageType row = *sonde_image_writer_get_type (self, type);
  g_autofree SondeImageEnumerator *enumerators = NULL;

  if (row.size == size)
    return type;
  row.size = size;
  if (row.n > 0)
    enumerators = g_memdup2 (
        &g_array_index (self->tables[SONDE_IMAGE_ENUMERATORS], SondeImageEnumerator, row.first),
        row.n * sizeof *enumerators);
  return sonde_image_writer_type (self, &row, NULL, enumerators, NULL);
}

void
sonde_image_writer_set_target (SondeImageWriter *self, guint32 pointer, guint32 target)
{
  g_array_index (self->tables[SONDE_IMAGE_TYPES], SondeImageType, pointer).base = target;
}

void
sonde_image_writer_reserve (SondeImageWriter *self, SondeImageTable table, guint n)
{
  const guint now = self->tables[table]->len;

  if (n > G_MAXINT32 / sonde_image_row_size (table) - now)
    return;
  g_array_set_size (self->tables[table], now + n);
  g_array_set_size (self->tables[table], now);
}

void
sonde_image_writer_add_section (SondeImageWriter *self, const SondeImageSection *row)
{
  g_array_append_vals (self->tables[SONDE_IMAGE_SECTIONS], row, 1);
}

void
sonde_image_writer_add_variable (SondeImageWriter *self, const SondeImageVariable *row)
{
  g_clear_pointer (&self->order, g_free);
  g_array_append_vals (self->tables[SONDE_IMAGE_VARIABLES], row, 1);
}

void
sonde_image_writer_add_place (SondeImageWriter *self, const SondeImagePlace *row)
{
  g_array_append_vals (self->tables[SONDE_IMAGE_PLACES], row, 1);
}

void
sonde_image_writer_add_skipped (SondeImageWriter *self, const char *text)
{
  guint32 offset = sonde_image_writer_text (self, text);

  g_array_append_val (self->tables[SONDE_IMAGE_SKIPPED], offset);
}

SondeImageVariable *
sonde_image_writer_get_variable (SondeImageWriter *self, guint index)
{
  return &g_array_index (self->tables[SONDE_IMAGE_VARIABLES], SondeImageVariable, index);
}

guint
sonde_image_writer_get_n_variables (SondeImageWriter *self)
{
  return self->tables[SONDE_IMAGE_VARIABLES]->len;
}

SondeSortRow *
sonde_image_writer_sort (SondeImageWriter *self)
{
  GArray *variables = self->tables[SONDE_IMAGE_VARIABLES];
  const char *strings = self->tables[SONDE_IMAGE_STRINGS]->data;
  SondeSortRow *order = g_new (SondeSortRow, variables->len + 1);

  for (guint i = 0; i < variables->len; i++)
    {
      order[i].text = strings + g_array_index (variables, SondeImageVariable, i).path;
      order[i].index = i;
    }
  sonde_text_sort (order, variables->len);
  return order;
}

void
sonde_image_writer_take_order (SondeImageWriter *self, SondeSortRow *order)
{
  g_free (self->order);
  self->order = order;
}

static void
sort_variables (SondeImageWriter *self)
{
  GArray *variables = self->tables[SONDE_IMAGE_VARIABLES];
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (SondeImageVariable), variables->len);
  g_autofree SondeSortRow *order
      = self->order != NULL ? g_steal_pointer (&self->order) : sonde_image_writer_sort (self);

  for (guint i = 0; i < variables->len; i++)
    g_array_append_val (sorted, g_array_index (variables, SondeImageVariable, order[i].index));
  g_array_unref (variables);
  self->tables[SONDE_IMAGE_VARIABLES] = sorted;
}

static gint
compare_place (gconstpointer a, gconstpointer b)
{
  const SondeImagePlace *x = a, *y = b;

  if (x->address != y->address)
    return x->address < y->address ? -1 : 1;
  return x->size > y->size ? -1 : x->size < y->size;
}

/* The count that told pointers apart while they were collected has no meaning in the file. */
static void
clear_pointer_counts (GArray *types)
{
  for (guint i = 0; i < types->len; i++)
    {
      SondeImageType *row = &g_array_index (types, SondeImageType, i);

      if (row->kind == SONDE_KIND_POINTER)
        row->count = 0;
    }
}

/* Nearly always they come in order. */
static void
sort_places (GArray *places)
{
  const SondeImagePlace *rows = (const SondeImagePlace *) places->data;

  for (guint i = 1; i < places->len; i++)
    if (compare_place (&rows[i - 1], &rows[i]) > 0)
      {
        g_array_sort (places, compare_place);
        return;
      }
}

static gsize
compute_size (SondeImageWriter *self)
{
  gsize size = sizeof (SondeImageHead);

  for (guint i = 0; i < SONDE_IMAGE_N_TABLES; i++)
    size += (self->tables[i]->len * sonde_image_row_size (i) + 7) & ~(gsize) 7;
  return size;
}

/* Each table goes as soon as it is copied: never is everything there twice. */
GBytes *
sonde_image_writer_finish (SondeImageWriter *self, const SondeImageFacts *facts)
{
  SondeImageHead head = { .version = SONDE_IMAGE_VERSION, .mark = SONDE_IMAGE_MARK };
  gsize size, at = sizeof head;
  guint8 *file;

  memcpy (head.magic, SONDE_IMAGE_MAGIC, sizeof head.magic);
  head.facts = *facts;
  sonde_number_map_clear (&self->texts);
  sonde_number_map_clear (&self->types);
  clear_pointer_counts (self->tables[SONDE_IMAGE_TYPES]);
  sort_variables (self);
  sort_places (self->tables[SONDE_IMAGE_PLACES]);
  size = compute_size (self);
  file = sonde_pages_alloc (size);
  for (guint i = 0; i < SONDE_IMAGE_N_TABLES; i++)
    {
      const gsize length = self->tables[i]->len * sonde_image_row_size (i);

      head.tables[i].offset = at;
      head.tables[i].count = self->tables[i]->len;
      if (length > 0)
        memcpy (file + at, self->tables[i]->data, length);
      memset (file + at + length, 0, -length & 7);
      at += (length + 7) & ~(gsize) 7;
      g_clear_pointer (&self->tables[i], g_array_unref);
    }
  memcpy (file, &head, sizeof head);
  sonde_symbol_image_seal (file, size);
  return g_bytes_new_with_free_func (file, size, sonde_pages_free, file);
}
