/* pages.c: memory for large tables that are filled once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pages.h"

#include <sys/mman.h>

#define LARGE_PAGE (2u << 20)
/* Below this the rest of the last page would weigh more than what is saved. */
#define WORTH_IT (4u << 20)

gpointer
sonde_pages_alloc (gsize size)
{
  const gsize alignment = size >= WORTH_IT ? LARGE_PAGE : 64;
  gpointer memory;

  if (size > G_MAXSIZE - alignment)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes", size);
  memory = g_aligned_alloc (1, MAX ((size + alignment - 1) / alignment, 1) * alignment, alignment);
  /* Where the system has none, small pages do. */
  if (size >= WORTH_IT)
    madvise (memory, size, MADV_HUGEPAGE);
  return memory;
}

void
sonde_pages_free (gpointer memory)
{
  if (memory != NULL)
    g_aligned_free (memory);
}
