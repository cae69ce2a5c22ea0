/* errand.c: what every command that needs boards does first and last */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-cli"

#include "cli/errand.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "cli/complain.h"
#include "symbols/debug-file.h"
#include "symbols/map-csv.h"
#include "symbols/symbol-cage.h"
#include "workbench/elf-watcher.h"
#include "workbench/settings.h"

/* Samples leave as rows at once; nobody looks back at them, so the budget of the window
 * (history-mib) would only be memory taken. */
#define HISTORY_BYTES (8 * 1024 * 1024)
#define MAX_LAST_TURNS 1000
#define CLOSE_US (2 * G_USEC_PER_SEC)
#define CHECK_S 10.0 /* for reading code of a board; 1 MiB over WebSocket takes less */

struct _SondeErrand
{
  const SondeOptions *options; /* borrowed */
  GSettings *settings;         /* (nullable) */
  SondeOutput *output;
  SondeEngine *engine;
  GPtrArray *watchers;     /* SondeElfWatcher, of what runs for long */
  GPtrArray *maps;         /* SondeAddressMap */
  SondeMemoryMap *entries; /* of --map (nullable) */
  GPtrArray *refused;      /* char*: its rows that were refused and are still to be told */
  GPtrArray *boards;       /* SondeDevice */
  gint64 give_up_us;       /* --timeout, monotonic */
  gboolean is_listening;
  gboolean is_late; /* --timeout is over and was told */
};

static gint64
due_in (double seconds)
{
  return sonde_clock_now_us () + (gint64) (seconds * G_USEC_PER_SEC);
}

SondeErrand *
sonde_errand_new (const SondeOptions *options)
{
  SondeErrand *self = g_new0 (SondeErrand, 1);

  self->options = options;
  self->settings = sonde_settings_new (options->config);
  self->output = sonde_output_new (STDOUT_FILENO, "standard output");
  self->engine = sonde_engine_new (HISTORY_BYTES);
  self->maps = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_address_map_unref);
  self->refused = g_ptr_array_new_with_free_func (g_free);
  self->boards = g_ptr_array_new_with_free_func (g_object_unref);
  self->watchers = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_elf_watcher_free);
  self->give_up_us = options->timeout_s >= 0 ? due_in (options->timeout_s) : G_MAXINT64;
  return self;
}

void
sonde_errand_free (SondeErrand *self)
{
  g_ptr_array_unref (self->watchers);
  g_ptr_array_unref (self->boards);
  g_clear_pointer (&self->engine, sonde_engine_free);
  g_ptr_array_unref (self->maps);
  g_ptr_array_unref (self->refused);
  g_clear_pointer (&self->entries, sonde_memory_map_unref);
  sonde_output_free (self->output);
  g_clear_object (&self->settings);
  g_free (self);
}

/* -- the loop -- */

gboolean
sonde_errand_is_stopped (SondeErrand *self)
{
  if (sonde_stop_get_signal () != 0 || !sonde_output_is_open (self->output) || self->is_late)
    return TRUE;
  if (sonde_clock_now_us () < self->give_up_us)
    return FALSE;
  self->is_late = TRUE;
  sonde_complain (SONDE_EXIT_TIMEOUT, "%s: not done in %g s; give it more with --timeout",
                  sonde_command_get_name (self->options->command), self->options->timeout_s);
  return TRUE;
}

static void
on_due (gpointer user_data)
{
  /* Being woken is all: sonde_errand_run() looks at the clock itself. */
}

SondeRun
sonde_errand_run (SondeErrand *self, gint64 until_us, gboolean (*is_done) (gpointer),
                  gpointer user_data)
{
  const gint64 wake_us = MIN (until_us, self->give_up_us);
  g_autoptr (SondeWake) wake = sonde_wake_new (NULL, on_due, NULL);

  if (wake_us != G_MAXINT64)
    sonde_wake_at (wake, wake_us);
  while (TRUE)
    {
      sonde_output_flush (self->output);
      if (sonde_errand_is_stopped (self))
        return SONDE_RUN_STOPPED;
      if (is_done != NULL && is_done (user_data))
        return SONDE_RUN_DONE;
      if (sonde_clock_now_us () >= until_us)
        return SONDE_RUN_DEADLINE;
      g_main_context_iteration (NULL, TRUE);
    }
}

SondeExit
sonde_errand_get_stop_status (SondeErrand *self)
{
  const int signal_number = sonde_stop_get_signal ();

  if (signal_number != 0)
    switch (self->options->command)
      {
      case SONDE_COMMAND_WATCH:
      case SONDE_COMMAND_LOG:
      case SONDE_COMMAND_SERVE:
      case SONDE_COMMAND_DEMO:
        return SONDE_EXIT_OK; /* this is how they end */
      default:
        return SONDE_EXIT_INTERRUPTED + (SondeExit) signal_number;
      }
  return self->is_late ? SONDE_EXIT_TIMEOUT : SONDE_EXIT_OK;
}

/* -- firmware -- */

typedef struct
{
  SondeSymbolTable *table;
  GError *error;
  gboolean is_done;
  const char *file, *debug_file; /* borrowed */
  gint64 next_line;              /* when, where lines tell the progress */
  gboolean is_a_line;            /* for a terminal: rewritten in place */
} Loading;

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Loading *loading = user_data;

  loading->table = loading->debug_file != NULL
                       ? sonde_debug_file_load_finish (result, &loading->error)
                       : sonde_symbol_cage_load_finish (result, &loading->error);
  loading->is_done = TRUE;
}

static gboolean
is_loaded (gpointer user_data)
{
  return ((Loading *) user_data)->is_done;
}

static void
on_progress (double fraction, const char *stage, gpointer user_data)
{
  Loading *loading = user_data;
  const gint64 now = g_get_monotonic_time ();

  if (loading->is_a_line)
    fprintf (stderr, "\r%3.0f %% %s\033[K", fraction * 100, stage);
  else if (now >= loading->next_line)
    {
      sonde_note ("%s: %.0f %%, %s", loading->file, fraction * 100, stage);
      loading->next_line = now + G_USEC_PER_SEC;
    }
}

/* The first line of stderr belongs to the address of those that listen. */
static gboolean
shows_progress (const SondeOptions *options, gboolean is_terminal)
{
  return (options->command == SONDE_COMMAND_SYMBOLS || options->command == SONDE_COMMAND_SIZE
          || options->command == SONDE_COMMAND_DOCTOR)
         && !options->quiet && (is_terminal || options->verbose);
}

SondeSymbolTable *
sonde_errand_read_elf (SondeErrand *self, const char *file, GError **error)
{
  const gboolean is_terminal = isatty (STDERR_FILENO) == 1;
  const gboolean is_shown = shows_progress (self->options, is_terminal);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Loading loading
      = { .file = file, .debug_file = self->options->debug_file, .is_a_line = is_terminal };
  const SondeSymbolProgress progress = is_shown ? on_progress : NULL;

  if (loading.debug_file != NULL)
    sonde_debug_file_load_async (file, loading.debug_file, progress, &loading, cancellable,
                                 on_loaded, &loading);
  else
    sonde_symbol_cage_load_async (file, progress, &loading, cancellable, on_loaded, &loading);
  sonde_errand_run (self, G_MAXINT64, is_loaded, &loading);
  g_cancellable_cancel (cancellable);
  while (!loading.is_done) /* a cancelled reader is gone at once */
    g_main_context_iteration (NULL, TRUE);
  if (is_shown && is_terminal)
    fputs ("\r\033[K", stderr);
  if (loading.error != NULL)
    g_propagate_error (error, loading.error);
  return loading.table;
}

/* Paths were resolved when the command began; rows that change their place in the middle would be
 * worse than being told. */
static void
on_elf_changed (SondeElfWatcher *watcher, gpointer user_data)
{
  SondeErrand *self = user_data;

  if (sonde_elf_watcher_get_state (watcher) != SONDE_ELF_SETTLED
      || !sonde_elf_watcher_confirm (watcher) || !self->is_listening)
    return;
  sonde_warn ("%s: changed on disk; start %s again to use the new build",
              sonde_elf_watcher_get_path (watcher),
              sonde_command_get_name (self->options->command));
}

static void
follow_elf (SondeErrand *self, const char *file)
{
  if (self->options->command == SONDE_COMMAND_WATCH
      || self->options->command == SONDE_COMMAND_SERVE)
    g_ptr_array_add (self->watchers, sonde_elf_watcher_new (file, on_elf_changed, self));
}

SondeExit
sonde_errand_load_elf (SondeErrand *self, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = NULL;
  SondeAddressMap *map;

  follow_elf (self, file);
  table = sonde_errand_read_elf (self, file, &error);

  if (sonde_errand_is_stopped (self))
    return sonde_errand_get_stop_status (self);
  if (table == NULL)
    return sonde_complain_error (SONDE_EXIT_MACHINE, error);
  map = sonde_address_map_new_full (table, self->entries);
  g_ptr_array_add (self->maps, map);
  sonde_engine_add_map (self->engine, map);
  return SONDE_EXIT_OK;
}

/* A memory map joins each firmware; alone it is one itself. */
static SondeExit
load_entries (SondeErrand *self)
{
  g_autoptr (GError) error = NULL;
  SondeAddressMap *map;

  if (self->options->map == NULL)
    return SONDE_EXIT_OK;
  self->entries = sonde_map_csv_load (self->options->map, self->refused, NULL, &error);
  if (self->entries == NULL)
    return sonde_complain_error (SONDE_EXIT_MACHINE, error);
  if (self->options->elfs->len > 0)
    return SONDE_EXIT_OK;
  map = sonde_address_map_new_full (NULL, self->entries);
  g_ptr_array_add (self->maps, map);
  sonde_engine_add_map (self->engine, map);
  return SONDE_EXIT_OK;
}

/* Not while the map is read: the first line of stderr belongs to the address. */
static void
tell_refused (SondeErrand *self)
{
  for (guint i = 0; i < self->refused->len; i++)
    sonde_warn ("%s", (const char *) self->refused->pdata[i]);
  g_ptr_array_set_size (self->refused, 0);
}

gboolean
sonde_errand_select (SondeErrand *self, SondeDevice *board, const char *path,
                     SondeSelectionRule rule, GPtrArray *leaves, GError **error)
{
  SondeAddressMap *map = NULL;

  if (board != NULL)
    sonde_engine_match (self->engine, board, &map);
  else
    for (guint i = 0; i + 1 < self->maps->len; i++)
      if (sonde_selection_add (leaves, g_ptr_array_index (self->maps, i), path, rule, NULL))
        return TRUE;
  if (board == NULL && self->maps->len > 0)
    map = g_ptr_array_index (self->maps, self->maps->len - 1);
  return sonde_selection_add (leaves, map, path, rule, error);
}

gboolean
sonde_errand_knows (SondeErrand *self, const char *name)
{
  for (guint i = 0; i < self->maps->len; i++)
    {
      g_autoptr (GPtrArray) found
          = sonde_address_map_resolve (g_ptr_array_index (self->maps, i), name, NULL);

      if (found != NULL && found->len > 0)
        return TRUE;
    }
  return FALSE;
}

SondeExit
sonde_errand_load (SondeErrand *self)
{
  const SondeExit loaded = load_entries (self);

  if (loaded != SONDE_EXIT_OK)
    return loaded;
  for (guint i = 0; i < self->options->elfs->len; i++)
    {
      const SondeExit status
          = sonde_errand_load_elf (self, g_ptr_array_index (self->options->elfs, i));

      if (status != SONDE_EXIT_OK || sonde_errand_is_stopped (self))
        return status;
    }
  return SONDE_EXIT_OK;
}

static SondeMemory
memory_of (guint64 address, guint64 size, gpointer user_data)
{
  return sonde_address_map_get_memory (user_data, address, size);
}

/* (transfer full): who runs what, up to what follows from it. */
static char *
dup_difference (SondeDevice *board, SondeAddressMap *map, const SondeVerdict *verdict)
{
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (sonde_address_map_get_table (map));

  if (verdict->proof == SONDE_PROOF_CHECKSUM)
    return g_strdup_printf ("%s: its %s is not that of %s", sonde_device_get_name (board),
                            verdict->section, facts->file);
  return g_strdup_printf ("%s: runs build id %s but %s has %s", sonde_device_get_name (board),
                          sonde_device_get_info (board)->identity.build_id, facts->file,
                          facts->build_id);
}

static void
warn_if_other (SondeErrand *self, SondeDevice *board)
{
  SondeVerdict verdict;
  SondeAddressMap *map = sonde_engine_judge (self->engine, board, &verdict);
  g_autofree char *difference = NULL;

  if (verdict.match != SONDE_MATCH_NO)
    return;
  difference = dup_difference (board, map, &verdict);
  sonde_warn ("%s: values may be wrong; give the ELF that it runs", difference);
}

static void
on_checked (SondeDevice *board, gpointer user_data)
{
  warn_if_other (user_data, board);
}

typedef struct
{
  SondeEngine *engine;
  GPtrArray *boards; /* SondeDevice */
} Checks;

static gboolean
are_checked (gpointer user_data)
{
  const Checks *checks = user_data;
  SondeVerdict verdict;

  for (guint i = 0; i < checks->boards->len; i++)
    {
      sonde_engine_judge (checks->engine, g_ptr_array_index (checks->boards, i), &verdict);
      if (verdict.is_checking)
        return FALSE;
    }
  return TRUE;
}

void
sonde_errand_check_boards (SondeErrand *self, GPtrArray *boards)
{
  Checks checks = { self->engine, boards };

  for (guint i = 0; i < boards->len; i++)
    sonde_engine_check (self->engine, g_ptr_array_index (boards, i));
  sonde_errand_run (self, due_in (CHECK_S), are_checked, &checks);
}

/* A write must know before the first byte; what goes on for long is told when it is known. */
static void
check_board (SondeErrand *self, SondeDevice *board)
{
  g_autoptr (GPtrArray) boards = g_ptr_array_new ();

  g_ptr_array_add (boards, board);
  if (self->options->command == SONDE_COMMAND_SET)
    sonde_errand_check_boards (self, boards);
  if (self->options->command != SONDE_COMMAND_WATCH
      && self->options->command != SONDE_COMMAND_SERVE)
    return;
  sonde_engine_set_match_func (self->engine, on_checked, self);
  sonde_engine_check (self->engine, board);
}

SondeExit
sonde_errand_adopt_board (SondeErrand *self, SondeDevice *board)
{
  SondeVerdict verdict;
  SondeAddressMap *map = NULL;
  g_autofree char *difference = NULL;

  check_board (self, board);
  map = sonde_engine_judge (self->engine, board, &verdict);
  if (map != NULL)
    sonde_device_set_memory_of (board, memory_of, sonde_address_map_ref (map),
                                (GDestroyNotify) sonde_address_map_unref);
  if (verdict.match != SONDE_MATCH_NO || self->options->command != SONDE_COMMAND_SET)
    {
      warn_if_other (self, board);
      return SONDE_EXIT_OK;
    }
  difference = dup_difference (board, map, &verdict);
  return sonde_complain (SONDE_EXIT_REFUSED, "%s: nothing was written; give the ELF that it runs",
                         difference);
}

/* -- listening -- */

static void
start_log (const SondeOptions *options)
{
  const gboolean colour = options->color == SONDE_COLOR_ALWAYS
                          || (options->color == SONDE_COLOR_AUTO && isatty (STDERR_FILENO) == 1
                              && g_getenv ("NO_COLOR") == NULL);

  SondeLogLevel level = SONDE_LOG_WARNING;

  if (options->command == SONDE_COMMAND_LOG || options->quiet)
    return;
  if (options->verbose)
    level = SONDE_LOG_DEBUG;
  else if (options->command == SONDE_COMMAND_SET)
    level = SONDE_LOG_ERROR; /* the warning of a refused write; set tells it itself */
  sonde_log_set_console ((int) level, colour);
}

SondeExit
sonde_errand_listen (SondeErrand *self, SondePortRule rule)
{
  g_autofree char *address = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) taken = NULL;
  guint port = 0;

  if (self->options->listen == NULL)
    sonde_settings_get_listen (self->settings, &address, &port);
  else if (!sonde_server_parse_listen (self->options->listen, &address, &port, &error))
    return sonde_complain_error (SONDE_EXIT_USAGE, error);
  if (!sonde_engine_listen (self->engine, address, port, &taken)
      && (rule == SONDE_PORT_FIXED || self->options->listen != NULL
          || !g_error_matches (taken, SONDE_SERVER_ERROR, SONDE_SERVER_ERROR_TAKEN)
          || !sonde_engine_listen (self->engine, address, 0, &error)))
    return sonde_complain_error (SONDE_EXIT_MACHINE, error != NULL ? error : taken);
  self->is_listening = TRUE;
  url = sonde_errand_dup_url (self);
  fprintf (stderr, "listening on %s\n", url);
  fflush (stderr);
  /* Only now may anything else speak: this line is the first one of stderr. */
  start_log (self->options);
  tell_refused (self);
  if (taken != NULL)
    {
      g_autofree char *holder = sonde_server_dup_port_holder (port);

      sonde_note ("port %u is used by %s; taking a free one", port,
                  holder != NULL ? holder : "another program");
    }
  return SONDE_EXIT_OK;
}

GPtrArray *
sonde_errand_get_boards (SondeErrand *self)
{
  return self->boards;
}

/* -- the end -- */

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_closed = user_data;

  *is_closed = TRUE;
}

SondeExit
sonde_errand_finish (SondeErrand *self, SondeExit status)
{
  g_autoptr (SondeWake) wake = sonde_wake_new (NULL, on_due, NULL);
  const gint64 until_us = sonde_clock_now_us () + CLOSE_US;
  gboolean is_closed = FALSE;
  SondeExit output_status;

  if (self->engine == NULL) /* a command that was stopped has been here before */
    return status;
  tell_refused (self);
  g_ptr_array_set_size (self->boards, 0);
  if (self->is_listening)
    {
      if (!self->options->verbose)
        sonde_log_set_console (-1, FALSE); /* that boards go now is no news */
      sonde_engine_close_async (self->engine, on_closed, &is_closed);
      sonde_wake_at (wake, until_us);
      while (!is_closed && sonde_clock_now_us () < until_us)
        g_main_context_iteration (NULL, TRUE);
    }
  g_clear_pointer (&self->engine, sonde_engine_free);
  for (guint i = 0; i < MAX_LAST_TURNS && g_main_context_iteration (NULL, FALSE); i++)
    continue; /* answers to what was cut off */
  output_status = sonde_output_finish (self->output);
  return output_status != SONDE_EXIT_OK ? output_status : status;
}

/* -- small things -- */

const SondeOptions *
sonde_errand_get_options (SondeErrand *self)
{
  return self->options;
}

GSettings *
sonde_errand_get_settings (SondeErrand *self)
{
  return self->settings;
}

SondeOutput *
sonde_errand_get_output (SondeErrand *self)
{
  return self->output;
}

SondeEngine *
sonde_errand_get_engine (SondeErrand *self)
{
  return self->engine;
}

char *
sonde_errand_dup_url (SondeErrand *self)
{
  return sonde_server_dup_url (sonde_engine_get_server (self->engine));
}
