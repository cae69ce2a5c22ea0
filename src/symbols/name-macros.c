/* name-macros.c: macros that a compiler wrote down */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-macros.h"

#include <string.h>

#include "symbols/dwarf-attributes.h"

#define MAX_TEXTS 3
#define MAX_SHOWN 100

enum
{
  FLAG_OFFSETS_64 = 1,
  FLAG_LINE_OFFSET = 2,
  FLAG_OPERANDS = 4,
};

enum
{
  DEFINE = 1,
  UNDEFINE = 2,
  START_FILE = 3,
  END_FILE = 4,
  DEFINE_AT = 5,
  UNDEFINE_AT = 6,
  IMPORT = 7,
  DEFINE_ELSEWHERE = 8,
  UNDEFINE_ELSEWHERE = 9,
  IMPORT_ELSEWHERE = 10,
  DEFINE_INDEXED = 11,
  UNDEFINE_INDEXED = 12,
  VENDOR_EXTENSION = 255,
};

typedef struct
{
  SondeDwarf *dwarf; /* borrowed */
  const char *name;
  GPtrArray *texts;
  guint64 start; /* of the unit of macros that is read */
  guint offset_size;
} Macros;

/* "LIMIT 42" and "MAX(a,b) ((a) > (b) ? ..)" stand as they are written. */
static void
take (Macros *self, const char *text)
{
  const gsize length = strlen (self->name);
  char *answer;

  if (text == NULL || strncmp (text, self->name, length) != 0 || self->texts->len >= MAX_TEXTS)
    return;
  if (text[length] == '(')
    answer = g_strdup ("macro with arguments");
  else if (text[length] == '\0' || text[length + 1] == '\0')
    answer = g_strdup ("macro without a value");
  else if (text[length] == ' ')
    answer = g_strdup_printf ("macro %.*s", MAX_SHOWN, text + length + 1);
  else
    return;
  if (g_ptr_array_find_with_equal_func (self->texts, answer, g_str_equal, NULL))
    g_free (answer);
  else
    g_ptr_array_add (self->texts, answer);
}

static const char *
get_text_at (Macros *self, guint64 offset)
{
  const SondeSpan texts = self->dwarf->str;

  return offset < texts.size ? (const char *) texts.data + offset : NULL;
}

/* Where the indexes count from only the unit knows that names these macros its own. */
static const char *
get_indexed_text (Macros *self, guint64 index)
{
  const SondeAttribute value
      = { .kind = SONDE_FORM_TEXT_INDEX, .form = DW_FORM_strx, .number = index };

  for (guint i = 0; i < sonde_dwarf_get_n_units (self->dwarf); i++)
    {
      SondeAttribute macros;
      SondeDie root;

      if (sonde_dwarf_root (self->dwarf, sonde_dwarf_get_unit (self->dwarf, i), &root)
          && sonde_die_find (&root, DW_AT_macros, &macros) && macros.number == self->start)
        return sonde_attribute_get_text (&root, &value);
    }
  return NULL;
}

static void
skip_operands_table (SondeCursor *cursor)
{
  const guint n = sonde_cursor_u8 (cursor);

  for (guint i = 0; i < n; i++)
    {
      sonde_cursor_u8 (cursor);
      sonde_cursor_take (cursor, sonde_cursor_uleb (cursor));
    }
}

/* FALSE where what follows cannot be read. */
static gboolean
read_entry (Macros *self, SondeCursor *cursor, guint8 kind)
{
  switch (kind)
    {
    case DEFINE:
      sonde_cursor_uleb (cursor);
      take (self, sonde_cursor_text (cursor));
      return TRUE;
    case UNDEFINE:
      sonde_cursor_uleb (cursor);
      sonde_cursor_text (cursor);
      return TRUE;
    case START_FILE:
      sonde_cursor_uleb (cursor);
      sonde_cursor_uleb (cursor);
      return TRUE;
    case END_FILE:
      return TRUE;
    case DEFINE_AT:
      sonde_cursor_uleb (cursor);
      take (self, get_text_at (self, sonde_cursor_number (cursor, self->offset_size)));
      return TRUE;
    case UNDEFINE_AT:
    case DEFINE_ELSEWHERE:
    case UNDEFINE_ELSEWHERE:
      sonde_cursor_uleb (cursor);
      sonde_cursor_take (cursor, self->offset_size);
      return TRUE;
    /* What is imported stands in this section, too, and is read where it stands. */
    case IMPORT:
    case IMPORT_ELSEWHERE:
      sonde_cursor_take (cursor, self->offset_size);
      return TRUE;
    case DEFINE_INDEXED:
      sonde_cursor_uleb (cursor);
      take (self, get_indexed_text (self, sonde_cursor_uleb (cursor)));
      return TRUE;
    case UNDEFINE_INDEXED:
      sonde_cursor_uleb (cursor);
      sonde_cursor_uleb (cursor);
      return TRUE;
    default:
      return FALSE;
    }
}

/* DWARF 5, and the same as an extension of DWARF 4. */
static gboolean
read_head (Macros *self, SondeCursor *cursor)
{
  const guint16 version = sonde_cursor_u16 (cursor);
  const guint8 flags = sonde_cursor_u8 (cursor);

  if (cursor->has_failed || (version != 4 && version != 5))
    return FALSE;
  self->offset_size = (flags & FLAG_OFFSETS_64) != 0 ? 8 : 4;
  if ((flags & FLAG_LINE_OFFSET) != 0)
    sonde_cursor_take (cursor, self->offset_size);
  if ((flags & FLAG_OPERANDS) != 0)
    skip_operands_table (cursor);
  return !cursor->has_failed;
}

static void
read_macros (Macros *self)
{
  const SondeSpan span = sonde_elf_debug_get (self->dwarf->debug, "macro");
  SondeCursor cursor = sonde_dwarf_get_cursor (self->dwarf, span, 0);

  while (cursor.at < cursor.end)
    {
      guint8 kind = 1;

      self->start = (guint64) (cursor.at - span.data);
      if (!read_head (self, &cursor))
        return;
      while (kind != 0 && !cursor.has_failed)
        {
          kind = sonde_cursor_u8 (&cursor);
          if (kind != 0 && !read_entry (self, &cursor, kind))
            return;
        }
    }
}

/* DWARF 2 to 4: the same first kinds, without a head. */
static void
read_macinfo (Macros *self)
{
  SondeCursor cursor = sonde_dwarf_get_cursor (
      self->dwarf, sonde_elf_debug_get (self->dwarf->debug, "macinfo"), 0);

  while (cursor.at < cursor.end)
    {
      const guint8 kind = sonde_cursor_u8 (&cursor);

      if (kind == VENDOR_EXTENSION)
        {
          sonde_cursor_uleb (&cursor);
          sonde_cursor_text (&cursor);
        }
      else if (kind > END_FILE || (kind != 0 && !read_entry (self, &cursor, kind)))
        return;
    }
}

GPtrArray *
sonde_name_macros (SondeDwarf *dwarf, const char *name)
{
  Macros self = { .dwarf = dwarf, .name = name };

  self.texts = g_ptr_array_new_with_free_func (g_free);
  if (*name == '\0')
    return self.texts;
  read_macros (&self);
  read_macinfo (&self);
  return self.texts;
}
