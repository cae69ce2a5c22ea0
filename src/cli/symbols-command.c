/* symbols-command.c: sondectl symbols, lists the variables of an ELF file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/log.h"
#include "cli/commands.h"
#include "cli/errand.h"
#include "cli/file-notes.h"
#include "cli/layout.h"
#include "cli/lookup.h"
#include "cli/row.h"
#include "cli/source-lines.h"
#include "symbols/path-letters.h"
#include "symbols/symbol-match.h"

#define DEFAULT_ELEMENTS 64
#define MAX_DEPTH 64

typedef struct
{
  SondeErrand *errand;
  const SondeOptions *options;
  char **words; /* of --filter, lower case */
  guint64 n_elements;
  gboolean is_placed; /* the root that is listed: of a file that is not linked its parts are told,
                         too */
} Lister;

/* One row. */
typedef struct
{
  SondeVariable *variable;
  const char *path;
  guint64 count;   /* of the rest of an array, else 0 */
  const char *why; /* NULL where it can be polled */
} Entry;

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Upper and lower case are one, in every script; most names are ASCII. */
static char *
fold (const char *text)
{
  return g_str_is_ascii (text) ? g_ascii_strdown (text, -1) : g_utf8_casefold (text, -1);
}

static gboolean
has_word (const char *word, const char *path, const char *type, const char *address)
{
  if (word[0] == ':' && word[1] != '\0' && word[1] != ':')
    return strstr (type, word + 1) != NULL;
  return strstr (path, word) != NULL
         || (g_str_has_prefix (word, "0x") && g_str_has_prefix (address, word));
}

static gboolean
is_wanted (const Lister *self, const Entry *entry, const char *address)
{
  const SondeVariableInfo *info = sonde_variable_get_info (entry->variable);
  g_autofree char *path = NULL;
  g_autofree char *type = NULL;

  if (self->words == NULL)
    return TRUE;
  path = fold (entry->path);
  type = fold (or_empty (sonde_type_get_name (info->type)));
  for (guint i = 0; self->words[i] != NULL; i++)
    if (!has_word (self->words[i], path, type, address))
      return FALSE;
  return TRUE;
}

static char *
make_json (const Entry *entry, const char *address)
{
  const SondeVariableInfo *info = sonde_variable_get_info (entry->variable);
  GString *row = sonde_json_row_new ();

  sonde_json_row_text (row, "path", entry->path);
  sonde_json_row_text (row, "address", address);
  sonde_json_row_int (row, "size", (gint64) sonde_type_get_size (info->type));
  sonde_json_row_text (row, "type", or_empty (sonde_type_get_name (info->type)));
  sonde_json_row_text (row, "kind", sonde_kind_name (sonde_type_get_kind (info->type)));
  sonde_json_row_text (row, "encoding", sonde_encoding_name (sonde_type_get_encoding (info->type)));
  sonde_json_row_int (row, "bit_offset", sonde_type_get_bit_offset (info->type));
  sonde_json_row_int (row, "bit_size", sonde_type_get_bit_size (info->type));
  sonde_json_row_text (row, "section", or_empty (info->section));
  sonde_json_row_text (row, "file", or_empty (info->file));
  sonde_json_row_int (row, "line", info->line);
  if (entry->count > 0)
    sonde_json_row_int (row, "count", (gint64) entry->count);
  if (entry->why != NULL)
    sonde_json_row_text (row, "why", entry->why);
  return sonde_json_row_end (row);
}

/* PATH, address, size, type[, why]. A place that cannot be polled may still be known. */
static char *
make_line (const Entry *entry, const char *address)
{
  const SondeVariableInfo *info = sonde_variable_get_info (entry->variable);
  g_autofree char *path = sonde_log_make_safe (entry->path, -1);
  g_autofree char *type = sonde_log_make_safe (or_empty (sonde_type_get_name (info->type)), -1);
  g_autofree char *why = entry->why == NULL ? g_strdup ("") : sonde_log_make_safe (entry->why, -1);

  return g_strdup_printf ("%s\t%s\t%" G_GUINT64_FORMAT "\t%s%s%s", path,
                          entry->why != NULL && info->section == NULL ? "-" : address,
                          sonde_type_get_size (info->type), type, entry->why != NULL ? "\t" : "",
                          why);
}

static void
print_entry (Lister *self, const Entry *entry)
{
  const SondeVariableInfo *info = sonde_variable_get_info (entry->variable);
  g_autofree char *address = g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", info->address);
  g_autofree char *line = NULL;

  if (!is_wanted (self, entry, address))
    return;
  line = self->options->json ? make_json (entry, address) : make_line (entry, address);
  sonde_output_line (sonde_errand_get_output (self->errand), line);
}

/* Elements over all dimensions, saturated: hostile types say 2^40 times 2^40. */
static guint64
count_elements (const SondeType *type)
{
  guint64 n = 1;

  for (; sonde_type_get_kind (type) == SONDE_KIND_ARRAY; type = sonde_type_get_base (type))
    if (!g_uint64_checked_mul (&n, n, sonde_type_get_count (type)))
      return G_MAXUINT64;
  return n;
}

/* Element @index of all dimensions counted through. */
static SondeVariable *
dup_element (SondeVariable *array, guint64 index)
{
  SondeVariable *found = sonde_variable_ref (array);

  while (found != NULL && sonde_type_get_kind (sonde_variable_get_type (found)) == SONDE_KIND_ARRAY)
    {
      const SondeType *base = sonde_type_get_base (sonde_variable_get_type (found));
      const guint64 stride = count_elements (base);
      g_autoptr (SondeVariable) parent = found;

      found = sonde_variable_dup_child (parent, stride > 0 ? index / stride : 0);
      index = stride > 0 ? index % stride : 0;
    }
  return found;
}

/* "buf[64..255]" of one dimension, "m[1][1]..[2][3]" of several. */
static char *
make_rest_path (SondeVariable *array, SondeVariable *first, guint64 from, guint64 total)
{
  const char *path = sonde_variable_get_path (array);
  const SondeType *base = sonde_type_get_base (sonde_variable_get_type (array));
  g_autoptr (SondeVariable) last = NULL;

  if (sonde_type_get_kind (base) != SONDE_KIND_ARRAY)
    return g_strdup_printf ("%s[%" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT "]", path, from,
                            total - 1);
  last = dup_element (array, total - 1);
  return g_strconcat (sonde_variable_get_path (first), "..",
                      last != NULL ? sonde_variable_get_path (last) + strlen (path) : "", NULL);
}

static const char *
explain_opaque (const SondeType *type)
{
  if (sonde_type_get_size (type) > 0)
    return "not a number, text or address";
  return g_strcmp0 (sonde_type_get_name (type), "bit-field") == 0 ? "in more than 8 bytes at once"
                                                                  : "its type is only declared";
}

static void list_variable (Lister *self, SondeVariable *variable, guint depth);

static void
list_array (Lister *self, SondeVariable *array, guint depth)
{
  const guint64 total = count_elements (sonde_variable_get_type (array));
  g_autoptr (SondeVariable) first = NULL;
  g_autofree char *path = NULL;

  for (guint64 i = 0; i < MIN (total, self->n_elements); i++)
    {
      g_autoptr (SondeVariable) element = dup_element (array, i);

      if (element != NULL)
        list_variable (self, element, depth + 1);
    }
  if (total > self->n_elements)
    first = dup_element (array, self->n_elements);
  if (first == NULL)
    return;
  path = make_rest_path (array, first, self->n_elements, total);
  print_entry (self, &(Entry){ first, path, total - self->n_elements, NULL });
}

static void
list_variable (Lister *self, SondeVariable *variable, guint depth)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  const SondeKind kind = sonde_type_get_kind (info->type);
  const char *why = self->is_placed ? NULL : info->why;

  if (why == NULL && kind == SONDE_KIND_OPAQUE)
    why = explain_opaque (info->type);
  if (sonde_errand_is_stopped (self->errand) || depth == MAX_DEPTH)
    return;
  if (why != NULL)
    {
      if (self->options->all)
        print_entry (self, &(Entry){ variable, info->path, 0, why });
    }
  else if (kind == SONDE_KIND_ARRAY)
    list_array (self, variable, depth);
  else if (sonde_type_is_leaf (info->type))
    print_entry (self, &(Entry){ variable, info->path, 0, NULL });
  else
    for (guint64 i = 0; i < sonde_variable_get_n_children (variable); i++)
      {
        g_autoptr (SondeVariable) child = sonde_variable_dup_child (variable, i);

        if (child != NULL)
          list_variable (self, child, depth + 1);
      }
}

/* What any path must have to match, apart from words for types and addresses. Letters of other
 * scripts may fold into others. */
static guint64
get_wanted_letters (const Lister *self)
{
  guint64 wanted = 0;

  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (g_str_is_ascii (self->words[i]) && self->words[i][0] != ':'
        && !g_str_has_prefix (self->words[i], "0x"))
      wanted |= sonde_symbol_mask (self->words[i], strlen (self->words[i]));
  return wanted;
}

static void
list_table (Lister *self, SondeSymbolTable *table)
{
  const guint n = sonde_symbol_table_get_n (table);
  const guint64 wanted = get_wanted_letters (self);
  g_autoptr (SondePathLetters) letters = sonde_path_letters_new (table);

  for (guint i = 0; i < n && !sonde_errand_is_stopped (self->errand); i++)
    {
      g_autoptr (SondeVariable) root = NULL;

      if ((wanted & ~sonde_path_letters_of (letters, i)) != 0)
        continue;
      root = sonde_symbol_table_dup_variable (table, i);
      self->is_placed = sonde_symbol_table_is_placed (table, i);
      list_variable (self, root, 0);
    }
}

/* Words of a terminal may be anything; empty ones ask for nothing. */
static char **
split_filter (const char *filter)
{
  g_autofree char *valid = g_utf8_make_valid (filter, -1);
  g_autofree char *folded = fold (valid);

  return g_strsplit_set (folded, " \t", -1);
}

static SondeExit
list_or_look_up (SondeErrand *errand, SondeSymbolTable *table)
{
  const SondeOptions *options = sonde_errand_get_options (errand);
  g_auto (GStrv) words = options->filter != NULL ? split_filter (options->filter) : NULL;
  Lister lister = { errand, options, words,
                    options->elements > 0 ? (guint64) options->elements : DEFAULT_ELEMENTS };

  sonde_file_notes_tell (table);
  if (options->layout != NULL)
    return sonde_layout_print (errand, table);
  if (options->addr2line->len > 0)
    return sonde_source_lines_print (errand, table);
  if (options->at->len > 0)
    sonde_lookup_print_at (errand, table);
  else
    list_table (&lister, table);
  return SONDE_EXIT_OK;
}

SondeExit
sonde_symbols_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  g_autoptr (SondeSymbolTable) table = NULL;
  g_autoptr (GError) error = NULL;
  SondeExit status = sonde_lookup_check (options);

  if (status != SONDE_EXIT_OK)
    return sonde_errand_finish (errand, status);
  table = sonde_errand_read_elf (errand, options->arguments[0], &error);
  if (table == NULL && error != NULL && !sonde_errand_is_stopped (errand))
    return sonde_errand_finish (errand, sonde_complain_error (SONDE_EXIT_MACHINE, error));
  if (table != NULL)
    status = list_or_look_up (errand, table);
  if (sonde_errand_is_stopped (errand))
    status = sonde_errand_get_stop_status (errand);
  return sonde_errand_finish (errand, status);
}
