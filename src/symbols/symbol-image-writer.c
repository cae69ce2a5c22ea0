/* symbol-image-writer.c: collects rows and lays them out as one file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-image-writer.h"

#include <string.h>

struct _SondeImageWriter
{
  GArray *tables[SONDE_IMAGE_N_TABLES];
  GHashTable *texts; /* char * -> offset */
  GHashTable *types; /* GBytes of a whole type -> row + 1 */
};

SondeImageWriter *
sonde_image_writer_new (void)
{
  SondeImageWriter *self = g_new0 (SondeImageWriter, 1);
  const SondeImageType nothing = { .kind = SONDE_KIND_OPAQUE };

  for (guint i = 0; i < SONDE_IMAGE_N_TABLES; i++)
    self->tables[i] = g_array_new (FALSE, TRUE, (guint) sonde_image_row_size (i));
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->types
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
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
    g_array_unref (self->tables[i]);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->types);
  g_free (self);
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

guint32
sonde_image_writer_text (SondeImageWriter *self, const char *text)
{
  GArray *strings = self->tables[SONDE_IMAGE_STRINGS];
  gpointer known;
  guint32 offset = strings->len;

  if (text == NULL || *text == '\0')
    return 0;
  if (g_hash_table_lookup_extended (self->texts, text, NULL, &known))
    return GPOINTER_TO_UINT (known);
  g_autofree char *clean = dup_clean (text);
  g_array_append_vals (strings, clean, (guint) strlen (clean) + 1);
  g_hash_table_insert (self->texts, g_strdup (text), GUINT_TO_POINTER (offset));
  return offset;
}

/* Equal names, shapes and members are one type, in however many units they stand: their bytes are
 * the key. */
static GBytes *
make_type_key (const SondeImageType *row, const SondeImageMember *members,
               const SondeImageEnumerator *enumerators)
{
  GByteArray *key = g_byte_array_new ();
  SondeImageType plain = *row;

  plain.first = 0;
  g_byte_array_append (key, (const guint8 *) &plain, sizeof plain);
  if (members != NULL)
    g_byte_array_append (key, (const guint8 *) members, (guint) (row->n * sizeof *members));
  if (enumerators != NULL)
    g_byte_array_append (key, (const guint8 *) enumerators, (guint) (row->n * sizeof *enumerators));
  return g_byte_array_free_to_bytes (key);
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
  GBytes *key = make_type_key (row, members, enumerators);
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (self->types, key));
  guint32 type;

  if (is_new != NULL)
    *is_new = known == 0;
  if (known != 0)
    {
      g_bytes_unref (key);
      return known - 1;
    }
  type = append_type (self, row, members, enumerators);
  g_hash_table_insert (self->types, key, GUINT_TO_POINTER (type + 1));
  return type;
}

const SondeImageType *
sonde_image_writer_get_type (SondeImageWriter *self, guint32 type)
{
  return &g_array_index (self->tables[SONDE_IMAGE_TYPES], SondeImageType, type);
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
sonde_image_writer_add_section (SondeImageWriter *self, const SondeImageSection *row)
{
  g_array_append_vals (self->tables[SONDE_IMAGE_SECTIONS], row, 1);
}

void
sonde_image_writer_add_variable (SondeImageWriter *self, const SondeImageVariable *row)
{
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

guint
sonde_image_writer_get_n_variables (SondeImageWriter *self)
{
  return self->tables[SONDE_IMAGE_VARIABLES]->len;
}

static gint
compare_path (gconstpointer a, gconstpointer b, gpointer strings)
{
  const SondeImageVariable *x = a, *y = b;
  int order = strcmp ((const char *) strings + x->path, (const char *) strings + y->path);

  if (order != 0)
    return order;
  return x->address < y->address ? -1 : x->address > y->address;
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

GBytes *
sonde_image_writer_finish (SondeImageWriter *self, const SondeImageFacts *facts)
{
  SondeImageHead head = { .version = SONDE_IMAGE_VERSION, .mark = SONDE_IMAGE_MARK };
  GByteArray *file = g_byte_array_new ();

  memcpy (head.magic, SONDE_IMAGE_MAGIC, sizeof head.magic);
  head.facts = *facts;
  clear_pointer_counts (self->tables[SONDE_IMAGE_TYPES]);
  g_array_sort_with_data (self->tables[SONDE_IMAGE_VARIABLES], compare_path,
                          self->tables[SONDE_IMAGE_STRINGS]->data);
  g_array_sort (self->tables[SONDE_IMAGE_PLACES], compare_place);
  g_byte_array_append (file, (const guint8 *) &head, sizeof head);
  for (guint i = 0; i < SONDE_IMAGE_N_TABLES; i++)
    {
      GArray *rows = self->tables[i];
      const gsize size = rows->len * sonde_image_row_size (i);
      static const guint8 zeros[8];

      head.tables[i].offset = file->len;
      head.tables[i].count = rows->len;
      g_byte_array_append (file, (const guint8 *) rows->data, (guint) size);
      g_byte_array_append (file, zeros, (guint) (-size & 7));
    }
  memcpy (file->data, &head, sizeof head);
  sonde_symbol_image_seal (file->data, file->len);
  return g_byte_array_free_to_bytes (file);
}
