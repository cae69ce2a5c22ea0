/* browser-fixture.h: fixtures/browser.c as the symbol browser gets it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-cage.h"

/** load_browser_fixture: (transfer full). */
static inline SondeSymbolTable *
load_browser_fixture (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "browser.elf", NULL);
  g_autoptr (GError) error = NULL;
  SondeSymbolTable *table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (table);
  return table;
}
