/* line-table.c: which source line an address of code belongs to */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/line-table.h"

#include "symbols/line-image.h"
#include "symbols/reader-ask.h"

struct _SondeLineTable
{
  SondeLineImage image;
};

static SondeLineTable *
new_from_image (const SondeLineImage *image)
{
  SondeLineTable *self = g_atomic_rc_box_new0 (SondeLineTable);

  self->image = *image;
  return self;
}

SondeLineTable *
sonde_line_table_new_from_bytes (GBytes *bytes, GError **error)
{
  SondeLineImage image;

  return sonde_line_image_open (&image, bytes, error) ? new_from_image (&image) : NULL;
}

static gpointer
check_lines (GBytes *bytes, const char *path, GError **error)
{
  return sonde_line_table_new_from_bytes (bytes, error);
}

static gpointer
open_lines (GBytes *bytes, const char *path, GError **error)
{
  SondeLineImage image;

  return sonde_line_image_open_trusted (&image, bytes, error) ? new_from_image (&image) : NULL;
}

static const char *const arguments[] = { "--lines", NULL };
static const SondeReaderQuestion question = {
  .kind = SONDE_CACHE_LINES,
  .arguments = arguments,
  .check = check_lines,
  .open = open_lines,
  .free = (GDestroyNotify) sonde_line_table_unref,
};

void
sonde_line_table_load_async (const char *elf_path, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  sonde_reader_ask_async (&question, elf_path, NULL, NULL, cancellable, callback, user_data);
}

SondeLineTable *
sonde_line_table_load_finish (GAsyncResult *result, GError **error)
{
  return sonde_reader_ask_finish (result, error);
}

SondeLineTable *
sonde_line_table_load (const char *elf_path, GError **error)
{
  return sonde_reader_ask (&question, elf_path, NULL, NULL, error);
}

SondeLineTable *
sonde_line_table_ref (SondeLineTable *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_table (SondeLineTable *self)
{
  sonde_line_image_close (&self->image);
}

void
sonde_line_table_unref (SondeLineTable *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_table);
}

gboolean
sonde_line_table_find (const SondeLineTable *self, guint64 address, SondeLine *line)
{
  const SondeLineImage *image = &self->image;
  guint low = 0, high = image->n_rows;

  if ((image->flags & SONDE_LINE_IMAGE_THUMB) != 0)
    address &= ~G_GUINT64_CONSTANT (1);
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (image->rows[middle].address <= address)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0 || image->rows[low - 1].file == SONDE_LINE_NO_FILE)
    return FALSE;
  line->file = image->strings + image->files[image->rows[low - 1].file];
  line->line = image->rows[low - 1].line;
  line->column = image->rows[low - 1].column;
  return TRUE;
}
