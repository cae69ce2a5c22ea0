/* fuzz-backtrace-text.c: any line of a log, searched for addresses of code */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/backtrace-text.h"

#include <string.h>

#include "symbols/symbol-image-writer.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Stands in for the lines of a file. */
gboolean
sonde_line_table_find (const SondeLineTable *self, guint64 address, SondeLine *line)
{
  *line = (SondeLine){ "main.c", (guint) (address & 0xff), 1 };
  return TRUE;
}

/* Half of the address space is code. */
static SondeSymbolTable *
new_table (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const SondeImageFacts facts
      = { .pointer_size = 4, .machine = sonde_image_writer_text (writer, "ARM") };
  const SondeImageSection section = { .name = sonde_image_writer_text (writer, ".text"),
                                      .flags = SONDE_IMAGE_SECTION_ALLOC | SONDE_IMAGE_SECTION_EXEC,
                                      .size = G_MAXINT64 };

  sonde_image_writer_add_section (writer, &section);
  g_autoptr (GBytes) image = sonde_image_writer_finish (writer, &facts);
  return sonde_symbol_table_new_from_bytes (image, "fuzz.elf", NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static SondeSymbolTable *table;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *resolved = NULL;
  gsize end = 0;

  if (table == NULL)
    table = new_table ();
  g_assert_nonnull (table);
  g_autoptr (GArray) spans
      = sonde_backtrace_text_find (table, (const SondeLineTable *) table, text, -1);
  for (guint i = 0; i < spans->len; i++)
    {
      const SondeCodeSpan *span = &g_array_index (spans, SondeCodeSpan, i);

      g_assert_cmpuint (span->start, >=, end);
      g_assert_cmpuint (span->length, >, 0);
      end = span->start + span->length;
    }
  g_assert_cmpuint (end, <=, strlen (text));
  resolved = sonde_backtrace_text_resolve (table, (const SondeLineTable *) table, text);
  g_assert_cmpuint (strlen (resolved), >=, strlen (text));
  return 0;
}
