/* file-notes.c: what a person must know about an ELF file before believing its addresses */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/file-notes.h"

#include "cli/complain.h"

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
