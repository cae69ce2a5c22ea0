/* entry-list.c: the variables of an ELF file, from debug information and symbol table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "symbols/entry-list.h"

#include <string.h>

#if HAVE_LIBIBERTY_SUBDIR
#include <libiberty/demangle.h>
#else
#include <demangle.h>
#endif

#include "symbols/dwarf-files.h"
#include "symbols/dwarf-paths.h"
#include "symbols/dwarf-shape.h"
#include "symbols/name-words.h"
#include "symbols/number-map.h"
#include "symbols/unique-paths.h"

/* A copy may complete a definition that completes a declaration. */
#define MAX_HOPS 4

/* What is at hand while the entries are collected. */
typedef struct
{
  const SondeEntryListArgs *args;
  SondeElfFile *elf;
  const SondeElfFacts *facts;
  const SondeDwarfIndex *index; /* NULL: no debug information */
  SondeImageWriter *writer;
  SondeDwarfPaths *paths;
  SondeNumberMap by_name;   /* hash of the linker's name -> index of the symbol */
  gboolean is_indexed;      /* by_name is filled */
  SondeNumberMap addresses; /* of entries -> index of the first variable there */
  SondeNumberMap seen;      /* what else was entered */
  SondeNumberMap known;     /* hashes of the linker's names of entries without an address */
  GArray *orders;           /* guint64 for each variable of the image */
} Collector;

/* A variable on its way into the image. */
typedef struct
{
  SondeImageVariable row;
  const char *path;
  const char *why; /* NULL: can be polled */
  guint section;   /* of the ELF file, 0: none */
  guint64 order;
  gboolean is_shared; /* others may have the same path */
} Entry;

static guint64
hash_text (const char *text)
{
  return sonde_number_hash (text, strlen (text));
}

static void
index_symbols (Collector *self)
{
  GArray *symbols = sonde_elf_file_get_symbols (self->elf);

  for (guint i = 0; i < symbols->len; i++)
    {
      const SondeElfSymbol *symbol = &g_array_index (symbols, SondeElfSymbol, i);

      if (symbol->kind != SONDE_ELF_DATA)
        continue;
      if (symbol->is_global)
        sonde_number_map_set (&self->by_name, hash_text (symbol->name), i);
      else
        sonde_number_map_add (&self->by_name, hash_text (symbol->name), i);
    }
}

/* (nullable) */
static const SondeElfSymbol *
find_symbol (Collector *self, const char *name)
{
  const SondeElfSymbol *symbol;
  guint32 index;

  /* Few files need it at all. */
  if (!self->is_indexed)
    index_symbols (self);
  self->is_indexed = TRUE;
  index = sonde_number_map_get (&self->by_name, hash_text (name));
  if (index == SONDE_NUMBER_NONE)
    return NULL;
  symbol = &g_array_index (sonde_elf_file_get_symbols (self->elf), SondeElfSymbol, index);
  return strcmp (symbol->name, name) == 0 ? symbol : NULL;
}

static const char *
get_linkage (const SondeDwarfVariable *row)
{
  return row->linkage != NULL ? row->linkage : row->name;
}

/* A linker that removes a variable leaves its entry with an address of 0, or of all ones. */
static gboolean
is_removed (Collector *self, const SondeDwarfVariable *row)
{
  const guint64 ones = self->facts->pointer_size == 4 ? G_MAXUINT32 : G_MAXUINT64;

  if (row->address >= ones - 1)
    return TRUE;
  if (row->address != 0)
    return FALSE;
  if (sonde_elf_file_find_section (self->elf, 0) == 0)
    return TRUE;
  return find_symbol (self, get_linkage (row)) == NULL && self->by_name.n > 0;
}

/* (nullable): the value may stand in the entry that this one completes */
static char *
dup_constant (Collector *self, const SondeDwarfVariable *row)
{
  SondeDieKey key = row->key;
  SondeDie die;

  for (guint hops = 0; hops < MAX_HOPS && sonde_dwarf_find (self->index->dwarf, key, &die); hops++)
    {
      if (sonde_die_has (&die, DW_AT_const_value))
        {
          g_autofree char *constant = sonde_name_words_constant (&die, row->type);

          return g_strdup_printf ("constant %s, not in memory", constant);
        }
      key = sonde_die_get_reference (&die, DW_AT_specification);
      if (key == 0)
        key = sonde_die_get_reference (&die, DW_AT_abstract_origin);
    }
  return NULL;
}

/* (nullable): NULL where it can be polled */
static const char *
explain (Collector *self, const SondeDwarfVariable *row, char **own)
{
  switch (row->place)
    {
    case SONDE_PLACE_FIXED:
      return is_removed (self, row) ? "removed by the linker" : NULL;
    case SONDE_PLACE_THREAD:
      return "thread-local: each thread has its own";
    case SONDE_PLACE_PIECES:
      return "in a register or in pieces, not at one address";
    case SONDE_PLACE_VARYING:
      return "its place changes while the program runs";
    default:
      break;
    }
  *own = dup_constant (self, row);
  return *own != NULL ? *own : "optimised away";
}

/* Addresses in a relocatable file count from the start of a section. The linker still chooses the
 * place of what lies in none. */
static void
place_relocatable (Collector *self, const SondeDwarfVariable *row, Entry *entry)
{
  const SondeElfSymbol *symbol = find_symbol (self, get_linkage (row));

  if (entry->why != NULL && row->place != SONDE_PLACE_FIXED)
    return;
  entry->why = NULL;
  entry->section = row->address_at != NULL
                       ? sonde_elf_debug_find_target (self->index->dwarf->debug, row->address_at)
                       : 0;
  entry->row.address = row->address;
  if (entry->section == 0 && symbol != NULL)
    {
      entry->section = symbol->section;
      entry->row.address = symbol->section != 0 ? symbol->address : 0;
    }
  if (entry->section == 0)
    entry->why = "not linked yet: the linker chooses its section";
}

/* Second names of a place ("alias") have none in the debug information, but the linker knows them.
 */
static void
place_alias (Collector *self, const SondeDwarfVariable *row, Entry *entry)
{
  const SondeElfSymbol *symbol;

  if (row->place != SONDE_PLACE_NONE || row->has_constant || !row->is_external)
    return;
  symbol = find_symbol (self, get_linkage (row));
  if (symbol == NULL || !symbol->is_global || symbol->is_thread_local || symbol->section == 0)
    return;
  entry->why = NULL;
  entry->row.address = symbol->address;
  entry->section = symbol->section;
}

/* (nullable): NULL where there are bytes to poll */
static const char *
explain_size (Collector *self, guint32 row)
{
  const SondeImageType *type = sonde_image_writer_get_type (self->writer, row);

  if (type->size > 0)
    return NULL;
  return type->kind == SONDE_KIND_STRUCT || type->kind == SONDE_KIND_UNION
             ? "it is empty"
             : "its size is not known";
}

static void
write_entry (Collector *self, Entry *entry)
{
  SondeImageVariable *row = &entry->row;
  const guint64 size = sonde_image_writer_get_type (self->writer, row->type)->size;

  row->section = entry->section < sonde_elf_file_get_n_sections (self->elf)
                     ? self->args->section_rows[entry->section]
                     : SONDE_IMAGE_NO_SECTION;
  if (size > 0 && row->address > G_MAXUINT64 - (size - 1))
    row->type = 0;
  if (entry->why == NULL)
    entry->why = explain_size (self, row->type);
  row->path = entry->is_shared ? sonde_image_writer_text (self->writer, entry->path)
                               : sonde_image_writer_new_text (self->writer, entry->path);
  row->why = sonde_image_writer_text (self->writer, entry->why);
  sonde_image_writer_add_variable (self->writer, row);
  g_array_append_val (self->orders, entry->order);
}

/* "struct { int n; int tail[]; } x = { 2, { 1, 2 } }": only the linker knows how many there are. */
static void
close_type (Collector *self, const SondeDwarfVariable *row, Entry *entry)
{
  const SondeElfSymbol *symbol = find_symbol (self, get_linkage (row));

  if (symbol != NULL && symbol->address == entry->row.address)
    entry->row.type = sonde_dwarf_types_close (self->args->types, entry->row.type, symbol->size);
}

static void
add_variable (Collector *self, const SondeDwarfVariable *row, guint64 order)
{
  SondeDwarfTypes *types = self->args->types;
  g_autofree char *own = NULL;
  /* Lines stay in order where optimisers do not. */
  Entry entry = { .row.line = row->line,
                  .order = (guint64) row->line << 32 | order,
                  .is_shared = row->is_in_function };

  entry.path = sonde_dwarf_paths_get (self->paths, row);
  entry.row.unit = sonde_image_writer_lasting_text (
      self->writer, sonde_dwarf_paths_get_unit (self->paths, row->scope));
  if (row->has_file)
    entry.row.file = sonde_image_writer_lasting_text (
        self->writer, sonde_dwarf_get_file (self->index->dwarf, row->file_unit, row->file));
  entry.why = explain (self, row, &own);
  if (entry.why == NULL)
    {
      entry.row.address = row->address;
      entry.section = sonde_elf_file_find_section (self->elf, row->address);
    }
  place_alias (self, row, &entry);
  if (self->facts->is_relocatable)
    place_relocatable (self, row, &entry);
  else if (entry.why == NULL)
    sonde_number_map_add (&self->addresses, entry.row.address, (guint32) order);
  if (entry.why != NULL || self->facts->is_relocatable)
    sonde_number_map_set (&self->known, hash_text (get_linkage (row)), 0);
  entry.row.type = sonde_dwarf_types_add (types, row->type);
  if (sonde_dwarf_types_is_open_ended (types, entry.row.type))
    close_type (self, row, &entry);
  if (sonde_dwarf_types_is_const (types, row->type))
    entry.row.flags |= SONDE_IMAGE_VARIABLE_CONST;
  write_entry (self, &entry);
}

/* One variable may have several entries: a copy of the same inline function in each unit, or a
 * declaration beside its definition. Nearly all are the first at their address. */
static gboolean
is_new (Collector *self, const SondeDwarfVariable *row)
{
  const gboolean is_fixed = row->place == SONDE_PLACE_FIXED;
  const guint64 where = is_fixed ? row->address : ~(guint64) row->scope;
  guint32 first = SONDE_NUMBER_NONE;
  SondeDwarfVariable other;

  if (self->facts->is_relocatable)
    return TRUE;
  if (is_fixed && row->address != 0)
    {
      first = sonde_number_map_get (&self->addresses, row->address);
      if (first == SONDE_NUMBER_NONE)
        return TRUE;
      if (sonde_dwarf_index_read (self->index, first, &other)
          && g_strcmp0 (other.name, row->name) == 0)
        return FALSE;
    }
  return sonde_number_map_add (&self->seen, sonde_number_mix (hash_text (row->name), where), 0);
}

static gboolean
is_worth_an_entry (Collector *self, const SondeDwarfVariable *row)
{
  if (row->name == NULL
      || (row->is_declaration && row->place == SONDE_PLACE_NONE && !row->has_constant))
    return FALSE;
  return row->place != SONDE_PLACE_NONE
         || !g_hash_table_contains (self->index->completed, &row->key);
}

/* An anonymous union outside of all others: its members are variables, as the source uses them. */
static void
add_members (Collector *self, const SondeDwarfVariable *row, guint64 order)
{
  SondeDwarf *dwarf = self->index->dwarf;
  gboolean is_const = FALSE;
  g_autoptr (SondeDwarfShape) shape
      = sonde_dwarf_shape_new (dwarf, sonde_dwarf_shape_strip (dwarf, row->type, &is_const));

  if (shape == NULL || shape->tag != DW_TAG_union_type || shape->name != NULL)
    return;
  for (guint i = 0; i < shape->members->len; i++)
    {
      const SondeDwarfMember *member = &g_array_index (shape->members, SondeDwarfMember, i);
      SondeDwarfVariable part = *row;

      part.name = member->name;
      part.type = member->type;
      part.address += member->offset;
      if (part.name != NULL && !member->is_bitfield && is_new (self, &part))
        add_variable (self, &part, order);
    }
}

static void
collect_variables (Collector *self)
{
  const guint n = self->index->variables->len;
  SondeDieKey forgotten = 0;

  sonde_image_writer_reserve (self->writer, SONDE_IMAGE_VARIABLES, n);
  g_array_set_size (self->orders, n);
  g_array_set_size (self->orders, 0);

  for (guint i = 0; i < n; i++)
    {
      const SondeDieKey key = g_array_index (self->index->variables, SondeDwarfFound, i).key;
      SondeDwarfVariable row;

      if (i % 256 == 0)
        {
          self->args->progress ((double) i / n, self->args->user_data);
          sonde_dwarf_types_pass (self->args->types, key);
          forgotten = sonde_dwarf_forget_before (self->index->dwarf, forgotten, key);
        }
      if (!sonde_dwarf_index_read (self->index, i, &row))
        continue;
      if (row.name == NULL && row.place == SONDE_PLACE_FIXED)
        add_members (self, &row, i);
      if (!is_worth_an_entry (self, &row))
        continue;
      if (is_new (self, &row))
        add_variable (self, &row, i);
    }
}

/* Declared here, defined where no debug information is: the symbol table has the place, these the
 * type. */
static GHashTable *
index_declarations (Collector *self)
{
  GHashTable *declared = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; self->index != NULL && i < self->index->variables->len; i++)
    {
      const SondeDwarfFound *found = &g_array_index (self->index->variables, SondeDwarfFound, i);
      SondeDwarfVariable row;

      if ((found->flags & SONDE_FOUND_HAS_PLACE) == 0
          && sonde_dwarf_index_read (self->index, i, &row) && row.is_declaration && row.name != NULL
          && row.type != 0)
        g_hash_table_insert (declared, (gpointer) get_linkage (&row),
                             g_memdup2 (&row.type, sizeof row.type));
    }
  return declared;
}

static guint32
add_guessed_number (Collector *self, guint64 size)
{
  g_autofree char *name = g_strdup_printf ("uint%" G_GUINT64_FORMAT "_t", size * 8);
  SondeImageType row
      = { .kind = SONDE_KIND_NUMBER, .encoding = SONDE_ENCODING_UNSIGNED, .size = size };

  row.name = sonde_image_writer_text (self->writer, name);
  return sonde_image_writer_type (self->writer, &row, NULL, NULL, NULL);
}

/* Without a type only the size is known: a number where one has that size, else bytes. */
static guint32
add_guessed_type (Collector *self, guint64 size)
{
  SondeImageType row = { .kind = SONDE_KIND_ARRAY };
  g_autofree char *name = g_strdup_printf ("uint8_t[%" G_GUINT64_FORMAT "]", size);

  if (size == 0)
    return 0;
  if (size == 1 || size == 2 || size == 4 || size == 8)
    return add_guessed_number (self, size);
  if (size > (G_GUINT64_CONSTANT (1) << 40))
    return 0;
  row.base = add_guessed_number (self, 1);
  row.count = row.size = size;
  row.name = sonde_image_writer_text (self->writer, name);
  return sonde_image_writer_type (self->writer, &row, NULL, NULL, NULL);
}

/* Tables that a C++ compiler makes, and beside debug information the start-up code's own things. */
static gboolean
is_compilers_own (Collector *self, const SondeElfSymbol *symbol)
{
  if (g_str_has_prefix (symbol->name, "_ZT") || g_str_has_prefix (symbol->name, "_ZG")
      || g_str_has_prefix (symbol->name, "DW.ref.") || symbol->name[0] == '$'
      || symbol->name[0] == '.')
    return TRUE;
  if (self->index == NULL)
    return FALSE;
  return !symbol->is_global || g_str_has_prefix (symbol->name, "__")
         || g_str_has_prefix (symbol->name, "_IO_") || symbol->size == 0;
}

static gboolean
is_known (Collector *self, const SondeElfSymbol *symbol)
{
  if (self->index == NULL)
    return FALSE;
  /* The address first: it is at hand, the name is not. */
  return (!self->facts->is_relocatable
          && sonde_number_map_get (&self->addresses, symbol->address) != SONDE_NUMBER_NONE)
         || (self->known.n > 0
             && sonde_number_map_get (&self->known, hash_text (symbol->name)) != SONDE_NUMBER_NONE);
}

static void
add_symbol (Collector *self, const SondeElfSymbol *symbol, GHashTable *declared, guint64 order)
{
  char *plain = cplus_demangle (symbol->name, DMGL_PARAMS | DMGL_ANSI);
  const SondeDieKey *type = g_hash_table_lookup (declared, symbol->name);
  Entry entry = { .section = symbol->section, .order = order };

  entry.path = plain != NULL ? plain : symbol->name;
  entry.row.address = symbol->address;
  entry.row.flags = SONDE_IMAGE_VARIABLE_GUESSED;
  if (type == NULL)
    entry.row.type = add_guessed_type (self, symbol->size);
  else
    entry.row.type = sonde_dwarf_types_add (self->args->types, *type);
  if (type != NULL && sonde_dwarf_types_is_const (self->args->types, *type))
    entry.row.flags |= SONDE_IMAGE_VARIABLE_CONST;
  if (symbol->is_thread_local)
    entry.why = "thread-local: each thread has its own";
  else if (self->facts->is_relocatable && symbol->section == 0)
    entry.why = "not linked yet: the linker chooses its section";
  write_entry (self, &entry);
  free (plain);
}

static void
collect_symbols (Collector *self)
{
  GArray *symbols = sonde_elf_file_get_symbols (self->elf);
  g_autoptr (GHashTable) declared = index_declarations (self);

  for (guint i = 0; i < symbols->len; i++)
    {
      const SondeElfSymbol *symbol = &g_array_index (symbols, SondeElfSymbol, i);

      if (symbol->kind == SONDE_ELF_DATA && !is_known (self, symbol)
          && !is_compilers_own (self, symbol))
        add_symbol (self, symbol, declared, (guint64) G_MAXUINT32 << 32 | i);
    }
}

/* Of rows in the order of their paths: those that share theirs with a neighbour. */
static GArray *
find_shared (Collector *self, const SondeSortRow *sorted, guint n)
{
  GArray *shared = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < n; i++)
    if (sorted[i].word != 0 || (i + 1 < n && sorted[i + 1].word != 0))
      g_array_append_val (shared, sorted[i].index);
  return shared;
}

static void
make_paths_unique (Collector *self)
{
  SondeSortRow *sorted = sonde_image_writer_sort (self->writer);
  g_autoptr (GArray) shared
      = find_shared (self, sorted, sonde_image_writer_get_n_variables (self->writer));
  g_autofree SondeUniquePath *rows = g_new (SondeUniquePath, shared->len + 1);

  for (guint i = 0; i < shared->len; i++)
    {
      const guint32 index = g_array_index (shared, guint32, i);
      const SondeImageVariable *row = sonde_image_writer_get_variable (self->writer, index);

      rows[i].path = g_strdup (sonde_image_writer_get_text (self->writer, row->path));
      rows[i].unit = g_strdup (sonde_image_writer_get_text (self->writer, row->unit));
      rows[i].order = g_array_index (self->orders, guint64, index);
    }
  if (shared->len == 0)
    {
      sonde_image_writer_take_order (self->writer, sorted);
      return;
    }
  g_free (sorted);
  sonde_unique_paths (rows, shared->len);
  for (guint i = 0; i < shared->len; i++)
    {
      sonde_image_writer_get_variable (self->writer, g_array_index (shared, guint32, i))->path
          = sonde_image_writer_text (self->writer, rows[i].path);
      g_free (rows[i].path);
      g_free ((char *) rows[i].unit);
    }
}

void
sonde_entry_list_write (const SondeEntryListArgs *args)
{
  Collector list = { .args = args, .elf = args->elf, .index = args->index, .writer = args->writer };

  list.facts = sonde_elf_file_get_facts (args->elf);
  list.orders = g_array_new (FALSE, FALSE, sizeof (guint64));
  if (list.index != NULL)
    {
      list.paths = sonde_dwarf_paths_new (list.index);
      collect_variables (&list);
      sonde_dwarf_paths_free (list.paths);
    }
  collect_symbols (&list);
  sonde_number_map_clear (&list.by_name);
  sonde_number_map_clear (&list.addresses);
  sonde_number_map_clear (&list.seen);
  sonde_number_map_clear (&list.known);
  make_paths_unique (&list);
  g_array_unref (list.orders);
}
