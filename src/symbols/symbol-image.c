/* symbol-image.c: checks a symbol image once, so that nothing behind it has to */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-image.h"

#include <string.h>

#include "symbols/symbol-error.h"

/* Deeper nesting than this is an attack on the stack of whoever walks the type. */
#define MAX_DEPTH 200
#define MAX_SIZE (G_GUINT64_CONSTANT (1) << 62)

gsize
sonde_image_row_size (SondeImageTable table)
{
  static const gsize sizes[SONDE_IMAGE_N_TABLES] = {
    1,
    sizeof (SondeImageSection),
    sizeof (SondeImageVariable),
    sizeof (SondeImageType),
    sizeof (SondeImageMember),
    sizeof (SondeImageEnumerator),
    sizeof (guint32),
    sizeof (SondeImagePlace),
  };

  return sizes[table];
}

/* FNV-1a by words: finds damage on disk and unfinished files. An attacker is kept out by the checks
 * below, not by this. */
static guint64
compute_checksum (const guint8 *data, gsize size)
{
  guint64 sum = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  gsize at = 0;

  for (; at + 8 <= size; at += 8)
    {
      guint64 word;

      memcpy (&word, data + at, 8);
      sum = (sum ^ word) * G_GUINT64_CONSTANT (0x100000001b3);
      sum ^= sum >> 29;
    }
  for (; at < size; at++)
    sum = (sum ^ data[at]) * G_GUINT64_CONSTANT (0x100000001b3);
  return sum;
}

#define BEHIND_CHECKSUM (G_STRUCT_OFFSET (SondeImageHead, checksum) + sizeof (guint64))

void
sonde_symbol_image_seal (guint8 *data, gsize size)
{
  const guint64 total = size;
  guint64 checksum;

  if (size < sizeof (SondeImageHead))
    return;
  memcpy (data + G_STRUCT_OFFSET (SondeImageHead, size), &total, sizeof total);
  checksum = compute_checksum (data + BEHIND_CHECKSUM, size - BEHIND_CHECKSUM);
  memcpy (data + G_STRUCT_OFFSET (SondeImageHead, checksum), &checksum, sizeof checksum);
}

static gboolean
is_whole (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return ((const SondeImageHead *) data)->checksum
         == compute_checksum (data + BEHIND_CHECKSUM, size - BEHIND_CHECKSUM);
}

static gboolean
check_head (const SondeImageHead *head, gsize size)
{
  if (memcmp (head->magic, SONDE_IMAGE_MAGIC, sizeof head->magic) != 0
      || head->version != SONDE_IMAGE_VERSION || head->mark != SONDE_IMAGE_MARK
      || head->size != size)
    return FALSE;
  return head->facts.pointer_size > 0 && head->facts.pointer_size <= 8;
}

/* Row tables hold 64-bit fields: they start on multiples of eight. */
static gboolean
check_tables (const SondeImageHead *head, gsize size)
{
  for (guint i = 0; i < SONDE_IMAGE_N_TABLES; i++)
    {
      const guint64 offset = head->tables[i].offset, count = head->tables[i].count;

      if (offset > size || offset % 8 != 0 || count > G_MAXUINT32 - 1
          || count > (size - offset) / sonde_image_row_size (i))
        return FALSE;
    }
  return head->tables[SONDE_IMAGE_STRINGS].count > 0 && head->tables[SONDE_IMAGE_TYPES].count > 0;
}

static gboolean
check_strings (const SondeSymbolImage *self)
{
  const guint n = self->n[SONDE_IMAGE_STRINGS];

  if (self->strings[0] != '\0' || self->strings[n - 1] != '\0')
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (((guchar) self->strings[i] < 0x20 && self->strings[i] != '\0') || self->strings[i] == 0x7f)
      return FALSE;
  for (guint at = 0; at < n;)
    {
      const gsize length = strlen (self->strings + at);

      if (!g_utf8_validate (self->strings + at, (gssize) length, NULL))
        return FALSE;
      at += (guint) length + 1;
    }
  return TRUE;
}

static gboolean
is_text (const SondeSymbolImage *self, guint32 text)
{
  return text < self->n[SONDE_IMAGE_STRINGS];
}

static gboolean
is_range (guint32 first, guint32 n, guint total)
{
  return first <= total && n <= total - first;
}

static gboolean
check_enum (const SondeSymbolImage *self, const SondeImageType *row)
{
  if (!is_range (row->first, row->n, self->n[SONDE_IMAGE_ENUMERATORS]))
    return FALSE;
  for (guint i = 0; i < row->n; i++)
    if (!is_text (self, self->enumerators[row->first + i].name))
      return FALSE;
  return TRUE;
}

static gboolean
check_bitfield (const SondeSymbolImage *self, const SondeImageType *row, guint index)
{
  const SondeImageType *base;

  if (row->base >= index)
    return FALSE;
  base = &self->types[row->base];
  return base->kind <= SONDE_KIND_ENUM && base->size == row->size && row->size <= 8
         && row->bit_size > 0 && row->bit_offset + row->bit_size <= row->size * 8;
}

static gboolean
check_array (const SondeSymbolImage *self, const SondeImageType *row, guint index)
{
  guint64 element;

  if (row->base >= index)
    return FALSE;
  element = self->types[row->base].size;
  if (row->count != 0 && element != 0 && row->count > MAX_SIZE / element)
    return FALSE;
  return row->size == element * row->count;
}

static gboolean
check_struct (const SondeSymbolImage *self, const SondeImageType *row, guint index)
{
  if (!is_range (row->first, row->n, self->n[SONDE_IMAGE_MEMBERS]))
    return FALSE;
  for (guint i = 0; i < row->n; i++)
    {
      const SondeImageMember *member = &self->members[row->first + i];

      if (!is_text (self, member->name) || member->type >= index || member->offset > row->size
          || self->types[member->type].size > row->size - member->offset)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_type (const SondeSymbolImage *self, guint index)
{
  const SondeImageType *row = &self->types[index];

  if (!is_text (self, row->name) || row->encoding > SONDE_ENCODING_ADDRESS || row->size > MAX_SIZE)
    return FALSE;
  switch (row->kind)
    {
    case SONDE_KIND_NUMBER:
    case SONDE_KIND_BOOL:
    case SONDE_KIND_CHAR:
    case SONDE_KIND_OPAQUE:
      return TRUE;
    case SONDE_KIND_ENUM:
      return check_enum (self, row);
    case SONDE_KIND_POINTER:
      return row->base < self->n[SONDE_IMAGE_TYPES] && row->size <= 8;
    case SONDE_KIND_BITFIELD:
      return check_bitfield (self, row, index);
    case SONDE_KIND_ARRAY:
      return check_array (self, row, index);
    case SONDE_KIND_STRUCT:
    case SONDE_KIND_UNION:
      return check_struct (self, row, index);
    default:
      return FALSE;
    }
}

/* Types that hold others come behind them, so one pass upwards knows every depth. */
static guint
compute_depth (const SondeSymbolImage *self, const SondeImageType *row, const guint8 *depths)
{
  guint depth = 0;

  if (row->kind == SONDE_KIND_ARRAY)
    depth = depths[row->base];
  else if (row->kind == SONDE_KIND_STRUCT || row->kind == SONDE_KIND_UNION)
    for (guint i = 0; i < row->n; i++)
      depth = MAX (depth, depths[self->members[row->first + i].type]);
  return depth + 1;
}

static gboolean
check_types (const SondeSymbolImage *self)
{
  g_autofree guint8 *depths = g_malloc (self->n[SONDE_IMAGE_TYPES]);

  for (guint i = 0; i < self->n[SONDE_IMAGE_TYPES]; i++)
    {
      guint depth;

      if (!check_type (self, i))
        return FALSE;
      depth = compute_depth (self, &self->types[i], depths);
      if (depth > MAX_DEPTH)
        return FALSE;
      depths[i] = (guint8) depth;
    }
  return TRUE;
}

static gboolean
check_variable (const SondeSymbolImage *self, guint index)
{
  const SondeImageVariable *row = &self->variables[index];

  if (!is_text (self, row->path) || !is_text (self, row->file) || !is_text (self, row->unit)
      || !is_text (self, row->why) || row->type >= self->n[SONDE_IMAGE_TYPES])
    return FALSE;
  if (row->section != SONDE_IMAGE_NO_SECTION && row->section >= self->n[SONDE_IMAGE_SECTIONS])
    return FALSE;
  if (self->types[row->type].size > 0
      && row->address > G_MAXUINT64 - (self->types[row->type].size - 1))
    return FALSE;
  return index == 0
         || strcmp (self->strings + self->variables[index - 1].path, self->strings + row->path)
                <= 0;
}

static gboolean
check_places (const SondeSymbolImage *self)
{
  for (guint i = 0; i < self->n[SONDE_IMAGE_PLACES]; i++)
    {
      const SondeImagePlace *row = &self->places[i];

      if (!is_text (self, row->name) || !is_text (self, row->file)
          || (row->section != SONDE_IMAGE_NO_SECTION
              && row->section >= self->n[SONDE_IMAGE_SECTIONS])
          || row->address > G_MAXUINT64 - row->size
          || (i > 0 && row->address < self->places[i - 1].address))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_rows (const SondeSymbolImage *self)
{
  for (guint i = 0; i < self->n[SONDE_IMAGE_SECTIONS]; i++)
    if (!is_text (self, self->sections[i].name)
        || self->sections[i].address > G_MAXUINT64 - self->sections[i].size)
      return FALSE;
  for (guint i = 0; i < self->n[SONDE_IMAGE_SKIPPED]; i++)
    if (!is_text (self, self->skipped[i]))
      return FALSE;
  if (!is_text (self, self->facts->machine) || !is_text (self, self->facts->build_id))
    return FALSE;
  if (!check_types (self) || !check_places (self))
    return FALSE;
  for (guint i = 0; i < self->n[SONDE_IMAGE_VARIABLES]; i++)
    if (!check_variable (self, i))
      return FALSE;
  return TRUE;
}

static void
point_into (SondeSymbolImage *self, const SondeImageHead *head, const guint8 *data)
{
  const guint8 *starts[SONDE_IMAGE_N_TABLES];

  for (guint i = 0; i < SONDE_IMAGE_N_TABLES; i++)
    {
      starts[i] = data + head->tables[i].offset;
      self->n[i] = (guint) head->tables[i].count;
    }
  self->facts = &head->facts;
  self->strings = (const char *) starts[SONDE_IMAGE_STRINGS];
  self->sections = (const SondeImageSection *) starts[SONDE_IMAGE_SECTIONS];
  self->variables = (const SondeImageVariable *) starts[SONDE_IMAGE_VARIABLES];
  self->types = (const SondeImageType *) starts[SONDE_IMAGE_TYPES];
  self->members = (const SondeImageMember *) starts[SONDE_IMAGE_MEMBERS];
  self->enumerators = (const SondeImageEnumerator *) starts[SONDE_IMAGE_ENUMERATORS];
  self->skipped = (const guint32 *) starts[SONDE_IMAGE_SKIPPED];
  self->places = (const SondeImagePlace *) starts[SONDE_IMAGE_PLACES];
}

/* Of a few numbers: the same for images from anywhere. */
static gboolean
open_head (SondeSymbolImage *self, GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const SondeImageHead *head = (const SondeImageHead *) data;

  memset (self, 0, sizeof *self);
  if (size < sizeof *head || (gsize) data % 8 != 0 || !check_head (head, size)
      || !check_tables (head, size))
    {
      g_set_error_literal (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                           "not a whole symbol image");
      return FALSE;
    }
  point_into (self, head, data);
  return TRUE;
}

gboolean
sonde_symbol_image_open_trusted (SondeSymbolImage *self, GBytes *bytes, GError **error)
{
  if (!open_head (self, bytes, error))
    return FALSE;
  self->bytes = g_bytes_ref (bytes);
  return TRUE;
}

gboolean
sonde_symbol_image_open (SondeSymbolImage *self, GBytes *bytes, GError **error)
{
  if (!open_head (self, bytes, error))
    return FALSE;
  if (!is_whole (bytes) || !check_strings (self) || !check_rows (self))
    {
      g_set_error_literal (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                           "the symbol image contradicts itself");
      return FALSE;
    }
  self->bytes = g_bytes_ref (bytes);
  return TRUE;
}

void
sonde_symbol_image_close (SondeSymbolImage *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

const char *
sonde_symbol_image_text (const SondeSymbolImage *self, guint32 text)
{
  return self->strings + text;
}
