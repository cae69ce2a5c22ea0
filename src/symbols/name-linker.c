/* name-linker.c: what the linker knows of a name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-linker.h"

#include <string.h>

/* On ARM the lowest bit of a function's address only says how its code is written. */
static guint64
get_code_address (SondeElfFile *elf, const SondeElfSymbol *symbol)
{
  return g_str_equal (sonde_elf_file_get_facts (elf)->machine, "ARM")
             ? symbol->address & ~G_GUINT64_CONSTANT (1)
             : symbol->address;
}

static char *
describe_symbol (SondeElfFile *elf, const SondeElfSymbol *symbol)
{
  const SondeElfSection *section = sonde_elf_file_get_section (elf, symbol->section);
  const char *where = symbol->section > 0 && section != NULL ? section->name : NULL;

  if (symbol->is_thread_local)
    return g_strdup ("thread-local: each thread has its own");
  if (symbol->kind == SONDE_ELF_FUNCTION)
    return g_strdup_printf ("a function at 0x%08" G_GINT64_MODIFIER "x",
                            get_code_address (elf, symbol));
  /* Tables of virtual functions, and what only its file can see, are not listed beside debug
   * information. */
  if (symbol->kind == SONDE_ELF_DATA && symbol->is_global && !g_str_has_prefix (symbol->name, "_Z"))
    return g_strdup_printf ("a variable: write %s", symbol->name);
  if (symbol->kind == SONDE_ELF_DATA)
    return g_strdup_printf ("a data object at 0x%08" G_GINT64_MODIFIER "x, without a type: read it "
                            "as 0x%08" G_GINT64_MODIFIER "x:u32",
                            symbol->address, symbol->address);
  if (where != NULL && section->is_exec)
    return g_strdup_printf ("a label in %s at 0x%08" G_GINT64_MODIFIER "x", where,
                            get_code_address (elf, symbol));
  return g_strdup_printf ("a linker symbol at 0x%08" G_GINT64_MODIFIER
                          "x: read it as 0x%08" G_GINT64_MODIFIER "x:u32",
                          symbol->address, symbol->address);
}

static void
add_sections (SondeElfFile *elf, const char *name, GPtrArray *answers)
{
  for (guint i = 1; i < sonde_elf_file_get_n_sections (elf); i++)
    {
      const SondeElfSection *section = sonde_elf_file_get_section (elf, i);

      if (strcmp (section->name, name) != 0)
        continue;
      g_ptr_array_add (answers, section->is_alloc
                                    ? g_strdup_printf ("a section at 0x%08" G_GINT64_MODIFIER
                                                       "x, %" G_GUINT64_FORMAT " bytes",
                                                       section->address, section->size)
                                    : g_strdup ("a section of the file that is not loaded"));
    }
}

GPtrArray *
sonde_name_linker (SondeElfFile *elf, const char *name)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func (g_free);
  GArray *symbols = sonde_elf_file_get_symbols (elf);

  if (*name == '\0')
    return answers;
  for (guint i = 0; i < symbols->len; i++)
    {
      const SondeElfSymbol *symbol = &g_array_index (symbols, SondeElfSymbol, i);

      if (strcmp (symbol->name, name) == 0)
        g_ptr_array_add (answers, describe_symbol (elf, symbol));
    }
  add_sections (elf, name, answers);
  return answers;
}
