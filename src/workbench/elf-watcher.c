/* elf-watcher.c: sees that a linker writes an ELF file anew, and when it is done */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-symbols"

#include "workbench/elf-watcher.h"

#include <gio/gio.h>

#include "base/clock.h"
#include "workbench/file-stamp.h"

#define LOOK_US G_USEC_PER_SEC /* how often without any news of the folder */
#define QUIET_US (500 * 1000)  /* so long nothing may have happened to it */
#define STUCK_US (60 * G_USEC_PER_SEC)

struct _SondeElfWatcher
{
  char *path;
  SondeElfWatcherFunc func;
  gpointer user_data;
  GFileMonitor *monitor; /* of its folder (nullable) */
  SondeWake *wake;
  GCancellable *looking; /* the worker that asks the disk (nullable) */
  SondeElfState state;
  SondeFileStamp taken;
  SondeFileStamp newest; /* as it was seen last, for how long already */
  gint64 newest_us;
  SondeFileStamp rejected; /* not to be tried again */
  gint64 settling_us;      /* since when */
  char *why;               /* it is not settled (nullable) */
  gboolean is_stuck;
};

/* What goes to the worker and comes back. */
typedef struct
{
  char *path;
  gboolean is_to_check;
  SondeFileStamp stamp;
  char *why; /* it is no whole ELF; of a check */
} Look;

static void
free_look (gpointer data)
{
  Look *look = data;

  g_free (look->path);
  g_free (look->why);
  g_free (look);
}

/* Settling counts from the first change; whatever ends it ends its problem too. */
static void
enter (SondeElfWatcher *self, SondeElfState state)
{
  if (state == SONDE_ELF_SETTLING && self->state != SONDE_ELF_SETTLING)
    self->settling_us = sonde_clock_now_us ();
  if (state != SONDE_ELF_SETTLING)
    {
      g_clear_pointer (&self->why, g_free);
      self->is_stuck = FALSE;
    }
  self->state = state;
}

static void start_look (SondeElfWatcher *self, gboolean is_to_check);

static void
look_in (SondeElfWatcher *self, gint64 wait_us)
{
  sonde_wake_at (self->wake, sonde_clock_now_us () + wait_us);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;

  sonde_file_stamp_take (&look->stamp, look->path);
  if (look->is_to_check)
    look->why = sonde_file_stamp_why_no_elf (look->path);
  g_task_return_boolean (task, TRUE);
}

static gboolean
may_be_tried (SondeElfWatcher *self)
{
  return !self->rejected.exists || !sonde_file_stamp_equal (&self->newest, &self->rejected);
}

/* It has been quiet for long enough. Returns: whether it settled with that. */
static gboolean
take_check (SondeElfWatcher *self, const Look *look)
{
  if (!may_be_tried (self))
    return FALSE;
  g_free (self->why);
  self->why = g_strdup (look->why);
  if (look->why == NULL)
    enter (self, SONDE_ELF_SETTLED);
  return look->why == NULL;
}

/* Returns: whether there is news. */
static gboolean
take_change (SondeElfWatcher *self, const Look *look)
{
  const gint64 now_us = sonde_clock_now_us ();
  const gboolean is_first = self->state != SONDE_ELF_SETTLING;
  gboolean is_stuck_now = FALSE;

  if (is_first)
    enter (self, SONDE_ELF_SETTLING);
  if (is_first || !sonde_file_stamp_equal (&look->stamp, &self->newest))
    {
      self->newest = look->stamp;
      self->newest_us = now_us;
    }
  else if (now_us - self->newest_us >= QUIET_US && !look->is_to_check)
    {
      start_look (self, TRUE);
      return FALSE;
    }
  else if (look->is_to_check && take_check (self, look))
    return TRUE;
  is_stuck_now = !self->is_stuck && now_us - self->settling_us >= STUCK_US;
  self->is_stuck |= is_stuck_now;
  look_in (self, self->is_stuck ? LOOK_US : QUIET_US / 2);
  return is_first || is_stuck_now;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeElfWatcher *self = user_data;
  const Look *look = g_task_get_task_data (G_TASK (result));
  gboolean is_news = FALSE;

  /* Freed, or confirmed: @self may be gone. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->looking);
  if (sonde_file_stamp_equal (&look->stamp, &self->taken))
    {
      is_news = self->state != SONDE_ELF_UNCHANGED;
      enter (self, SONDE_ELF_UNCHANGED);
      look_in (self, LOOK_US);
    }
  else
    is_news = take_change (self, look);
  if (is_news)
    self->func (self, self->user_data);
}

static void
start_look (SondeElfWatcher *self, gboolean is_to_check)
{
  g_autoptr (GTask) task = NULL;
  Look *look = NULL;

  if (self->looking != NULL || self->state == SONDE_ELF_SETTLED)
    return;
  self->looking = g_cancellable_new ();
  look = g_new0 (Look, 1);
  look->path = g_strdup (self->path);
  look->is_to_check = is_to_check;
  task = g_task_new (NULL, self->looking, on_looked, self);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, look, free_look);
  g_task_run_in_thread (task, look_in_thread);
}

static void
on_wake (gpointer user_data)
{
  start_look (user_data, FALSE);
}

static gboolean
is_ours (SondeElfWatcher *self, GFile *file)
{
  g_autofree char *name = file == NULL ? NULL : g_file_get_basename (file);
  g_autofree char *own = g_path_get_basename (self->path);

  return g_strcmp0 (name, own) == 0;
}

static void
on_folder_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                   gpointer user_data)
{
  SondeElfWatcher *self = user_data;

  if (is_ours (self, file) || is_ours (self, other))
    start_look (self, FALSE);
}

SondeElfWatcher *
sonde_elf_watcher_new (const char *path, SondeElfWatcherFunc func, gpointer user_data)
{
  SondeElfWatcher *self = g_new0 (SondeElfWatcher, 1);
  g_autofree char *folder_path = g_path_get_dirname (path);
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);

  self->path = g_strdup (path);
  self->func = func;
  self->user_data = user_data;
  self->wake = sonde_wake_new (NULL, on_wake, self);
  sonde_file_stamp_take (&self->taken, path);
  /* Without it the looks once a second are enough. */
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_folder_changed), self);
  look_in (self, LOOK_US);
  return self;
}

static void
stop_looking (SondeElfWatcher *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

void
sonde_elf_watcher_free (SondeElfWatcher *self)
{
  stop_looking (self);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  sonde_wake_free (self->wake);
  g_free (self->why);
  g_free (self->path);
  g_free (self);
}

const char *
sonde_elf_watcher_get_path (SondeElfWatcher *self)
{
  return self->path;
}

SondeElfState
sonde_elf_watcher_get_state (SondeElfWatcher *self)
{
  return self->state;
}

const char *
sonde_elf_watcher_get_problem (SondeElfWatcher *self)
{
  if (!self->is_stuck)
    return NULL;
  return self->why != NULL ? self->why : "it changes without end";
}

gint64
sonde_elf_watcher_get_modified_us (SondeElfWatcher *self)
{
  return self->taken.exists ? self->taken.modified_ns / 1000 : 0;
}

/* The time since the first change goes on: a file that is written all the time never settles. */
static void
settle_again (SondeElfWatcher *self)
{
  const gint64 since_us = self->settling_us;

  enter (self, SONDE_ELF_SETTLING);
  self->settling_us = since_us;
  self->newest_us = sonde_clock_now_us ();
  look_in (self, QUIET_US / 2);
}

gboolean
sonde_elf_watcher_confirm (SondeElfWatcher *self)
{
  SondeFileStamp now;

  stop_looking (self);
  sonde_file_stamp_take (&now, self->path);
  if (!sonde_file_stamp_equal (&now, &self->newest))
    {
      self->newest = now;
      settle_again (self);
      return FALSE;
    }
  self->taken = now;
  enter (self, SONDE_ELF_UNCHANGED);
  look_in (self, LOOK_US);
  return TRUE;
}

void
sonde_elf_watcher_reject (SondeElfWatcher *self, const char *why)
{
  self->rejected = self->newest;
  settle_again (self);
  g_free (self->why);
  self->why = g_strdup (why);
}
