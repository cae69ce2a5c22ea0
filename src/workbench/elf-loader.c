/* elf-loader.c: one ELF file at a time on its way to becoming an address map */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-symbols"

#include "workbench/elf-loader.h"

#include "symbols/symbol-cage.h"
#include "symbols/symbol-image.h"
#include "workbench/elf-watcher.h"

struct _SondeElfLoader
{
  SondeElfLoaderFunc func;
  gpointer user_data;
  SondeSymbolsState state;
  double fraction;
  char *stage;
  char *error;              /* (nullable) */
  char *path;               /* of the map in use (nullable) */
  char *problem;            /* of its file, while stuck (nullable) */
  SondeSymbolTable *table;  /* in use (nullable) */
  SondeElfWatcher *watcher; /* of that file, else of the one that failed (nullable) */
  SondeElfWatcher *opening; /* of the file that a person opens now (nullable) */
  GCancellable *running;    /* of the load that runs (nullable) */
};

/* What a load needs when it comes back: its owner may be gone by then. */
typedef struct
{
  SondeElfLoader *owner; /* NULL after cancelling */
  GCancellable *cancellable;
} Load;

SondeElfLoader *
sonde_elf_loader_new (SondeElfLoaderFunc func, gpointer user_data)
{
  SondeElfLoader *self = g_new0 (SondeElfLoader, 1);

  self->func = func;
  self->user_data = user_data;
  self->stage = g_strdup ("");
  return self;
}

void
sonde_elf_loader_free (SondeElfLoader *self)
{
  self->func = NULL;
  sonde_elf_loader_cancel (self);
  g_clear_pointer (&self->watcher, sonde_elf_watcher_free);
  g_clear_pointer (&self->table, sonde_symbol_table_unref);
  g_free (self->stage);
  g_free (self->error);
  g_free (self->path);
  g_free (self->problem);
  g_free (self);
}

static void
notify (SondeElfLoader *self, SondeAddressMap *map)
{
  if (self->func != NULL)
    self->func (self, map, self->user_data);
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

/* A cancelled load still reports once; by then its cancellable is the only thing of it that is
 * looked at. */
static gboolean
is_current (Load *load)
{
  return !g_cancellable_is_cancelled (load->cancellable);
}

static void
on_progress (double fraction, const char *stage, gpointer user_data)
{
  Load *load = user_data;

  if (!is_current (load))
    return;
  load->owner->fraction = fraction;
  set_text (&load->owner->stage, stage);
  notify (load->owner, NULL);
}

static void
free_load (Load *load)
{
  g_object_unref (load->cancellable);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, free_load)

static void
start_load (SondeElfLoader *self, const char *path, GAsyncReadyCallback callback)
{
  Load *load = g_new0 (Load, 1);

  self->running = g_cancellable_new ();
  self->fraction = 0;
  set_text (&self->stage, "");
  load->owner = self;
  load->cancellable = g_object_ref (self->running);
  sonde_symbol_cage_load_async (path, on_progress, load, self->running, callback, load);
}

/* Takes @table. */
static void
use_table (SondeElfLoader *self, SondeSymbolTable *table)
{
  g_autoptr (SondeAddressMap) map = sonde_address_map_new (table);

  g_clear_pointer (&self->table, sonde_symbol_table_unref);
  self->table = table;
  self->state = SONDE_SYMBOLS_READY;
  set_text (&self->path, sonde_elf_watcher_get_path (self->watcher));
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_message ("%s: %u variables", self->path, sonde_symbol_table_get_n (table));
  notify (self, map);
}

/* --- after a rebuild
 * -------------------------------------------------------------------------------------------------------
 */

/* A file that was only touched, or built again to the same, is no news to anybody. */
static gboolean
is_same_content (SondeSymbolTable *a, SondeSymbolTable *b)
{
  return g_bytes_equal (sonde_symbol_table_get_image (a)->bytes,
                        sonde_symbol_table_get_image (b)->bytes);
}

static void
on_read_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load_finish (result, &error);
  SondeElfLoader *self = NULL;

  if (!is_current (load))
    return;
  self = load->owner;
  g_clear_object (&self->running);
  if (table == NULL)
    sonde_elf_watcher_reject (self->watcher, error->message);
  else if (sonde_elf_watcher_confirm (self->watcher)
           && (self->table == NULL || !is_same_content (self->table, table)))
    {
      use_table (self, g_steal_pointer (&table));
      return;
    }
  else if (sonde_elf_watcher_get_state (self->watcher) == SONDE_ELF_UNCHANGED)
    g_clear_pointer (&self->problem, g_free);
  notify (self, NULL);
}

static void
take_problem (SondeElfLoader *self)
{
  const char *why = sonde_elf_watcher_get_problem (self->watcher);
  g_autofree char *name = g_path_get_basename (sonde_elf_watcher_get_path (self->watcher));

  g_clear_pointer (&self->problem, g_free);
  if (why == NULL || self->table == NULL)
    return;
  self->problem = g_strdup_printf ("%s: the new build cannot be read: %s; the symbols read before "
                                   "stay in use",
                                   name, why);
  g_warning ("%s", self->problem);
}

static void
on_file_changed (SondeElfWatcher *watcher, gpointer user_data)
{
  SondeElfLoader *self = user_data;
  const SondeElfState state = sonde_elf_watcher_get_state (watcher);

  if (watcher != self->watcher || self->running != NULL)
    return; /* what is opened now counts; it is looked at when that is over */
  if (state == SONDE_ELF_SETTLING && sonde_elf_watcher_get_problem (watcher) == NULL)
    g_message ("%s: changed; waiting for it to settle", sonde_elf_watcher_get_path (watcher));
  take_problem (self);
  if (state == SONDE_ELF_SETTLED)
    start_load (self, sonde_elf_watcher_get_path (watcher), on_read_again);
  notify (self, NULL);
}

/* --- opened by a person
 * ----------------------------------------------------------------------------------------------------
 */

/* A file that failed while nothing else is in use is followed as well: its next build may do. */
static void
take_failure (SondeElfLoader *self, const GError *error)
{
  self->state = SONDE_SYMBOLS_FAILED;
  set_text (&self->error, error->message);
  g_message ("%s", error->message);
  if (self->table == NULL)
    {
      g_clear_pointer (&self->watcher, sonde_elf_watcher_free);
      self->watcher = g_steal_pointer (&self->opening);
    }
  g_clear_pointer (&self->opening, sonde_elf_watcher_free);
}

/* What settled while something else was opened waits no longer. */
static void
go_on_watching (SondeElfLoader *self)
{
  if (self->watcher != NULL && sonde_elf_watcher_get_state (self->watcher) == SONDE_ELF_SETTLED)
    on_file_changed (self->watcher, self);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load_finish (result, &error);
  SondeElfLoader *self = NULL;

  if (!is_current (load))
    return;
  self = load->owner;
  g_clear_object (&self->running);
  if (table == NULL)
    {
      take_failure (self, error);
      notify (self, NULL);
    }
  else
    {
      g_clear_pointer (&self->watcher, sonde_elf_watcher_free);
      self->watcher = g_steal_pointer (&self->opening);
      use_table (self, g_steal_pointer (&table));
    }
  go_on_watching (self);
}

void
sonde_elf_loader_open (SondeElfLoader *self, const char *path)
{
  sonde_elf_loader_cancel (self);
  self->state = SONDE_SYMBOLS_LOADING;
  g_clear_pointer (&self->error, g_free);
  self->opening = sonde_elf_watcher_new (path, on_file_changed, self);
  start_load (self, path, on_loaded);
  notify (self, NULL);
}

void
sonde_elf_loader_cancel (SondeElfLoader *self)
{
  if (self->running == NULL)
    return;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_pointer (&self->opening, sonde_elf_watcher_free);
  self->state = self->table == NULL ? SONDE_SYMBOLS_NONE : SONDE_SYMBOLS_READY;
  if (self->watcher != NULL && sonde_elf_watcher_get_state (self->watcher) == SONDE_ELF_SETTLED)
    sonde_elf_watcher_reject (self->watcher, "reading it was cancelled");
  notify (self, NULL);
}

/* --- asked
 * -------------------------------------------------------------------------------------------------------------
 */

SondeSymbolsState
sonde_elf_loader_get_state (SondeElfLoader *self)
{
  return self->state;
}

double
sonde_elf_loader_get_fraction (SondeElfLoader *self)
{
  return self->fraction;
}

const char *
sonde_elf_loader_get_stage (SondeElfLoader *self)
{
  return self->stage;
}

const char *
sonde_elf_loader_get_error (SondeElfLoader *self)
{
  return self->error;
}

const char *
sonde_elf_loader_get_path (SondeElfLoader *self)
{
  return self->path;
}

SondeRebuild
sonde_elf_loader_get_rebuild (SondeElfLoader *self)
{
  if (self->watcher == NULL || self->table == NULL)
    return SONDE_REBUILD_NONE;
  switch (sonde_elf_watcher_get_state (self->watcher))
    {
    case SONDE_ELF_SETTLING:
      return self->problem != NULL ? SONDE_REBUILD_STUCK : SONDE_REBUILD_SETTLING;
    case SONDE_ELF_SETTLED:
      return SONDE_REBUILD_READING;
    default:
      return SONDE_REBUILD_NONE;
    }
}

const char *
sonde_elf_loader_get_problem (SondeElfLoader *self)
{
  return self->problem;
}

gint64
sonde_elf_loader_get_built_us (SondeElfLoader *self)
{
  return self->table == NULL || self->watcher == NULL
             ? 0
             : sonde_elf_watcher_get_modified_us (self->watcher);
}
