/* meeting.c: which boards a command works with, and waiting for them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/meeting.h"

#include <fnmatch.h>
#include <string.h>

#include "base/clock.h"
#include "cli/pushed.h"

#define COLLECT_US (2 * G_USEC_PER_SEC)
#define DEFAULT_WAIT_S 30.0
#define DEVICES_WAIT_S 2.0

typedef struct
{
  SondeErrand *errand;
  const SondeOptions *options;
  SondeRegistry *registry;
  SondeNeed need;
  guint n_wanted; /* 0: the whole time is to be waited */
} Meeting;

gboolean
sonde_meeting_is_wanted (const SondeOptions *options, SondeDevice *board, SondeNeed need)
{
  const SondeDeviceInfo *info = sonde_device_get_info (board);

  if (info->state != SONDE_DEVICE_READY
      && (need == SONDE_NEED_ANSWERS || info->state != SONDE_DEVICE_STREAM))
    return FALSE;
  return options->device == NULL || fnmatch (options->device, info->name, 0) == 0;
}

static guint
count_wanted (const Meeting *self)
{
  guint n = 0;

  for (guint i = 0; i < sonde_registry_get_n (self->registry); i++)
    if (sonde_meeting_is_wanted (self->options, sonde_registry_get (self->registry, i), self->need))
      n++;
  return n;
}

static gboolean
is_met (gpointer user_data)
{
  const Meeting *self = user_data;

  return self->n_wanted > 0 && count_wanted (self) >= self->n_wanted;
}

static gboolean
lists_boards (const SondeOptions *options)
{
  return options->command == SONDE_COMMAND_DEVICES || options->command == SONDE_COMMAND_LOG;
}

static gboolean
takes_all (const SondeOptions *options)
{
  return options->all || options->expect > 1 || lists_boards (options)
         || (options->device != NULL && strpbrk (options->device, "*?[") != NULL);
}

/* A write to "the" board is only safe where there is one. */
static gboolean
must_be_alone (const SondeOptions *options)
{
  return options->command == SONDE_COMMAND_SET && options->device == NULL && !options->all;
}

/* Whether a second board may come right behind the first and counts. */
static gboolean
collects (const SondeOptions *options)
{
  return options->expect < 0 && !lists_boards (options)
         && (takes_all (options) || must_be_alone (options));
}

static char *
join_names (SondeDevice **boards, guint n)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", sonde_device_get_name (boards[i]));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
dup_names_there (const Meeting *self)
{
  const guint n = sonde_registry_get_n (self->registry);
  g_autofree SondeDevice **boards = g_new (SondeDevice *, n + 1);

  for (guint i = 0; i < n; i++)
    boards[i] = sonde_registry_get (self->registry, i);
  return join_names (boards, n);
}

static SondeExit
complain_no_board (const Meeting *self, double wait_s)
{
  const guint n_there = count_wanted (self);
  g_autofree char *url = sonde_errand_dup_url (self->errand);
  g_autofree char *names = dup_names_there (self);

  if (n_there > 0)
    return sonde_complain (SONDE_EXIT_NO_BOARD,
                           "%s: %u of %u boards came in %g s; start the others or lower --expect",
                           url, n_there, self->n_wanted, wait_s);
  if (names[0] != '\0')
    return sonde_complain (
        SONDE_EXIT_NO_BOARD,
        self->options->device != NULL ? "%s: no such board in %g s; choose one of those there: %s"
                                      : "%s: no board answered in %g s; restart those there: %s",
        self->options->device != NULL ? self->options->device : url, wait_s, names);
  return sonde_complain (SONDE_EXIT_NO_BOARD,
                         "%s: no board came in %g s; let its firmware connect to this address", url,
                         wait_s);
}

static void
take_boards (const Meeting *self, GPtrArray *boards)
{
  const gboolean is_one = !takes_all (self->options) && !must_be_alone (self->options);

  for (guint i = 0; i < sonde_registry_get_n (self->registry); i++)
    {
      SondeDevice *board = sonde_registry_get (self->registry, i);

      if (sonde_meeting_is_wanted (self->options, board, self->need)
          && !(is_one && boards->len == 1))
        g_ptr_array_add (boards, g_object_ref (board));
    }
}

static SondeExit
judge (const Meeting *self, GPtrArray *boards, double wait_s)
{
  g_autofree char *names = NULL;

  if (boards->len < MAX (self->n_wanted, 1) && count_wanted (self) < MAX (self->n_wanted, 1))
    return complain_no_board (self, wait_s);
  if (!must_be_alone (self->options) || boards->len == 1)
    return SONDE_EXIT_OK;
  names = join_names ((SondeDevice **) boards->pdata, boards->len);
  return sonde_complain (SONDE_EXIT_USAGE,
                         "set: %u boards are there: %s; say which with --device NAME or --all",
                         boards->len, names);
}

static double
get_wait_s (const SondeOptions *options)
{
  if (options->wait_s >= 0)
    return options->wait_s;
  return options->command == SONDE_COMMAND_DEVICES ? DEVICES_WAIT_S : DEFAULT_WAIT_S;
}

static gint64
due_in (double seconds)
{
  return sonde_clock_now_us () + (gint64) (seconds * G_USEC_PER_SEC);
}

SondeExit
sonde_meeting_wait (SondeErrand *errand, SondeNeed need)
{
  const SondeOptions *options = sonde_errand_get_options (errand);
  SondeRegistry *registry = sonde_engine_get_registry (sonde_errand_get_engine (errand));
  GPtrArray *boards = sonde_errand_get_boards (errand);
  const double wait_s = get_wait_s (options);
  Meeting self = { errand, options, registry, need, 1 };

  if (options->expect > 0)
    self.n_wanted = (guint) options->expect;
  else if (options->command == SONDE_COMMAND_DEVICES)
    self.n_wanted = 0;
  sonde_errand_run (errand, due_in (wait_s), is_met, &self);
  if (collects (options) && count_wanted (&self) > 0)
    sonde_errand_run (errand, sonde_clock_now_us () + COLLECT_US, NULL, NULL);
  if (sonde_errand_is_stopped (errand))
    return sonde_errand_get_stop_status (errand);
  take_boards (&self, boards);
  return judge (&self, boards, wait_s);
}

/* A board that only pushes will do where nothing is to be read. */
static gboolean
are_all_pushed (SondeErrand *errand, char **paths)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    if (!sonde_pushed_may_be (errand, paths[i]))
      return FALSE;
  return paths != NULL;
}

/* Each of @paths means something in a firmware, or may be what a board pushes. */
static SondeExit
check_paths (SondeErrand *errand, char **paths)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) leaves
          = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
      g_autoptr (GError) error = NULL;

      if (!sonde_errand_select (errand, NULL, paths[i], SONDE_SELECT_OPENED, leaves, &error)
          && !sonde_pushed_may_be (errand, paths[i]))
        return sonde_complain_error (SONDE_EXIT_USAGE, error);
    }
  return SONDE_EXIT_OK;
}

SondeExit
sonde_meeting_open (SondeErrand *errand, char **paths, SondeNeed need)
{
  SondeExit status = sonde_errand_load (errand);

  if (status == SONDE_EXIT_OK && !sonde_errand_is_stopped (errand))
    status = check_paths (errand, paths);
  if (status == SONDE_EXIT_OK && !sonde_errand_is_stopped (errand))
    status = sonde_errand_listen (errand, SONDE_PORT_FIXED);
  if (status == SONDE_EXIT_OK && !sonde_errand_is_stopped (errand))
    status
        = sonde_meeting_wait (errand, are_all_pushed (errand, paths) ? SONDE_NEED_ANY_BOARD : need);
  return status == SONDE_EXIT_OK ? sonde_errand_get_stop_status (errand) : status;
}
