/* elf-loader.c: one ELF file at a time on its way to becoming an address map */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-symbols"

#include "workbench/elf-loader.h"

#include "symbols/symbol-cage.h"

struct _SondeElfLoader
{
  SondeElfLoaderFunc func;
  gpointer user_data;
  SondeSymbolsState state;
  double fraction;
  char *stage;
  char *error;           /* (nullable) */
  char *path;            /* of the map in use (nullable) */
  GCancellable *running; /* of the load that runs (nullable) */
};

/* What a load needs when it comes back: its owner may be gone by then. */
typedef struct
{
  SondeElfLoader *owner; /* NULL after cancelling */
  GCancellable *cancellable;
  char *path;
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
  g_free (self->stage);
  g_free (self->error);
  g_free (self->path);
  g_free (self);
}

static void
notify (SondeElfLoader *self, SondeAddressMap *map)
{
  if (self->func != NULL)
    self->func (self, map, self->user_data);
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
  g_free (load->owner->stage);
  load->owner->stage = g_strdup (stage);
  notify (load->owner, NULL);
}

static void
free_load (Load *load)
{
  g_object_unref (load->cancellable);
  g_free (load->path);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, free_load)

static void
take_failure (SondeElfLoader *self, const GError *error)
{
  self->state = SONDE_SYMBOLS_FAILED;
  g_free (self->error);
  self->error = g_strdup (error->message);
  g_message ("%s", error->message);
  notify (self, NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load_finish (result, &error);
  g_autoptr (SondeAddressMap) map = NULL;
  SondeElfLoader *self = NULL;

  if (!is_current (load))
    return;
  self = load->owner;
  g_clear_object (&self->running);
  if (table == NULL)
    {
      take_failure (self, error);
      return;
    }
  map = sonde_address_map_new (table);
  self->state = SONDE_SYMBOLS_READY;
  g_free (self->path);
  self->path = g_strdup (load->path);
  g_message ("%s: %u variables", self->path, sonde_symbol_table_get_n (table));
  notify (self, map);
}

void
sonde_elf_loader_open (SondeElfLoader *self, const char *path)
{
  Load *load = g_new0 (Load, 1);

  sonde_elf_loader_cancel (self);
  self->running = g_cancellable_new ();
  self->state = SONDE_SYMBOLS_LOADING;
  self->fraction = 0;
  g_clear_pointer (&self->error, g_free);
  load->owner = self;
  load->cancellable = g_object_ref (self->running);
  load->path = g_strdup (path);
  sonde_symbol_cage_load_async (path, on_progress, load, self->running, on_loaded, load);
  notify (self, NULL);
}

void
sonde_elf_loader_cancel (SondeElfLoader *self)
{
  if (self->running == NULL)
    return;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  self->state = self->path == NULL ? SONDE_SYMBOLS_NONE : SONDE_SYMBOLS_READY;
  notify (self, NULL);
}

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
