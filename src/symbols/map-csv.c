/* map-csv.c: memory maps as CSV files, in the form of the original monitor and in our own */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/map-csv.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "symbols/symbol-error.h"
#include "types/text.h"

#define MAX_FILE (256 * 1024 * 1024)
/* No name or description is longer, but a file that is no CSV may be one line. */
#define MAX_LINE (64 * 1024)
#define MIN_COLUMNS 4

enum
{
  COLUMN_VARIABLE,
  COLUMN_ADDRESS,
  COLUMN_COUNT,
  COLUMN_TYPE,
  COLUMN_PATH,
  COLUMN_SIZE,
  COLUMN_ACCESS,
  COLUMN_UNIT,
  COLUMN_SCALE,
  COLUMN_DESCRIPTION,
  N_COLUMNS,
};

static const char *const headers[N_COLUMNS]
    = { "Variable", "Address", "No of Elements", "Type",  "Path",
        "Size",     "Access",  "Unit",           "Scale", "Description" };

typedef struct
{
  const char *name; /* borrowed */
  guint line;
  char separator;
  SondeMapFormat format;
  SondeMapBuilder *builder;
  GPtrArray *cells, *refused;
} Reader;

/* -- cells -- */

/* A text that would be a formula in a spreadsheet was written with an apostrophe before it. */
static const char *
get_cell (const Reader *self, guint column)
{
  char *cell;

  if (column >= self->cells->len)
    return "";
  cell = g_strstrip ((char *) g_ptr_array_index (self->cells, column));
  return cell[0] == '\'' && cell[1] != 0 && strchr ("=+-@", cell[1]) != NULL ? cell + 1 : cell;
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (Reader *self, const char *format, ...)
{
  va_list arguments;
  g_autofree char *reason = NULL;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->refused, g_strdup_printf ("%s:%u: %s", self->name, self->line, reason));
  return FALSE;
}

static gboolean
read_digits (const char *text, guint base, guint64 *value)
{
  return g_ascii_string_to_unsigned (text, base, 0, G_MAXUINT64, value, NULL);
}

static gboolean
read_address (Reader *self, guint64 *address)
{
  const char *text = get_cell (self, COLUMN_ADDRESS);
  const gboolean has_prefix = g_ascii_strncasecmp (text, "0x", 2) == 0;
  const char *digits = has_prefix ? text + 2 : text;
  const gboolean is_hex
      = has_prefix || strlen (digits) == 8 || strpbrk (digits, "abcdefABCDEF") != NULL;

  if (read_digits (digits, is_hex ? 16 : 10, address))
    return TRUE;
  return refuse (self, "address '%.40s' is no number; write 0x20000100", text);
}

static gboolean
read_count (Reader *self, guint64 *count)
{
  const char *text = get_cell (self, COLUMN_COUNT);

  *count = 1;
  if (*text == 0 || read_digits (text, 10, count))
    return TRUE;
  return refuse (self, "number of elements '%.40s' is no number; write 1 or more", text);
}

static gboolean
read_size (Reader *self, guint64 *size)
{
  const char *text = get_cell (self, COLUMN_SIZE);

  *size = 0;
  if (*text == 0 || (read_digits (text, 10, size) && *size > 0))
    return TRUE;
  return refuse (self, "size '%.40s' is no number of bytes; write 1 to 16 or nothing", text);
}

static gboolean
read_access (Reader *self, gboolean *is_read_only)
{
  static const char *const writable[] = { "", "rw", "r/w", "wr", "w", "readwrite", "read-write" };
  static const char *const fixed[] = { "r", "ro", "read", "readonly", "read-only", "const" };
  const char *text = get_cell (self, COLUMN_ACCESS);

  for (guint i = 0; i < G_N_ELEMENTS (writable); i++)
    if (g_ascii_strcasecmp (text, writable[i]) == 0)
      {
        *is_read_only = FALSE;
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (g_ascii_strcasecmp (text, fixed[i]) == 0)
      {
        *is_read_only = TRUE;
        return TRUE;
      }
  return refuse (self, "access '%.40s' is not known; write r or rw", text);
}

static gboolean
read_scale (Reader *self, double *scale)
{
  const char *text = get_cell (self, COLUMN_SCALE);
  char *end;

  *scale = 1;
  if (*text == 0)
    return TRUE;
  *scale = g_ascii_strtod (text, &end);
  if (*end == 0 && isfinite (*scale) && *scale != 0)
    return TRUE;
  return refuse (self, "scale '%.40s' is no number but 0; write 1 or nothing", text);
}

/* -- rows -- */

static const char *
or_null (const char *text)
{
  return *text != 0 ? text : NULL;
}

static gboolean
read_entry (Reader *self)
{
  SondeMapEntry entry = { .variable = get_cell (self, COLUMN_VARIABLE) };
  g_autoptr (GError) error = NULL;

  if (self->cells->len < MIN_COLUMNS)
    return refuse (self, "%u columns instead of 4; write Variable,Address,No of Elements,Type",
                   self->cells->len);
  if (!read_address (self, &entry.address) || !read_count (self, &entry.count))
    return FALSE;
  entry.type = get_cell (self, COLUMN_TYPE);
  if (self->format == SONDE_MAP_SONDE)
    {
      if (!read_size (self, &entry.size) || !read_access (self, &entry.is_read_only)
          || !read_scale (self, &entry.scale))
        return FALSE;
      entry.path = or_null (get_cell (self, COLUMN_PATH));
      entry.unit = or_null (get_cell (self, COLUMN_UNIT));
      entry.description = or_null (get_cell (self, COLUMN_DESCRIPTION));
    }
  return sonde_map_builder_add (self->builder, &entry, &error)
         || refuse (self, "%s", error->message);
}

/* Each line by itself, so that a quote too many costs one row. */
static gboolean
split_line (Reader *self, const char *text, gsize length, GError **error)
{
  SondeCsvReader csv;
  guint line;

  sonde_csv_reader_init (&csv, text, length, self->separator);
  /* A byte-order mark stands at the start of a file; elsewhere it is part of a name. */
  if (self->line > 1)
    csv.at = text;
  return sonde_csv_reader_next (&csv, self->cells, &line, error);
}

static void
read_line (Reader *self, const char *text, gsize length)
{
  g_autofree char *valid = NULL;
  g_autoptr (GError) error = NULL;

  if (length > MAX_LINE)
    refuse (self, "a line of %" G_GSIZE_FORMAT " letters; write one row a line", length);
  else if (memchr (text, 0, length) != NULL)
    refuse (self, "holds NUL bytes; save it as plain text in UTF-8");
  else
    {
      valid = g_utf8_make_valid (text, (gssize) length);
      if (split_line (self, valid, strlen (valid), &error))
        read_entry (self);
      else if (error != NULL)
        refuse (self, "%s; double it inside of quotes",
                g_str_has_prefix (error->message, "line 1: ") ? error->message + 8
                                                              : error->message);
    }
}

/* What separates in the first row does in all. */
static void
read_header (Reader *self, const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (length, MAX_LINE));
  gboolean is_ours;

  if (strchr (valid, ',') == NULL)
    self->separator = strchr (valid, ';') != NULL ? ';' : strchr (valid, '\t') != NULL ? '\t' : ',';
  is_ours = split_line (self, valid, strlen (valid), NULL) && self->cells->len > COLUMN_PATH;
  for (guint i = 0; is_ours && i <= COLUMN_PATH; i++)
    is_ours = g_ascii_strcasecmp (get_cell (self, i), headers[i]) == 0;
  self->format = is_ours ? SONDE_MAP_SONDE : SONDE_MAP_ORIGINAL;
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

SondeMemoryMap *
sonde_map_csv_read (const char *text, gsize size, const char *name, GPtrArray *refused,
                    SondeMapFormat *format)
{
  g_autoptr (SondeMapBuilder) builder = sonde_map_builder_new ();
  g_autoptr (GPtrArray) cells = sonde_csv_cells_new ();
  Reader reader = { .name = name, .separator = ',', .builder = builder, .cells = cells };
  const char *end = text + size;
  gboolean has_header = FALSE;

  reader.refused = refused;
  for (const char *at = text; at < end;)
    {
      const char *feed = memchr (at, '\n', (gsize) (end - at));
      const char *stop = feed != NULL ? feed : end;

      reader.line++;
      if (!is_blank (at, (gsize) (stop - at)))
        {
          if (has_header)
            read_line (&reader, at, (gsize) (stop - at));
          else
            read_header (&reader, at, (gsize) (stop - at));
          has_header = TRUE;
        }
      at = feed != NULL ? feed + 1 : end;
    }
  if (format != NULL)
    *format = reader.format;
  return sonde_map_builder_end (builder);
}

static GBytes *
refuse_file (const char *path, const char *why, GError **error)
{
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT, "%s: %s; choose a memory map",
               path, why);
  return NULL;
}

static void
close_file (FILE *file)
{
  fclose (file);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FILE, close_file)

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (FILE) file = fopen (path, "rb");
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 part[65536];
  gsize n;

  if (file == NULL)
    return refuse_file (path, g_strerror (errno), error);
  while (data->len <= MAX_FILE && (n = fread (part, 1, sizeof part, file)) > 0)
    g_byte_array_append (data, part, (guint) n);
  if (ferror (file))
    return refuse_file (path, g_strerror (errno), error);
  return data->len <= MAX_FILE ? g_byte_array_free_to_bytes (g_steal_pointer (&data))
                               : refuse_file (path, "larger than 256 MiB", error);
}

SondeMemoryMap *
sonde_map_csv_load (const char *path, GPtrArray *refused, SondeMapFormat *format, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (path, error);
  g_autoptr (SondeMemoryMap) map = NULL;
  const char *text;
  gsize size;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  map = sonde_map_csv_read (text, size, path, refused, format);
  if (sonde_memory_map_get_n (map) > 0)
    return g_steal_pointer (&map);
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT,
               "%s: no row of it names a variable; its columns are Variable,Address,No of "
               "Elements,Type, and its first row is a header",
               path);
  return NULL;
}

/* -- writing -- */

static void
append_cell (GString *text, const char *cell)
{
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, ',');
  sonde_csv_append_foreign (text, cell != NULL ? cell : "", ',');
}

static void
append_entry (GString *text, const SondeMapEntry *entry, SondeMapFormat format)
{
  char scale[40];

  sonde_csv_append_foreign (text, entry->variable, ',');
  g_string_append_printf (text, ",0x%08" G_GINT64_MODIFIER "x,%" G_GUINT64_FORMAT, entry->address,
                          entry->count);
  append_cell (text, entry->type);
  if (format == SONDE_MAP_SONDE)
    {
      append_cell (text, entry->path);
      sonde_text_from_double (entry->scale, FALSE, scale);
      g_string_append_printf (text, ",%" G_GUINT64_FORMAT ",%s", entry->size,
                              entry->is_read_only ? "r" : "rw");
      append_cell (text, entry->unit);
      g_string_append_printf (text, ",%s", scale);
      append_cell (text, entry->description);
    }
  g_string_append_c (text, '\n');
}

GString *
sonde_map_csv_write (const SondeMemoryMap *map, SondeMapFormat format)
{
  GString *text = g_string_new (NULL);
  const guint n_columns = format == SONDE_MAP_SONDE ? N_COLUMNS : MIN_COLUMNS;

  for (guint i = 0; i < n_columns; i++)
    append_cell (text, headers[i]);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < sonde_memory_map_get_n (map); i++)
    append_entry (text, sonde_memory_map_get (map, i), format);
  return text;
}

char *
sonde_map_csv_dup_file_name (const char *elf_path, GDateTime *time)
{
  g_autofree char *base = g_path_get_basename (elf_path);
  g_autofree char *stamp = g_date_time_format (time, "%Y-%m-%d_%H%M%S");
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = 0;
  return g_strdup_printf ("%s_%s.csv", base, stamp);
}
