/* line-image.c: the source line of each address as one flat, position-free, checksummed file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/line-image.h"

#include <string.h>

#include "base/checksum.h"
#include "base/log-line.h"
#include "symbols/symbol-error.h"

#define BEHIND_CHECKSUM G_STRUCT_OFFSET (SondeLineImageHead, flags)
#define MAX_ROWS (G_MAXUINT32 / 2)

G_STATIC_ASSERT (sizeof (SondeLineRow) == 16);
G_STATIC_ASSERT (sizeof (SondeLineImageHead) % 8 == 0);

static gboolean
check_head (const SondeLineImageHead *head, gsize size)
{
  const gsize left = size - sizeof *head;

  if (memcmp (head->magic, SONDE_LINE_IMAGE_MAGIC, sizeof head->magic) != 0
      || head->version != SONDE_LINE_IMAGE_VERSION || head->mark != SONDE_LINE_IMAGE_MARK
      || head->size != size)
    return FALSE;
  if (head->n_rows > MAX_ROWS || head->n_files > SONDE_LINE_NO_FILE
      || head->n_rows > left / sizeof (SondeLineRow))
    return FALSE;
  const gsize behind = left - head->n_rows * sizeof (SondeLineRow);
  return head->n_files <= behind / sizeof (guint32)
         && head->n_bytes == behind - head->n_files * sizeof (guint32);
}

static gboolean
open_head (SondeLineImage *self, GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const SondeLineImageHead *head = (const SondeLineImageHead *) data;

  memset (self, 0, sizeof *self);
  if (size < sizeof *head || (gsize) data % 8 != 0 || !check_head (head, size))
    {
      g_set_error_literal (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                           "not a whole line table");
      return FALSE;
    }
  self->rows = (const SondeLineRow *) (data + sizeof *head);
  self->n_rows = (guint) head->n_rows;
  self->files = (const guint32 *) (self->rows + self->n_rows);
  self->n_files = (guint) head->n_files;
  self->strings = (const char *) (self->files + self->n_files);
  self->flags = head->flags;
  return TRUE;
}

static gboolean
is_whole (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const SondeLineImageHead *head = (const SondeLineImageHead *) data;

  return head->checksum == sonde_checksum_crc32 (0, data + BEHIND_CHECKSUM, size - BEHIND_CHECKSUM);
}

static gboolean
check_rows (const SondeLineImage *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      const SondeLineRow *row = &self->rows[i];

      if ((row->file >= self->n_files && row->file != SONDE_LINE_NO_FILE)
          || (i > 0 && row->address <= row[-1].address))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_files (const SondeLineImage *self, guint64 n_bytes)
{
  if (self->n_files > 0 && (n_bytes == 0 || self->strings[n_bytes - 1] != '\0'))
    return FALSE;
  for (guint i = 0; i < self->n_files; i++)
    {
      const char *text = self->strings + self->files[i];

      if (self->files[i] >= n_bytes || !g_utf8_validate (text, -1, NULL))
        return FALSE;
      for (; *text != '\0'; text++)
        if ((guchar) *text < 0x20 || *text == 0x7f)
          return FALSE;
    }
  return TRUE;
}

gboolean
sonde_line_image_open_trusted (SondeLineImage *self, GBytes *bytes, GError **error)
{
  if (!open_head (self, bytes, error))
    return FALSE;
  self->bytes = g_bytes_ref (bytes);
  return TRUE;
}

gboolean
sonde_line_image_open (SondeLineImage *self, GBytes *bytes, GError **error)
{
  const SondeLineImageHead *head = g_bytes_get_data (bytes, NULL);

  if (!open_head (self, bytes, error))
    return FALSE;
  if (!is_whole (bytes) || !check_rows (self) || !check_files (self, head->n_bytes))
    {
      g_set_error_literal (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                           "the line table contradicts itself");
      return FALSE;
    }
  self->bytes = g_bytes_ref (bytes);
  return TRUE;
}

void
sonde_line_image_close (SondeLineImage *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

void
sonde_line_image_seal (guint8 *data, gsize size)
{
  const guint32 checksum = sonde_checksum_crc32 (0, data + BEHIND_CHECKSUM, size - BEHIND_CHECKSUM);

  memcpy (data + G_STRUCT_OFFSET (SondeLineImageHead, checksum), &checksum, sizeof checksum);
}

GBytes *
sonde_line_image_build (GArray *rows, GPtrArray *files, guint flags)
{
  SondeLineImageHead head = { .magic = SONDE_LINE_IMAGE_MAGIC,
                              .version = SONDE_LINE_IMAGE_VERSION,
                              .mark = SONDE_LINE_IMAGE_MARK,
                              .flags = flags,
                              .n_rows = rows->len,
                              .n_files = files->len };
  g_autofree guint32 *texts = g_new (guint32, files->len + 1);
  g_autoptr (GString) strings = g_string_new (NULL);
  GByteArray *image = g_byte_array_new ();

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *text = sonde_log_make_safe (files->pdata[i], -1);

      texts[i] = (guint32) strings->len;
      g_string_append_len (strings, text, (gssize) strlen (text) + 1);
    }
  head.n_bytes = strings->len;
  head.size = sizeof head + head.n_rows * sizeof (SondeLineRow) + head.n_files * sizeof (guint32)
              + head.n_bytes;
  g_byte_array_append (image, (const guint8 *) &head, sizeof head);
  g_byte_array_append (image, (const guint8 *) rows->data,
                       rows->len * (guint) sizeof (SondeLineRow));
  g_byte_array_append (image, (const guint8 *) texts, files->len * (guint) sizeof (guint32));
  g_byte_array_append (image, (const guint8 *) strings->str, (guint) strings->len);
  sonde_line_image_seal (image->data, image->len);
  return g_byte_array_free_to_bytes (image);
}
