/* file-notes.c: what a person must know about an ELF file before believing its addresses */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/file-notes.h"

#include "cli/complain.h"

/* What objcopy --only-keep-debug leaves: even code is said to hold no bytes. */
static gboolean
is_debug_file (SondeSymbolTable *table)
{
  gboolean has_code = FALSE;

  for (guint i = 0; i < sonde_symbol_table_get_facts (table)->n_sections; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (table, i);

      if (section->is_code && !section->is_nobits && section->size > 0)
        return FALSE;
      has_code |= section->is_code && section->size > 0;
    }
  return has_code;
}

void
sonde_file_notes_tell (SondeSymbolTable *table)
{
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (table);

  if (facts->is_relocatable)
    sonde_note ("%s: not linked yet: addresses count from the start of each section; give the "
                "linked file to poll",
                facts->file);
  else if (facts->is_pie)
    sonde_note ("%s: position-independent: these are link addresses; a loader may add an offset",
                facts->file);
  if (is_debug_file (table))
    sonde_warn ("%s: holds names only, what is in flash is not known; give the program, and this "
                "file by --debug-file",
                facts->file);
  if (!facts->has_dwarf && facts->n_skipped_units == 0)
    sonde_warn (
        "%s: no debug information, types are guessed from sizes; compile with -g, or give the "
        "file from before strip",
        facts->file);
  if (facts->n_skipped_units > 0)
    sonde_warn (
        "%s: %u of %u units could not be read; what they declare is missing or has a guessed type",
        facts->file, facts->n_skipped_units, MAX (facts->n_units, facts->n_skipped_units));
  for (guint i = 0; i < facts->n_skipped_units; i++)
    sonde_warn ("%s: left out: %s", facts->file, sonde_symbol_table_get_skipped (table, i));
}
