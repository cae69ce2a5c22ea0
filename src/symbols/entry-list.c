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
#include "symbols/unique-paths.h"

/* What is at hand while the entries are collected. */
typedef struct
{
  SondeElfFile *elf;            /* borrowed */
  const SondeDwarfIndex *index; /* borrowed; NULL: no debug information */
  SondeImageWriter *writer;     /* borrowed */
  GArray *entries;              /* SondeEntry */
  GHashTable *by_name;          /* linker's name -> SondeElfSymbol */
  GHashTable *addresses;        /* of entries, as a set of guint64 */
} Collector;

static void
clear_entry (SondeEntry *entry)
{
  g_free (entry->path);
  g_free (entry->why);
}

static void
index_symbols (Collector *self)
{
  GArray *symbols = sonde_elf_file_get_symbols (self->elf);

  for (guint i = 0; i < symbols->len; i++)
    {
      SondeElfSymbol *symbol = &g_array_index (symbols, SondeElfSymbol, i);

      if (symbol->kind != SONDE_ELF_DATA)
        continue;
      if (symbol->is_global || !g_hash_table_contains (self->by_name, symbol->name))
        g_hash_table_insert (self->by_name, (gpointer) symbol->name, symbol);
    }
}

/* A linker that removes a variable leaves its entry with an address of 0, or of all ones. */
static gboolean
is_removed (Collector *self, const SondeDwarfVariable *row)
{
  const guint64 ones
      = sonde_elf_file_get_facts (self->elf)->pointer_size == 4 ? G_MAXUINT32 : G_MAXUINT64;
  const char *name = row->linkage != NULL ? row->linkage : row->name;

  if (row->address >= ones - 1)
    return TRUE;
  if (row->address != 0)
    return FALSE;
  if (sonde_elf_file_find_section (self->elf, 0) == 0)
    return TRUE;
  return g_hash_table_size (self->by_name) > 0 && !g_hash_table_contains (self->by_name, name);
}

/* (nullable): NULL where it can be polled */
static char *
explain (Collector *self, const SondeDwarfVariable *row)
{
  switch (row->place)
    {
    case SONDE_PLACE_FIXED:
      return is_removed (self, row) ? g_strdup ("removed by the linker") : NULL;
    case SONDE_PLACE_THREAD:
      return g_strdup ("thread-local: each thread has its own");
    case SONDE_PLACE_PIECES:
      return g_strdup ("in a register or in pieces, not at one address");
    case SONDE_PLACE_VARYING:
      return g_strdup ("its place changes while the program runs");
    default:
      break;
    }
  return row->has_constant
             ? g_strdup_printf ("constant %" G_GINT64_FORMAT ", not in memory", row->constant)
             : g_strdup ("optimised away");
}

/* Addresses in a relocatable file count from the start of a section. The linker still chooses the
 * place of what lies in none. */
static void
place_relocatable (Collector *self, const SondeDwarfVariable *row, SondeEntry *entry)
{
  const SondeElfSymbol *symbol
      = g_hash_table_lookup (self->by_name, row->linkage != NULL ? row->linkage : row->name);

  if (entry->why != NULL && row->place != SONDE_PLACE_FIXED)
    return;
  g_clear_pointer (&entry->why, g_free);
  entry->section = symbol != NULL ? symbol->section : 0;
  entry->address = symbol != NULL ? symbol->address : row->address;
  if (entry->section == 0)
    entry->why = g_strdup ("not linked yet: the linker chooses its section");
}

static const char *
get_unit_file (Collector *self, guint32 scope)
{
  const SondeScope *unit = sonde_dwarf_index_get_unit (self->index, scope);
  SondeDie root;

  return unit != NULL && sonde_dwarf_find (self->index->dwarf, unit->key, &root)
             ? sonde_die_get_name (&root)
             : NULL;
}

static const char *
get_source_file (Collector *self, const SondeDwarfVariable *row)
{
  return row->has_file ? sonde_dwarf_get_file (self->index->dwarf, row->file_unit, row->file)
                       : NULL;
}

/* A variable template's entries all have its bare name; the linker's names tell them apart. */
static char *
dup_path (Collector *self, const SondeDwarfVariable *row)
{
  g_autofree char *prefix = sonde_dwarf_index_dup_prefix (self->index, row->scope);
  g_autofree char *path = g_strconcat (prefix, row->name, NULL);
  char *plain
      = row->linkage != NULL ? cplus_demangle (row->linkage, DMGL_PARAMS | DMGL_ANSI) : NULL;

  if (plain != NULL && g_str_has_prefix (plain, path) && plain[strlen (path)] == '<')
    {
      g_free (path);
      path = g_strdup (plain);
    }
  free (plain);
  return g_steal_pointer (&path);
}

/* Second names of a place ("alias") have none in the debug information, but the linker knows them.
 */
static void
place_alias (Collector *self, const SondeDwarfVariable *row, SondeEntry *entry)
{
  const SondeElfSymbol *symbol = g_hash_table_lookup (self->by_name, entry->linkage);

  if (row->place != SONDE_PLACE_NONE || row->has_constant || !row->is_external || symbol == NULL
      || !symbol->is_global || symbol->is_thread_local || symbol->section == 0)
    return;
  g_clear_pointer (&entry->why, g_free);
  entry->address = symbol->address;
  entry->section = symbol->section;
}

static void
add_variable (Collector *self, const SondeDwarfVariable *row, guint64 order)
{
  /* Lines stay in order where optimisers do not. */
  SondeEntry entry
      = { .type = row->type, .line = row->line, .order = (guint64) row->line << 32 | order };

  entry.path = dup_path (self, row);
  entry.linkage = row->linkage != NULL ? row->linkage : row->name;
  entry.unit = get_unit_file (self, row->scope);
  entry.file = get_source_file (self, row);
  entry.why = explain (self, row);
  if (entry.why == NULL)
    {
      entry.address = row->address;
      entry.section = sonde_elf_file_find_section (self->elf, row->address);
    }
  place_alias (self, row, &entry);
  if (sonde_elf_file_get_facts (self->elf)->is_relocatable)
    place_relocatable (self, row, &entry);
  else if (entry.why == NULL)
    g_hash_table_add (self->addresses, g_memdup2 (&entry.address, sizeof entry.address));
  g_array_append_val (self->entries, entry);
}

/* One variable may have several entries: a copy of the same inline function in each unit, or a
 * declaration beside its definition. */
static char *
dup_identity (const SondeDwarfVariable *row)
{
  return row->place == SONDE_PLACE_FIXED
             ? g_strdup_printf ("%" G_GINT64_MODIFIER "x %s", row->address, row->name)
             : g_strdup_printf ("%u %s", row->scope, row->name);
}

static void
collect_variables (Collector *self)
{
  GArray *variables = self->index->variables;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const gboolean is_relocatable = sonde_elf_file_get_facts (self->elf)->is_relocatable;

  for (guint i = 0; i < variables->len; i++)
    {
      SondeDwarfVariable row;

      if (!sonde_dwarf_index_read (self->index, i, &row) || row.name == NULL
          || (row.is_declaration && row.place == SONDE_PLACE_NONE && !row.has_constant))
        continue;
      if (row.place == SONDE_PLACE_NONE && g_hash_table_contains (self->index->completed, &row.key))
        continue;
      if (!is_relocatable && !g_hash_table_add (seen, dup_identity (&row)))
        continue;
      add_variable (self, &row, i);
    }
}

/* Declared here, defined where no debug information is: the symbol table has the place. */
static SondeDieKey
find_declared_type (Collector *self, GHashTable *declared, const char *name)
{
  const SondeDieKey *type = g_hash_table_lookup (declared, name);

  return type != NULL ? *type : 0;
}

static GHashTable *
index_declarations (Collector *self)
{
  GHashTable *declared = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; self->index != NULL && i < self->index->variables->len; i++)
    {
      SondeDwarfVariable row;

      if (sonde_dwarf_index_read (self->index, i, &row) && row.is_declaration && row.name != NULL
          && row.type != 0)
        g_hash_table_insert (declared, (gpointer) (row.linkage != NULL ? row.linkage : row.name),
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
      || symbol->name[0] == '$' || symbol->name[0] == '.')
    return TRUE;
  if (self->index == NULL)
    return FALSE;
  return !symbol->is_global || g_str_has_prefix (symbol->name, "__")
         || g_str_has_prefix (symbol->name, "_IO_") || symbol->size == 0;
}

static void
add_symbol (Collector *self, const SondeElfSymbol *symbol, GHashTable *declared, guint64 order)
{
  char *plain = cplus_demangle (symbol->name, DMGL_PARAMS | DMGL_ANSI);
  SondeEntry entry = { .linkage = symbol->name, .order = order, .is_guessed = TRUE };

  entry.path = g_strdup (plain != NULL ? plain : symbol->name);
  free (plain);
  entry.address = symbol->address;
  entry.section = symbol->section;
  entry.type = find_declared_type (self, declared, symbol->name);
  if (entry.type == 0)
    entry.guessed_type = add_guessed_type (self, symbol->size);
  if (symbol->is_thread_local)
    entry.why = g_strdup ("thread-local: each thread has its own");
  else if (sonde_elf_file_get_facts (self->elf)->is_relocatable && symbol->section == 0)
    entry.why = g_strdup ("not linked yet: the linker chooses its section");
  g_array_append_val (self->entries, entry);
}

static void
collect_symbols (Collector *self)
{
  GArray *symbols = sonde_elf_file_get_symbols (self->elf);
  g_autoptr (GHashTable) declared = index_declarations (self);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  const gboolean is_relocatable = sonde_elf_file_get_facts (self->elf)->is_relocatable;

  for (guint i = 0; i < self->entries->len; i++)
    g_hash_table_add (known, (gpointer) g_array_index (self->entries, SondeEntry, i).linkage);
  for (guint i = 0; i < symbols->len; i++)
    {
      const SondeElfSymbol *symbol = &g_array_index (symbols, SondeElfSymbol, i);

      if (symbol->kind != SONDE_ELF_DATA || is_compilers_own (self, symbol)
          || (self->index != NULL
              && (g_hash_table_contains (known, symbol->name)
                  || (!is_relocatable
                      && g_hash_table_contains (self->addresses, &symbol->address)))))
        continue;
      add_symbol (self, symbol, declared, (guint64) G_MAXUINT32 << 32 | i);
    }
}

static void
make_paths_unique (Collector *self)
{
  const guint n = self->entries->len;
  g_autofree SondeUniquePath *rows = g_new (SondeUniquePath, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const SondeEntry *entry = &g_array_index (self->entries, SondeEntry, i);

      rows[i] = (SondeUniquePath){ entry->path, entry->unit, entry->order };
    }
  sonde_unique_paths (rows, n);
  for (guint i = 0; i < n; i++)
    g_array_index (self->entries, SondeEntry, i).path = rows[i].path;
}

GArray *
sonde_entry_list_new (SondeElfFile *elf, const SondeDwarfIndex *index, SondeImageWriter *writer)
{
  Collector list = { .elf = elf, .index = index, .writer = writer };

  list.entries = g_array_new (FALSE, FALSE, sizeof (SondeEntry));
  g_array_set_clear_func (list.entries, (GDestroyNotify) clear_entry);
  list.by_name = g_hash_table_new (g_str_hash, g_str_equal);
  list.addresses = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  index_symbols (&list);
  if (index != NULL)
    collect_variables (&list);
  collect_symbols (&list);
  make_paths_unique (&list);
  g_hash_table_unref (list.by_name);
  g_hash_table_unref (list.addresses);
  return list.entries;
}
