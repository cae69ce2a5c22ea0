/* pages.h: memory for large tables that are filled once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** sonde_pages_alloc: like g_malloc() of @size bytes, freed by sonde_pages_free(). Of megabytes the
 * system is asked to use large pages: taking each of thousands of small ones costs more than
 * filling them. */
gpointer sonde_pages_alloc (gsize size);
/** sonde_pages_free: @memory: (nullable) */
void sonde_pages_free (gpointer memory);
