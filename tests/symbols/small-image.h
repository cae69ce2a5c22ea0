/* small-image.h: a symbol table made by hand, for tests that need no compiler */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-image-writer.h"
#include "symbols/symbol-table.h"

static inline guint32
small_number (SondeImageWriter *writer, const char *name, SondeEncoding encoding, guint size)
{
  const SondeImageType row = { .kind = SONDE_KIND_NUMBER,
                               .encoding = encoding,
                               .is_signed = encoding != SONDE_ENCODING_UNSIGNED,
                               .name = sonde_image_writer_text (writer, name),
                               .size = size };

  return sonde_image_writer_type (writer, &row, NULL, NULL, NULL);
}

/* Members lie one behind the other; the last text is NULL. */
static inline guint32
small_struct (SondeImageWriter *writer, const char *name, const char *const *names,
              const guint32 *types)
{
  SondeImageMember members[16] = { { 0 } };
  SondeImageType row
      = { .kind = SONDE_KIND_STRUCT, .name = sonde_image_writer_text (writer, name) };

  for (; names[row.n] != NULL; row.n++)
    {
      members[row.n].name = sonde_image_writer_text (writer, names[row.n]);
      members[row.n].type = types[row.n];
      members[row.n].offset = row.size;
      row.size += sonde_image_writer_get_type (writer, types[row.n])->size;
    }
  return sonde_image_writer_type (writer, &row, members, NULL, NULL);
}

static inline guint32
small_array (SondeImageWriter *writer, const char *name, guint32 element, guint64 count)
{
  const SondeImageType row
      = { .kind = SONDE_KIND_ARRAY,
          .name = sonde_image_writer_text (writer, name),
          .base = element,
          .count = count,
          .size = count * sonde_image_writer_get_type (writer, element)->size };

  return sonde_image_writer_type (writer, &row, NULL, NULL, NULL);
}

static inline guint32
small_pointer (SondeImageWriter *writer, const char *name, guint32 target)
{
  const SondeImageType row = { .kind = SONDE_KIND_POINTER,
                               .encoding = SONDE_ENCODING_ADDRESS,
                               .name = sonde_image_writer_text (writer, name),
                               .count = target,
                               .size = 4 };
  const guint32 type = sonde_image_writer_type (writer, &row, NULL, NULL, NULL);

  sonde_image_writer_set_target (writer, type, target);
  return type;
}

static inline void
small_variable (SondeImageWriter *writer, const char *path, guint32 type, guint64 address,
                const char *why)
{
  const SondeImageVariable row = { .path = sonde_image_writer_text (writer, path),
                                   .type = type,
                                   .section = SONDE_IMAGE_NO_SECTION,
                                   .why = sonde_image_writer_text (writer, why),
                                   .address = address };

  sonde_image_writer_add_variable (writer, &row);
}

static inline void
small_variable_of (SondeImageWriter *writer, const char *path, guint32 type, guint64 address,
                   const char *unit)
{
  const SondeImageVariable row = { .path = sonde_image_writer_text (writer, path),
                                   .type = type,
                                   .section = SONDE_IMAGE_NO_SECTION,
                                   .unit = sonde_image_writer_text (writer, unit),
                                   .address = address };

  sonde_image_writer_add_variable (writer, &row);
}

static inline SondeSymbolTable *
small_finish (SondeImageWriter *writer)
{
  const SondeImageFacts facts = { .pointer_size = 4, .flags = SONDE_IMAGE_FACT_DWARF };
  g_autoptr (GBytes) bytes = sonde_image_writer_finish (writer, &facts);
  g_autoptr (GError) error = NULL;
  SondeSymbolTable *table = sonde_symbol_table_new_from_bytes (bytes, "small.elf", &error);

  g_assert_no_error (error);
  return table;
}
