/* notices.c: what the window's banner says of boards, files and the port */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-ui"

#include "ui/notices.h"

#include "server/server.h"

#define MAX_PORT 65535

static void
show_plain (SondeBanner *banner, const char *subject, const char *text, const char *button,
            const char *action)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  sonde_banner_show (banner, subject, markup, button, action);
}

/* (transfer full) */
static char *
dup_difference (const SondeDeviceFacts *facts, SondeSymbolTable *table)
{
  if (facts->verdict.proof == SONDE_PROOF_CHECKSUM)
    return g_markup_printf_escaped ("%s runs other firmware than this ELF: its <tt>%s</tt> "
                                    "differs. Values may be wrong; writing is off.",
                                    facts->name, facts->verdict.section);
  return g_markup_printf_escaped ("%s runs build <tt>%.8s</tt>, this ELF is <tt>%.8s</tt>. Values "
                                  "may be wrong; writing is off.",
                                  facts->name, facts->identity.build_id,
                                  sonde_symbol_table_get_facts (table)->build_id);
}

/* A file of the board's own build that was open lately is better than any other. */
static void
show_match (SondeBanner *banner, const char *text, const SondeRecentFile *file)
{
  g_autofree char *name = file == NULL ? NULL : g_path_get_basename (file->path);
  g_autofree char *button = file == NULL ? NULL : g_strdup_printf ("Open %s", name);
  g_autoptr (GVariant) path
      = file == NULL ? NULL : g_variant_ref_sink (g_variant_new_string (file->path));
  g_autofree char *action
      = file == NULL ? NULL : g_action_print_detailed_name ("win.open-path", path);

  sonde_banner_show (banner, "match", text, file == NULL ? "Choose ELF…" : button,
                     file == NULL ? "win.open" : action);
  sonde_banner_offer (banner, "match", "Use Anyway", "win.use-anyway");
}

void
sonde_notices_update_match (SondeBanner *banner, SondeWorkbench *workbench,
                            SondeRecentFiles *recent)
{
  SondeDeviceRow *row = sonde_workbench_get_active_device (workbench);
  const SondeDeviceFacts *facts = row == NULL ? NULL : sonde_device_row_get_facts (row);
  SondeAddressMap *map = sonde_workbench_get_map (workbench);
  SondeSymbolTable *table = map == NULL ? NULL : sonde_address_map_get_table (map);
  g_autofree char *text = NULL;

  if (facts == NULL || facts->match != SONDE_MATCH_NO || facts->verdict.is_trusted || table == NULL)
    {
      sonde_banner_hide (banner, "match");
      return;
    }
  text = dup_difference (facts, table);
  show_match (banner, text, sonde_recent_files_find (recent, facts->identity.build_id));
}

/* (transfer full) (nullable): what a file without readable debug information lacks. */
static char *
dup_lack (SondeWorkbench *workbench)
{
  SondeAddressMap *map = sonde_workbench_get_map (workbench);
  SondeSymbolTable *table = map == NULL ? NULL : sonde_address_map_get_table (map);
  const char *path = sonde_workbench_get_elf_path (workbench);
  const SondeSymbolFacts *facts = table == NULL ? NULL : sonde_symbol_table_get_facts (table);
  g_autofree char *name = path == NULL ? NULL : g_path_get_basename (path);

  if (facts == NULL || name == NULL || facts->has_dwarf)
    return NULL;
  if (facts->n_skipped_units > 0)
    return g_strdup_printf ("%s: its debug information cannot be read, so types are guessed from "
                            "the symbol table. Build it again.",
                            name);
  return g_strdup_printf ("%s has no debug information, so types are guessed from the symbol "
                          "table. Compile with -g.",
                          name);
}

void
sonde_notices_update_symbols (SondeBanner *banner, SondeWorkbench *workbench)
{
  const char *error = sonde_workbench_get_symbols_error (workbench);
  g_autofree char *lack = dup_lack (workbench);

  if (sonde_workbench_get_symbols_state (workbench) == SONDE_SYMBOLS_FAILED && error != NULL)
    show_plain (banner, "symbols", error, "Choose ELF…", "win.open");
  else if (sonde_workbench_get_elf_problem (workbench) != NULL)
    show_plain (banner, "symbols", sonde_workbench_get_elf_problem (workbench), "Choose ELF…",
                "win.open");
  else if (lack != NULL)
    show_plain (banner, "symbols", lack, "Choose ELF…", "win.open");
  else
    sonde_banner_hide (banner, "symbols");
}

void
sonde_notices_show_file (SondeBanner *banner, const char *reason)
{
  /* The same mistake twice is said twice. */
  sonde_banner_hide (banner, "file");
  if (reason != NULL)
    show_plain (banner, "file", reason, "Choose ELF…", "win.open");
}

void
sonde_notices_show_port (SondeBanner *banner, guint port, const GError *error)
{
  g_autofree char *holder = NULL;
  g_autofree char *text = NULL;
  g_autofree char *button = NULL;
  g_autofree char *action = NULL;

  if (error == NULL)
    {
      sonde_banner_hide (banner, "port");
      return;
    }
  g_warning ("%s", error->message);
  if (!g_error_matches (error, SONDE_SERVER_ERROR, SONDE_SERVER_ERROR_TAKEN) || port >= MAX_PORT)
    {
      show_plain (banner, "port", error->message, NULL, NULL);
      return;
    }
  holder = sonde_server_dup_port_holder (port);
  text = g_strdup_printf ("Port %u is used by %s, so no board can connect.", port,
                          holder != NULL ? holder : "another program");
  button = g_strdup_printf ("Use Port %u", port + 1);
  action = g_strdup_printf ("win.listen(uint32 %u)", port + 1);
  show_plain (banner, "port", text, button, action);
}

void
sonde_notices_show_demo (SondeBanner *banner, const GError *error)
{
  show_plain (banner, "demo", error->message, NULL, NULL);
}
