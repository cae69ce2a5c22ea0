/* doctor-command.c: sondectl doctor, what is wrong here and what to do */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"
#include "cli/checkup.h"
#include "cli/commands.h"
#include "cli/json-row.h"
#include "cli/errand.h"
#include "workbench/settings.h"

static const char *const health_words[] = { "ok", "warning", "wrong" };

static char *
make_json (const SondeFinding *finding)
{
  GString *row = sonde_json_row_new ();

  sonde_json_row_text (row, "state", health_words[finding->health]);
  sonde_json_row_text (row, "object", finding->object);
  sonde_json_row_text (row, "found", finding->found);
  sonde_json_row_text (row, "advice", finding->advice);
  return sonde_json_row_end (row);
}

static char *
make_row (const SondeFinding *finding)
{
  g_autofree char *object = sonde_log_make_safe (finding->object, -1);
  g_autofree char *found = sonde_log_make_safe (finding->found, -1);
  g_autofree char *advice = sonde_log_make_safe (finding->advice, -1);

  return g_strjoin ("\t", health_words[finding->health], object, found,
                    advice[0] != '\0' ? advice : NULL, NULL);
}

static void
check_settings (const SondeOptions *options, GPtrArray *findings)
{
  g_autofree char *path
      = options->config == NULL ? sonde_settings_dup_path () : g_strdup (options->config);
  g_autoptr (GError) error = NULL;

  if (!sonde_settings_check (path, &error))
    sonde_checkup_add_error (findings, path, error);
  else
    sonde_checkup_add (findings, SONDE_HEALTH_OK, "settings", path, "");
}

static void
check_files (SondeErrand *errand, GPtrArray *findings)
{
  const GPtrArray *elfs = sonde_errand_get_options (errand)->elfs;

  for (guint i = 0; i < elfs->len; i++)
    {
      const char *file = g_ptr_array_index (elfs, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (SondeSymbolTable) table = sonde_errand_read_elf (errand, file, &error);

      if (table != NULL)
        sonde_checkup_elf (findings, table);
      else if (error != NULL)
        sonde_checkup_add_error (findings, file, error);
    }
}

SondeExit
sonde_doctor_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (sonde_finding_free);
  SondeExit status = SONDE_EXIT_OK;

  sonde_checkup_machine (findings);
  check_settings (options, findings);
  check_files (errand, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      const SondeFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *row = options->json ? make_json (finding) : make_row (finding);

      sonde_output_line (sonde_errand_get_output (errand), row);
      if (finding->health == SONDE_HEALTH_WRONG)
        status = SONDE_EXIT_MACHINE;
    }
  if (sonde_errand_is_stopped (errand))
    status = sonde_errand_get_stop_status (errand);
  return sonde_errand_finish (errand, status);
}
