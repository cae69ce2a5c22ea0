/* map-listing.c: the variables of a firmware as a memory map */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/map-listing.h"

#include <string.h>

#include "symbols/map-types.h"

#define MAX_DEPTH 64
#define MAX_ENTRIES SONDE_MAP_LISTING_MAX

/* What the original gives every single value. */
#define SCALAR_TYPE "Uint32_t"

/* Names that belong to the C library, the start-up code and the vendor's drivers. */
static const char *const internals[] = {
  "__*",
  "_impure_*",
  "_global_impure_ptr",
  "_global_atexit*",
  "_ctype_*",
  "_sys_*",
  "_end",
  "_edata",
  "_etext",
  "_ebss",
  "_sbss",
  "_sdata",
  "_sidata",
  "_estack",
  "_tls_*",
  "_Min_*",
  "errno",
  "environ",
  "completed",
  "completed.*",
  "object.*",
  "frame_dummy*",
  "dtor_idx*",
  "initialized",
  "impure_data",
  "lconv",
  "heap_end",
  "heap_end.*",
  "*::heap_end",
  "SystemCoreClock",
  "AHBPrescTable",
  "APBPrescTable",
  "MSIRangeTable",
  "PLL*Table",
  "uwTick",
  "uwTickPrio",
  "uwTickFreq",
  "pFlash",
  "g_pfnVectors",
  "*_IRQn",
  "ITM_RxBuffer",
};

typedef struct
{
  SondeMapBuilder *builder;
  SondeMapFormat format;
  guint n;
} Lister;

gboolean
sonde_map_listing_is_internal (const char *path)
{
  const gboolean is_reserved = path[0] == '_' && g_ascii_isupper (path[1]);

  for (guint i = 0; i < G_N_ELEMENTS (internals); i++)
    if (g_pattern_match_simple (internals[i], path))
      return TRUE;
  return is_reserved;
}

static void
list_values (Lister *self, SondeVariable *variable, const SondeType *type, guint64 count)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  g_autofree char *name = sonde_map_type_dup_name (type);
  const SondeMapEntry entry = {
    .variable = info->path,
    .address = info->address,
    .count = count,
    .type = self->format == SONDE_MAP_SONDE ? name
            : count > 1                     ? sonde_type_get_name (type)
                                            : SCALAR_TYPE,
    .size = self->format == SONDE_MAP_SONDE ? sonde_type_get_size (type) : 0,
    .is_read_only = !info->is_writable,
    .unit = info->unit,
    .scale = info->scale,
    .description = info->description,
  };

  if (sonde_map_builder_add (self->builder, &entry, NULL))
    self->n++;
}

/* Elements over all dimensions and what they are; 0 where there are too many to count. */
static guint64
count_elements (const SondeType **type)
{
  guint64 n = 1;

  for (; sonde_type_get_kind (*type) == SONDE_KIND_ARRAY; *type = sonde_type_get_base (*type))
    if (!g_uint64_checked_mul (&n, n, sonde_type_get_count (*type)))
      n = 0;
  return n;
}

static void
list_variable (Lister *self, SondeVariable *variable, guint depth)
{
  const SondeType *type = sonde_variable_get_type (variable);
  const guint64 count = count_elements (&type);

  if (depth == MAX_DEPTH || self->n >= MAX_ENTRIES || count == 0
      || sonde_variable_get_info (variable)->why != NULL)
    return;
  if (sonde_type_is_leaf (type))
    {
      list_values (self, variable, type, count);
      return;
    }
  for (guint64 i = 0; i < sonde_variable_get_n_children (variable) && self->n < MAX_ENTRIES; i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (variable, i);

      /* Structs without a value in them may come by the billion. */
      if (sonde_type_get_size (type) == 0)
        return;
      if (child != NULL)
        list_variable (self, child, depth + 1);
    }
}

SondeMemoryMap *
sonde_map_listing_new (SondeSymbolTable *table, SondeListing listing, SondeMapFormat format)
{
  g_autoptr (SondeMapBuilder) builder = sonde_map_builder_new ();
  Lister lister = { builder, format, 0 };

  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    {
      g_autoptr (SondeVariable) root = NULL;

      if (listing == SONDE_LISTING_LIKE_ORIGINAL
          && sonde_map_listing_is_internal (sonde_symbol_table_get_path (table, i)))
        continue;
      root = sonde_symbol_table_dup_variable (table, i);
      list_variable (&lister, root, 0);
    }
  return sonde_map_builder_end (builder);
}
