/* workbench.c: the whole program without a face */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-workbench"

#include "workbench/workbench.h"

#include <string.h>

#include "workbench/demo-board.h"
#include "workbench/desk.h"
#include "workbench/device-table.h"
#include "workbench/engine-thread.h"
#include "workbench/map-shelf.h"
#include "workbench/settings.h"
#include "workbench/watch-table.h"

#define TICK_MS 33
#define DEVICE_TICKS 3 /* boards are looked at every third tick: 10 a second */

struct _SondeWorkbench
{
  GObject parent_instance;
  GSettings *settings;       /* (nullable) */
  SondeEngineThread *thread; /* NULL after closing */
  SondeDesk *desk;
  SondeOrders *orders;
  SondeElfLoader *loader;
  SondeAddressMap *map; /* (nullable) */
  SondeMapShelf *shelf;
  SondeSymbolList *symbols;
  SondeLogList *logs;
  SondeLogPlaces *places;
  SondeWatchTable *watches;
  SondeDeviceTable *devices;
  char *url; /* (nullable) */
  SondeDemoBoard *demo;
  guint tick;
  guint n_ticks;
  gsize history_bytes, budget_bytes;
};

G_DEFINE_FINAL_TYPE (SondeWorkbench, sonde_workbench, G_TYPE_OBJECT)

enum
{
  SYMBOLS_CHANGED,
  DEVICE_CHANGED,
  TICKED,
  MESSAGE,
  TAP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
say (const char *text, gpointer user_data)
{
  g_signal_emit (user_data, signals[MESSAGE], 0, text);
}

/* --- boards
 * -------------------------------------------------------------------------------------------------------
 */

static void
on_active_device (SondeDeviceRow *row, gboolean is_new, gpointer user_data)
{
  SondeWorkbench *self = user_data;

  if (is_new)
    sonde_watch_table_set_device (self->watches, sonde_device_row_get_name (row));
  g_signal_emit (self, signals[DEVICE_CHANGED], 0, row);
}

static void
take_taps (SondeWorkbench *self)
{
  guint n_dropped = 0;
  g_autoptr (GPtrArray) taps = sonde_desk_take_taps (self->desk, &n_dropped);

  for (guint i = 0; i < taps->len; i++)
    {
      SondeTapNews *tap = g_ptr_array_index (taps, i);

      g_signal_emit (self, signals[TAP], 0, tap->device, tap->is_outgoing, tap->text);
    }
  if (n_dropped > 0)
    {
      g_autofree char *text = g_strdup_printf ("… %u messages more than can be shown", n_dropped);

      g_signal_emit (self, signals[TAP], 0, "", FALSE, text);
    }
}

static gboolean
on_tick (gpointer user_data)
{
  SondeWorkbench *self = user_data;
  g_autoptr (SondeBulletin) bulletin = sonde_desk_take_bulletin (self->desk);
  g_autoptr (GPtrArray) streams = sonde_desk_take_streams (self->desk);

  if (bulletin != NULL)
    {
      if (self->n_ticks++ % DEVICE_TICKS == 0)
        sonde_device_table_take_news (self->devices, bulletin->devices);
      self->history_bytes = bulletin->history_bytes;
      self->budget_bytes = bulletin->budget_bytes;
      sonde_watch_table_take_news (self->watches, bulletin->watches, bulletin->devices);
    }
  sonde_watch_table_take_streams (self->watches, streams);
  take_taps (self);
  sonde_log_list_update (self->logs);
  g_signal_emit (self, signals[TICKED], 0);
  return G_SOURCE_CONTINUE;
}

/* --- symbols
 * ------------------------------------------------------------------------------------------------------
 */

static SondeSymbolTable *
get_table (SondeWorkbench *self)
{
  return self->map == NULL ? NULL : sonde_address_map_get_table (self->map);
}

/* The table of an ELF with the names of the CSV files beside it; either may be missing. */
static void
use_map (SondeWorkbench *self, SondeSymbolTable *table)
{
  SondeAddressMap *map
      = sonde_address_map_new_full (table, sonde_map_shelf_get_entries (self->shelf));
  const gboolean is_new_table = table != get_table (self);
  g_autoptr (GPtrArray) entries = sonde_map_shelf_dup_variables (self->shelf, map);

  sonde_orders_set_map (self->orders, map);
  if (is_new_table)
    sonde_log_places_set_table (self->places, table);
  sonde_symbol_list_set_firmware (self->symbols, table, entries);
  sonde_watch_table_set_map (self->watches, map);
  g_clear_pointer (&self->map, sonde_address_map_unref);
  self->map = map;
}

static void
on_elf_loader (SondeElfLoader *loader, SondeAddressMap *map, gpointer user_data)
{
  SondeWorkbench *self = user_data;

  if (map != NULL)
    use_map (self, sonde_address_map_get_table (map));
  g_signal_emit (self, signals[SYMBOLS_CHANGED], 0);
}

static void
on_shelf_changed (gpointer user_data)
{
  SondeWorkbench *self = user_data;

  use_map (self, get_table (self));
  g_signal_emit (self, signals[SYMBOLS_CHANGED], 0);
}

gboolean
sonde_workbench_add_entry (SondeWorkbench *self, const SondeMapEntry *entry, GError **error)
{
  SondeSymbolTable *table = get_table (self);
  g_autoptr (SondeVariable) other
      = table != NULL ? sonde_symbol_table_dup_by_path (table, entry->variable, NULL) : NULL;

  if (other == NULL)
    return sonde_map_shelf_add (self->shelf, entry, error);
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_NOT_FOUND,
               "%s: the ELF file has a variable of this name; choose another", entry->variable);
  return FALSE;
}

static const SondeMapShelfHandler shelf_handler = { on_shelf_changed, say };

void
sonde_workbench_open_map (SondeWorkbench *self, const char *path)
{
  sonde_map_shelf_open (self->shelf, path);
}

void
sonde_workbench_save_map (SondeWorkbench *self, const char *path, SondeMapFormat format)
{
  sonde_map_shelf_save (self->shelf, get_table (self), path, format);
}

void
sonde_workbench_open_elf (SondeWorkbench *self, const char *path)
{
  sonde_elf_loader_open (self->loader, path);
}

void
sonde_workbench_cancel_open (SondeWorkbench *self)
{
  sonde_elf_loader_cancel (self->loader);
}

SondeSymbolsState
sonde_workbench_get_symbols_state (SondeWorkbench *self)
{
  return sonde_elf_loader_get_state (self->loader);
}

double
sonde_workbench_get_symbols_progress (SondeWorkbench *self)
{
  return sonde_elf_loader_get_fraction (self->loader);
}

const char *
sonde_workbench_get_symbols_stage (SondeWorkbench *self)
{
  return sonde_elf_loader_get_stage (self->loader);
}

const char *
sonde_workbench_get_symbols_error (SondeWorkbench *self)
{
  return sonde_elf_loader_get_error (self->loader);
}

const char *
sonde_workbench_get_elf_path (SondeWorkbench *self)
{
  return sonde_elf_loader_get_path (self->loader);
}

SondeRebuild
sonde_workbench_get_rebuild (SondeWorkbench *self)
{
  return sonde_elf_loader_get_rebuild (self->loader);
}

const char *
sonde_workbench_get_elf_problem (SondeWorkbench *self)
{
  return sonde_elf_loader_get_problem (self->loader);
}

gint64
sonde_workbench_get_built_us (SondeWorkbench *self)
{
  return sonde_elf_loader_get_built_us (self->loader);
}

SondeAddressMap *
sonde_workbench_get_map (SondeWorkbench *self)
{
  return self->map;
}

SondeSymbolList *
sonde_workbench_get_symbol_list (SondeWorkbench *self)
{
  return self->symbols;
}

/* --- life
 * ---------------------------------------------------------------------------------------------------------
 */

static void
open_desk (SondeEngine *engine, gpointer user_data)
{
  sonde_desk_open (user_data, engine);
}

static void
close_desk (SondeEngine *engine, gpointer user_data)
{
  sonde_desk_close (user_data);
}

void
sonde_workbench_close (SondeWorkbench *self)
{
  if (self->thread == NULL)
    return;
  g_clear_handle_id (&self->tick, g_source_remove);
  sonde_orders_close (self->orders);
  sonde_elf_loader_cancel (self->loader);
  sonde_engine_thread_call (self->thread, close_desk, self->desk);
  g_clear_pointer (&self->thread, sonde_engine_thread_free);
  g_clear_pointer (&self->demo, sonde_demo_board_free);
  g_clear_pointer (&self->url, g_free);
}

static void
sonde_workbench_dispose (GObject *object)
{
  sonde_workbench_close (SONDE_WORKBENCH (object));
  G_OBJECT_CLASS (sonde_workbench_parent_class)->dispose (object);
}

static void
sonde_workbench_finalize (GObject *object)
{
  SondeWorkbench *self = SONDE_WORKBENCH (object);

  sonde_elf_loader_free (self->loader);
  sonde_map_shelf_free (self->shelf);
  sonde_watch_table_free (self->watches);
  sonde_orders_free (self->orders);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->map, sonde_address_map_unref);
  g_object_unref (self->symbols);
  g_object_unref (self->logs);
  g_object_unref (self->places);
  sonde_device_table_free (self->devices);
  sonde_desk_unref (self->desk);
  G_OBJECT_CLASS (sonde_workbench_parent_class)->finalize (object);
}

static void
sonde_workbench_class_init (SondeWorkbenchClass *klass)
{
  GType type = SONDE_TYPE_WORKBENCH;

  G_OBJECT_CLASS (klass)->dispose = sonde_workbench_dispose;
  G_OBJECT_CLASS (klass)->finalize = sonde_workbench_finalize;
  signals[SYMBOLS_CHANGED] = g_signal_new ("symbols-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  signals[DEVICE_CHANGED] = g_signal_new ("device-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, SONDE_TYPE_DEVICE_ROW);
  signals[TICKED]
      = g_signal_new ("ticked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TAP] = g_signal_new ("tap", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                               G_TYPE_STRING, G_TYPE_BOOLEAN, G_TYPE_STRING);
}

static void
sonde_workbench_init (SondeWorkbench *self)
{
  self->desk = sonde_desk_new ();
  self->loader = sonde_elf_loader_new (on_elf_loader, self);
  self->shelf = sonde_map_shelf_new (&shelf_handler, self);
  self->symbols = sonde_symbol_list_new ();
  self->logs = sonde_log_list_new ();
  self->places = sonde_log_places_new ();
  self->devices = sonde_device_table_new (on_active_device, self);
}

static void
set_budget (SondeEngine *engine, gpointer user_data)
{
  sonde_trace_store_set_budget (sonde_engine_get_trace_store (engine), *(gsize *) user_data);
}

static void
on_history_changed (SondeWorkbench *self)
{
  gsize *bytes = g_new (gsize, 1);

  *bytes = sonde_settings_get_history_bytes (self->settings);
  if (self->thread != NULL)
    sonde_engine_thread_post (self->thread, set_budget, g_steal_pointer (&bytes), g_free);
  g_free (bytes);
}

static void
on_rate_changed (SondeWorkbench *self)
{
  sonde_watch_table_set_default_rate (self->watches,
                                      sonde_settings_get_watch_rate (self->settings));
}

SondeWorkbench *
sonde_workbench_new (GSettings *settings)
{
  SondeWorkbench *self = g_object_new (SONDE_TYPE_WORKBENCH, NULL);

  g_set_object (&self->settings, settings);
  self->thread = sonde_engine_thread_new (sonde_settings_get_history_bytes (settings));
  self->orders = sonde_orders_new (self->thread, self->desk);
  self->watches = sonde_watch_table_new (self->orders, say, self);
  sonde_engine_thread_post (self->thread, open_desk, self->desk, NULL);
  self->tick = g_timeout_add (TICK_MS, on_tick, self);
  on_rate_changed (self);
  if (settings == NULL)
    return self;
  g_signal_connect_object (settings, "changed::history-mib", G_CALLBACK (on_history_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::watch-rate", G_CALLBACK (on_rate_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

GSettings *
sonde_workbench_get_settings (SondeWorkbench *self)
{
  return self->settings;
}

typedef struct
{
  const char *address;
  guint port;
  char *url;
  GError *error;
} Listening;

static void
listen_there (SondeEngine *engine, gpointer user_data)
{
  Listening *listening = user_data;

  if (sonde_engine_listen (engine, listening->address, listening->port, &listening->error))
    listening->url = sonde_server_dup_url (sonde_engine_get_server (engine));
}

gboolean
sonde_workbench_listen (SondeWorkbench *self, const char *address, guint port, GError **error)
{
  Listening listening = { .address = address, .port = port };

  sonde_engine_thread_call (self->thread, listen_there, &listening);
  if (listening.error != NULL)
    {
      g_propagate_error (error, listening.error);
      return FALSE;
    }
  g_free (self->url);
  self->url = listening.url;
  g_message ("listening on %s", self->url);
  return TRUE;
}

const char *
sonde_workbench_get_url (SondeWorkbench *self)
{
  return self->url;
}

/* --- boards, for the pages
 * ---------------------------------------------------------------------------------------- */

GListModel *
sonde_workbench_get_devices (SondeWorkbench *self)
{
  return sonde_device_table_get_rows (self->devices);
}

SondeDeviceRow *
sonde_workbench_get_active_device (SondeWorkbench *self)
{
  return sonde_device_table_get_active (self->devices);
}

void
sonde_workbench_set_active_device (SondeWorkbench *self, const char *name)
{
  sonde_device_table_choose (self->devices, name);
}

void
sonde_workbench_use_anyway (SondeWorkbench *self, const char *device)
{
  sonde_orders_trust (self->orders, device);
}

void
sonde_workbench_forget_device (SondeWorkbench *self, const char *name)
{
  sonde_orders_forget_device (self->orders, name);
}

void
sonde_workbench_send_text (SondeWorkbench *self, const char *device, const char *text)
{
  sonde_orders_send_text (self->orders, device, text);
}

void
sonde_workbench_tap (SondeWorkbench *self, const char *device, gboolean is_on)
{
  sonde_orders_set_tapped (self->orders, device, is_on);
}

gboolean
sonde_workbench_start_demo (SondeWorkbench *self, GError **error)
{
  g_autofree char *elf = sonde_demo_board_dup_elf ();

  if (self->demo != NULL)
    return TRUE;
  if (self->url == NULL)
    {
      g_set_error (error, SONDE_SERVER_ERROR, SONDE_SERVER_ERROR_TAKEN,
                   "not listening: choose another port first");
      return FALSE;
    }
  self->demo = sonde_demo_board_start (self->url, NULL, error);
  if (self->demo == NULL)
    return FALSE;
  sonde_watch_table_set_demo (self->watches, TRUE);
  sonde_device_table_set_demo (self->devices, TRUE);
  sonde_workbench_open_elf (self, elf);
  return TRUE;
}

/* --- watches, for the pages
 * --------------------------------------------------------------------------------------- */

GListModel *
sonde_workbench_get_watches (SondeWorkbench *self)
{
  return sonde_watch_table_get_rows (self->watches);
}

SondeWatchRow *
sonde_workbench_add_watch (SondeWorkbench *self, const char *path, double rate_hz, GError **error)
{
  return sonde_watch_table_add (self->watches, path, rate_hz, error);
}

SondeWatchRow *
sonde_workbench_lookup_watch (SondeWorkbench *self, const char *path)
{
  return sonde_watch_table_lookup (self->watches, path);
}

void
sonde_workbench_remove_watch (SondeWorkbench *self, SondeWatchRow *row)
{
  sonde_watch_table_remove (self->watches, row);
}

void
sonde_workbench_move_watch (SondeWorkbench *self, SondeWatchRow *row, guint position)
{
  sonde_watch_table_move (self->watches, row, position);
}

void
sonde_workbench_set_watch_rate (SondeWorkbench *self, SondeWatchRow *row, double rate_hz)
{
  sonde_watch_row_set_asked_hz (row, rate_hz);
}

void
sonde_workbench_reset_extremes (SondeWorkbench *self, SondeWatchRow *row)
{
  sonde_watch_table_reset_extremes (self->watches, row);
}

gboolean
sonde_workbench_write (SondeWorkbench *self, SondeWatchRow *row, const char *text, GError **error)
{
  return sonde_watch_table_write (self->watches, row, text, error);
}

char *
sonde_workbench_paste (SondeWorkbench *self, const char *text)
{
  return sonde_watch_table_paste (self->watches, text);
}

SondeLogList *
sonde_workbench_get_log_list (SondeWorkbench *self)
{
  return self->logs;
}

SondeLogPlaces *
sonde_workbench_get_log_places (SondeWorkbench *self)
{
  return self->places;
}

gsize
sonde_workbench_get_history (SondeWorkbench *self, gsize *budget_bytes)
{
  *budget_bytes = self->budget_bytes;
  return self->history_bytes;
}
