/* pushed.c: paths that no firmware explains: the board may push them by itself */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pushed.h"

#include <string.h>

#include "base/clock.h"

#define DEFAULT_WAIT_S 30.0

static gboolean
reads (SondeCommand command)
{
  return command == SONDE_COMMAND_GET || command == SONDE_COMMAND_WATCH;
}

/* "motor" of "motor.sped[0]". */
static char *
dup_root (const char *path)
{
  gsize size = 0;

  while (g_ascii_isalnum (path[size]) || path[size] == '_')
    size++;
  return g_strndup (path, size);
}

gboolean
sonde_pushed_may_be (SondeErrand *errand, const char *path)
{
  const SondeOptions *options = sonde_errand_get_options (errand);
  g_autofree char *root = dup_root (path);

  /* Stars and casts are no names that a board pushes. */
  if (strchr ("(*", path[0]) != NULL || !reads (options->command) || root[0] == '\0'
      || g_str_has_prefix (root, "0x"))
    return FALSE;
  /* A mistyped name shall not cost half a minute. */
  if ((options->elfs->len > 0 || options->map != NULL) && options->wait_s < 0)
    return FALSE;
  return !sonde_errand_knows (errand, root);
}

typedef struct
{
  SondeDevice *board;
  const char *name;
} Wanted;

static gboolean
has_come (gpointer user_data)
{
  const Wanted *wanted = user_data;

  return sonde_device_lookup_stream (wanted->board, wanted->name) != NULL;
}

static SondeExit
wait_for (SondeErrand *errand, SondeDevice *board, const char *path, const GError *unknown,
          GPtrArray *leaves)
{
  const char *semicolon = strstr (unknown->message, "; ");
  const char *advice = semicolon != NULL ? semicolon + 2 : "name another";
  const double asked_s = sonde_errand_get_options (errand)->wait_s;
  const double wait_s = asked_s >= 0 ? asked_s : DEFAULT_WAIT_S;
  Wanted wanted = { board, path };

  if (!has_come (&wanted))
    sonde_note ("%s: not in any firmware given; waiting for %s to push it", path,
                sonde_device_get_name (board));
  if (sonde_errand_run (errand, sonde_clock_now_us () + (gint64) (wait_s * G_USEC_PER_SEC),
                        has_come, &wanted)
      == SONDE_RUN_STOPPED)
    return sonde_errand_get_stop_status (errand);
  if (!has_come (&wanted))
    return sonde_complain (SONDE_EXIT_USAGE,
                           "%s: in no firmware given, and %s did not push it in %g s; %s", path,
                           sonde_device_get_name (board), wait_s, advice);
  g_ptr_array_add (leaves, sonde_variable_ref (sonde_watch_get_variable (
                               sonde_device_lookup_stream (board, path))));
  return SONDE_EXIT_OK;
}

static SondeExit
select_path (SondeErrand *errand, SondeDevice *board, const char *path, GPtrArray *leaves)
{
  g_autoptr (GError) error = NULL;

  if (sonde_errand_select (errand, board, path, SONDE_SELECT_OPENED, leaves, &error))
    return SONDE_EXIT_OK;
  if (!sonde_pushed_may_be (errand, path))
    return sonde_complain_error (SONDE_EXIT_USAGE, error);
  return wait_for (errand, board, path, error, leaves);
}

SondeExit
sonde_pushed_select (SondeErrand *errand, SondeDevice *board, GPtrArray *leaves)
{
  char **paths = sonde_errand_get_options (errand)->arguments;
  SondeExit status = SONDE_EXIT_OK;

  sonde_errand_adopt_board (errand, board);
  for (guint i = 0; status == SONDE_EXIT_OK && paths[i] != NULL; i++)
    status = select_path (errand, board, paths[i], leaves);
  return status;
}
