/* dwarf-lines.c: the line programs of an ELF file as one table of addresses */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-lines.h"

#include <string.h>

#include "symbols/dwarf-files.h"
#include "symbols/line-image.h"
#include "symbols/line-program.h"
#include "symbols/symbol-error.h"

/* Rows without a gap between them. */
typedef struct
{
  guint64 start, end;
  guint first, n; /* rows */
} Sequence;

typedef struct
{
  SondeElfFile *elf; /* borrowed */
  SondeDwarf *dwarf;
  SondeDwarfUnit *unit;  /* the one being read */
  GArray *numbers;       /* guint32: its file number -> number in files + 1, 0: not asked yet */
  GPtrArray *files;      /* path, borrowed */
  GHashTable *by_path;   /* path -> number in files + 1 */
  GHashTable *functions; /* guint64: where one begins */
  GHashTable *programs;  /* guint64: where those begin that have been read */
  GArray *rows;          /* SondeLineRow, in the order of the programs */
  GArray *sequences;     /* Sequence */
  guint first;           /* row of the sequence being read */
  guint n_failed, n_units;
} Lines;

static guint32
intern_path (Lines *self, const char *path)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_path, path));

  if (number != 0)
    return number;
  if (self->files->len >= SONDE_LINE_NO_FILE)
    return SONDE_LINE_NO_FILE;
  g_ptr_array_add (self->files, (gpointer) path);
  g_hash_table_insert (self->by_path, (gpointer) path, GUINT_TO_POINTER (self->files->len));
  return self->files->len;
}

#define MAX_FILE 100000

static guint32
get_file (Lines *self, guint64 number)
{
  const char *path;
  guint32 *place;

  if (number >= MAX_FILE)
    return SONDE_LINE_NO_FILE;
  if (number >= self->numbers->len)
    g_array_set_size (self->numbers, (guint) number + 1);
  place = &g_array_index (self->numbers, guint32, number);
  if (*place == 0)
    {
      path = sonde_dwarf_get_file (self->dwarf, self->unit, number);
      *place = intern_path (self, path != NULL ? path : "");
    }
  return *place - 1;
}

/* Of several rows at one address the last holds. */
static void
add_row (Lines *self, const SondeLineState *state)
{
  SondeLineRow row = { .address = state->address, .line = state->line };
  SondeLineRow *last = self->rows->len > self->first
                           ? &g_array_index (self->rows, SondeLineRow, self->rows->len - 1)
                           : NULL;

  row.file = get_file (self, state->file);
  row.column = state->column <= SONDE_LINE_MAX_COLUMN ? (guint32) state->column : 0;
  if (last != NULL && row.address < last->address)
    return;
  if (last != NULL && row.address == last->address)
    *last = row;
  else if (last == NULL || row.file != last->file || row.line != last->line
           || row.column != last->column)
    g_array_append_val (self->rows, row);
}

/* What the linker removed has been given an address all the same: 0, or one where nothing is. */
static gboolean
is_there (Lines *self, guint64 start)
{
  if (sonde_elf_file_get_facts (self->elf)->is_relocatable)
    return TRUE;
  if (sonde_elf_file_find_section (self->elf, start) == 0)
    return FALSE;
  return start != 0 || g_hash_table_contains (self->functions, &start);
}

static void
end_sequence (Lines *self, guint64 end)
{
  Sequence sequence = { .first = self->first, .n = self->rows->len - self->first, .end = end };

  if (sequence.n > 0)
    sequence.start = g_array_index (self->rows, SondeLineRow, self->first).address;
  if (sequence.n > 0 && end > sequence.start && is_there (self, sequence.start))
    g_array_append_val (self->sequences, sequence);
  else
    g_array_set_size (self->rows, self->first);
  self->first = self->rows->len;
}

static void
on_row (const SondeLineState *state, gpointer user_data)
{
  if (state->is_end)
    end_sequence (user_data, state->address);
  else
    add_row (user_data, state);
}

static void
read_unit (Lines *self, SondeDwarfUnit *unit)
{
  SondeAttribute value;
  SondeDie root;
  guint64 *offset;

  if (!sonde_dwarf_root (self->dwarf, unit, &root)
      || !sonde_die_find (&root, DW_AT_stmt_list, &value)
      || (value.kind != SONDE_FORM_OFFSET && value.kind != SONDE_FORM_NUMBER))
    return;
  offset = g_memdup2 (&value.number, sizeof value.number);
  if (!g_hash_table_add (self->programs, offset))
    return;
  self->unit = unit;
  self->n_units++;
  g_array_set_size (self->numbers, 0);
  if (!sonde_line_program_run (&root, value.number, on_row, self))
    self->n_failed++;
  /* A sequence without an end says nothing of where its last row holds. */
  g_array_set_size (self->rows, self->first);
}

static int
compare_sequences (gconstpointer a, gconstpointer b)
{
  const Sequence *one = a, *other = b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return one->first < other->first ? -1 : one->first > other->first;
}

/* (transfer full): all rows, rising; of sequences that overlap the first has it. */
static GArray *
merge (Lines *self)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (SondeLineRow), self->rows->len);
  const Sequence *last = NULL;

  g_array_sort (self->sequences, compare_sequences);
  for (guint i = 0; i < self->sequences->len; i++)
    {
      const Sequence *sequence = &g_array_index (self->sequences, Sequence, i);
      const SondeLineRow end = { .address = sequence->end, .file = SONDE_LINE_NO_FILE };

      if (last != NULL && sequence->start < last->end)
        continue;
      if (last != NULL && sequence->start == last->end)
        g_array_set_size (rows, rows->len - 1);
      for (guint at = 0; at < sequence->n; at++)
        {
          const SondeLineRow *row = &g_array_index (self->rows, SondeLineRow, sequence->first + at);

          if (row->address < sequence->end)
            g_array_append_vals (rows, row, 1);
        }
      g_array_append_val (rows, end);
      last = sequence;
    }
  return rows;
}

static void
collect_functions (Lines *self)
{
  const GArray *symbols = sonde_elf_file_get_symbols (self->elf);
  const gboolean is_arm = g_str_equal (sonde_elf_file_get_facts (self->elf)->machine, "ARM");

  for (guint i = 0; i < symbols->len; i++)
    {
      const SondeElfSymbol *symbol = &g_array_index (symbols, SondeElfSymbol, i);
      guint64 address = is_arm ? symbol->address & ~G_GUINT64_CONSTANT (1) : symbol->address;

      if (symbol->kind == SONDE_ELF_FUNCTION)
        g_hash_table_add (self->functions, g_memdup2 (&address, sizeof address));
    }
}

static GBytes *
finish (Lines *self, const char *name, GError **error)
{
  const gboolean is_arm = g_str_equal (sonde_elf_file_get_facts (self->elf)->machine, "ARM");
  g_autoptr (GArray) rows = merge (self);

  if (rows->len > 0)
    return sonde_line_image_build (rows, self->files, is_arm ? SONDE_LINE_IMAGE_THUMB : 0);
  if (self->n_failed > 0)
    g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                 "%s: its line tables are damaged; build it again", name);
  else
    g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_STRIPPED,
                 "%s: no line tables in it; compile with -g and choose the .elf as the linker "
                 "wrote it",
                 name);
  return NULL;
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

GBytes *
sonde_dwarf_lines_build (int fd, const char *name, GError **error)
{
  g_autoptr (SondeElfFile) elf = sonde_elf_file_new (fd, name, error);
  g_autoptr (SondeDwarf) dwarf = elf != NULL ? sonde_dwarf_new (elf) : NULL;
  g_autoptr (GArray) numbers = g_array_new (FALSE, TRUE, sizeof (guint32));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GHashTable) by_path = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) functions = new_set ();
  g_autoptr (GHashTable) programs = new_set ();
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SondeLineRow));
  g_autoptr (GArray) sequences = g_array_new (FALSE, FALSE, sizeof (Sequence));
  Lines self = { .elf = elf,
                 .dwarf = dwarf,
                 .numbers = numbers,
                 .files = files,
                 .by_path = by_path,
                 .functions = functions,
                 .programs = programs,
                 .rows = rows,
                 .sequences = sequences };

  if (elf == NULL)
    return NULL;
  collect_functions (&self);
  for (guint i = 0; i < sonde_dwarf_get_n_units (dwarf); i++)
    read_unit (&self, sonde_dwarf_get_unit (dwarf, i));
  return finish (&self, name, error);
}
