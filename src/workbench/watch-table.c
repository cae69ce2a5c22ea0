/* watch-table.c: the rows of the watch table and their way to the engine */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-watch"

#include "workbench/watch-table.h"

#include <string.h>

#include "base/clock.h"
#include "types/entry.h"
#include "workbench/demo-board.h"
#include "workbench/map-changes.h"
#include "workbench/stream-book.h"

struct _SondeWatchTable
{
  SondeOrders *orders; /* borrowed */
  SondeSayFunc say;
  gpointer user_data;
  GListStore *rows;
  GHashTable
      *polled; /* id -> SondeWatchRow, weak: leaves that are polled, members of opened rows too */
  SondeStreamBook *streams;
  SondeAddressMap *map; /* (nullable) */
  char *device;         /* active board, "" none */
  gboolean is_demo;
  double default_hz;
  GArray *devices; /* SondeDeviceFacts of the newest round (nullable) */
};

/* --- what rows ask of their host
 * ---------------------------------------------------------------------------------- */

static void
start_row (gpointer host, SondeWatchRow *row)
{
  SondeWatchTable *self = host;
  guint id = sonde_watch_row_get_id (row);
  const char *device = sonde_watch_row_get_device (row);
  SondeVariable *variable = sonde_watch_row_get_variable (row);

  g_hash_table_insert (self->polled, GUINT_TO_POINTER (id), row);
  if (sonde_watch_row_is_stream (row))
    sonde_orders_put_stream (self->orders, id, device, sonde_variable_get_path (variable));
  else
    sonde_orders_put_watch (self->orders, id, device, variable, sonde_watch_row_get_asked_hz (row));
}

static void
rest_row (gpointer host, SondeWatchRow *row)
{
  SondeWatchTable *self = host;
  guint id = sonde_watch_row_get_id (row);

  g_hash_table_remove (self->polled, GUINT_TO_POINTER (id));
  sonde_orders_rest_watch (self->orders, id);
}

static void
stop_row (gpointer host, SondeWatchRow *row)
{
  SondeWatchTable *self = host;
  guint id = sonde_watch_row_get_id (row);

  g_hash_table_remove (self->polled, GUINT_TO_POINTER (id));
  sonde_orders_drop_watch (self->orders, id);
}

static const SondeWatchHost host = { start_row, rest_row, stop_row };

/* --- life
 * ---------------------------------------------------------------------------------------------------------
 */

SondeWatchTable *
sonde_watch_table_new (SondeOrders *orders, SondeSayFunc say, gpointer user_data)
{
  SondeWatchTable *self = g_new0 (SondeWatchTable, 1);

  self->orders = orders;
  self->say = say;
  self->user_data = user_data;
  self->rows = g_list_store_new (SONDE_TYPE_WATCH_ROW);
  self->polled = g_hash_table_new (NULL, NULL);
  self->streams = sonde_stream_book_new ();
  self->device = g_strdup ("");
  return self;
}

static SondeWatchRow *
peek_row (SondeWatchTable *self, guint index)
{
  g_autoptr (SondeWatchRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), index);

  return row; /* the list holds it */
}

static guint
count_rows (SondeWatchTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

void
sonde_watch_table_free (SondeWatchTable *self)
{
  for (guint i = 0; i < count_rows (self); i++)
    sonde_watch_row_detach (peek_row (self, i));
  g_object_unref (self->rows);
  g_hash_table_unref (self->polled);
  sonde_stream_book_free (self->streams);
  g_clear_pointer (&self->devices, g_array_unref);
  g_clear_pointer (&self->map, sonde_address_map_unref);
  g_free (self->device);
  g_free (self);
}

void
sonde_watch_table_set_default_rate (SondeWatchTable *self, double rate_hz)
{
  self->default_hz = rate_hz;
}

GListModel *
sonde_watch_table_get_rows (SondeWatchTable *self)
{
  return G_LIST_MODEL (self->rows);
}

/* --- rows
 * ---------------------------------------------------------------------------------------------------------
 */

SondeWatchRow *
sonde_watch_table_lookup (SondeWatchTable *self, const char *path)
{
  SondeWatchRow *other = NULL;

  for (guint i = 0; i < count_rows (self); i++)
    {
      SondeWatchRow *row = peek_row (self, i);

      if (strcmp (sonde_watch_row_get_path (row), path) != 0)
        continue;
      if (strcmp (sonde_watch_row_get_device (row), self->device) == 0)
        return row;
      if (sonde_watch_row_get_device (row)[0] == '\0')
        other = row;
    }
  return other;
}

static void
set_demo_unit (SondeWatchTable *self, SondeWatchRow *row)
{
  const char *unit
      = self->is_demo ? sonde_demo_board_get_unit (sonde_watch_row_get_path (row)) : NULL;

  if (unit != NULL && sonde_watch_row_get_unit (row)[0] == '\0')
    sonde_watch_row_set_unit (row, unit);
}

static void
take_board (SondeWatchTable *self, SondeWatchRow *row)
{
  SondeWatchBoard board = { FALSE, FALSE };

  for (guint i = 0; self->devices != NULL && i < self->devices->len; i++)
    {
      SondeDeviceFacts *facts = &g_array_index (self->devices, SondeDeviceFacts, i);

      if (strcmp (facts->name, sonde_watch_row_get_device (row)) != 0)
        continue;
      board.is_connected = facts->state != SONDE_DEVICE_LOST;
      board.is_other_firmware = facts->match == SONDE_MATCH_NO && !facts->verdict.is_trusted;
    }
  sonde_watch_row_take_board (row, &board);
}

static void
append_stream (SondeWatchTable *self, const char *device, SondeVariable *stream)
{
  g_autoptr (SondeWatchRow) row
      = sonde_watch_row_new (&host, self, sonde_variable_get_path (stream), 0);

  sonde_watch_row_set_device (row, device);
  sonde_watch_row_set_stream (row, stream);
  take_board (self, row);
  g_list_store_append (self->rows, row);
}

static SondeWatchRow *
append_row (SondeWatchTable *self, const char *path, SondeVariable *variable, double rate_hz)
{
  SondeWatchRow *old = sonde_watch_table_lookup (self, path);
  g_autoptr (SondeWatchRow) row = NULL;

  if (old != NULL)
    return old;
  row = sonde_watch_row_new (&host, self, path, rate_hz > 0 ? rate_hz : self->default_hz);
  sonde_watch_row_set_device (row, self->device);
  if (variable != NULL)
    sonde_watch_row_set_variable (row, variable, NULL);
  set_demo_unit (self, row);
  take_board (self, row);
  g_list_store_append (self->rows, row);
  return row;
}

static SondeWatchRow *
lookup_row_of (SondeWatchTable *self, const char *device, const char *path)
{
  for (guint i = 0; i < count_rows (self); i++)
    {
      SondeWatchRow *row = peek_row (self, i);
      const char *name = sonde_watch_row_get_device (row);

      if (strcmp (sonde_watch_row_get_path (row), path) == 0
          && (name[0] == '\0' || strcmp (name, device) == 0))
        return row;
    }
  return NULL;
}

/* A row that waits for what the board pushes gets it; one that reads the firmware's variable of
 * that name goes on doing so. */
static void
show_stream (SondeWatchTable *self, const char *device, SondeVariable *stream)
{
  SondeWatchRow *row = lookup_row_of (self, device, sonde_variable_get_path (stream));

  if (row == NULL)
    append_stream (self, device, stream);
  else if (sonde_watch_row_get_variable (row) == NULL)
    {
      sonde_watch_row_set_device (row, device);
      sonde_watch_row_set_stream (row, stream);
    }
}

static guint
count_streams (SondeWatchTable *self, const char *device)
{
  guint n = 0;

  for (guint i = 0; i < count_rows (self); i++)
    {
      SondeWatchRow *row = peek_row (self, i);

      n += sonde_watch_row_is_stream (row)
           && strcmp (sonde_watch_row_get_device (row), device) == 0;
    }
  return n;
}

void
sonde_watch_table_take_streams (SondeWatchTable *self, GPtrArray *streams)
{
  const gint64 now_us = sonde_clock_now_us ();

  for (guint i = 0; i < streams->len; i++)
    {
      const SondeStreamNews *news = g_ptr_array_index (streams, i);
      const char *path = sonde_variable_get_path (news->variable);

      sonde_stream_book_add (self->streams, news->device, news->variable);
      if (lookup_row_of (self, news->device, path) != NULL
          || count_streams (self, news->device) < SONDE_STREAM_ROWS_MAX)
        show_stream (self, news->device, news->variable);
      else
        sonde_stream_book_count_hidden (self->streams, news->device, now_us);
    }
  sonde_stream_book_tell_hidden (self->streams, now_us);
}

SondeWatchRow *
sonde_watch_table_add (SondeWatchTable *self, const char *path, double rate_hz, GError **error)
{
  SondeVariable *stream = sonde_stream_book_lookup (self->streams, self->device, path);
  g_autoptr (GPtrArray) variables = NULL;
  SondeWatchRow *first = sonde_watch_table_lookup (self, path);

  if (first != NULL && sonde_watch_row_is_stream (first))
    return first;
  first = NULL;
  if (self->map != NULL)
    variables = sonde_address_map_resolve (self->map, path, stream == NULL ? error : NULL);
  if (variables == NULL && stream != NULL)
    {
      show_stream (self, self->device, stream);
      return sonde_watch_table_lookup (self, path);
    }
  if (self->map == NULL)
    return append_row (self, path, NULL, rate_hz);
  if (variables == NULL)
    return NULL;
  for (guint i = 0; i < variables->len; i++)
    {
      SondeVariable *variable = g_ptr_array_index (variables, i);
      SondeWatchRow *row = append_row (self, sonde_variable_get_path (variable), variable, rate_hz);

      if (first == NULL)
        first = row;
    }
  return first;
}

void
sonde_watch_table_remove (SondeWatchTable *self, SondeWatchRow *row)
{
  guint position = 0;

  sonde_watch_row_detach (row);
  if (g_list_store_find (self->rows, row, &position))
    g_list_store_remove (self->rows, position);
}

void
sonde_watch_table_move (SondeWatchTable *self, SondeWatchRow *row, guint position)
{
  g_autoptr (SondeWatchRow) held = g_object_ref (row);
  guint from = 0;

  if (!g_list_store_find (self->rows, row, &from) || from == position)
    return;
  g_list_store_remove (self->rows, from);
  g_list_store_insert (self->rows, MIN (position, count_rows (self)), held);
}

void
sonde_watch_table_reset_extremes (SondeWatchTable *self, SondeWatchRow *row)
{
  sonde_orders_reset_extremes (self->orders, row == NULL ? 0 : sonde_watch_row_get_id (row));
}

void
sonde_watch_table_set_device (SondeWatchTable *self, const char *name)
{
  g_free (self->device);
  self->device = g_strdup (name == NULL ? "" : name);
  for (guint i = 0; i < count_rows (self); i++)
    if (sonde_watch_row_get_device (peek_row (self, i))[0] == '\0')
      sonde_watch_row_set_device (peek_row (self, i), self->device);
}

void
sonde_watch_table_set_demo (SondeWatchTable *self, gboolean is_demo)
{
  self->is_demo = is_demo;
  for (guint i = 0; i < count_rows (self); i++)
    set_demo_unit (self, peek_row (self, i));
}

/* --- another ELF
 * --------------------------------------------------------------------------------------------------
 */

static void
resolve_row (SondeWatchTable *self, SondeWatchRow *row, SondeMapChanges *changes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) variables = NULL;
  SondeVariable *variable = NULL, *old = NULL;
  const char *why = NULL;

  if (sonde_watch_row_is_stream (row))
    return;
  variables = sonde_address_map_resolve (self->map, sonde_watch_row_get_path (row), &error);
  if (variables != NULL && variables->len > 0)
    variable = g_ptr_array_index (variables, 0);
  why = error == NULL ? "not in this ELF" : error->message;
  old = sonde_watch_row_get_variable (row);
  if (old != NULL)
    sonde_map_changes_add (changes, sonde_watch_row_get_path (row), old, variable, why);
  else if (variable != NULL && sonde_watch_row_was_found (row))
    sonde_map_changes_add_back (changes, sonde_watch_row_get_path (row), variable);
  sonde_watch_row_set_variable (row, variable, why);
}

void
sonde_watch_table_set_map (SondeWatchTable *self, SondeAddressMap *map)
{
  g_autoptr (SondeMapChanges) changes = sonde_map_changes_new ();
  g_autofree char *text = NULL;
  char **lines = NULL;

  g_clear_pointer (&self->map, sonde_address_map_unref);
  self->map = sonde_address_map_ref (map);
  for (guint i = 0; i < count_rows (self); i++)
    resolve_row (self, peek_row (self, i), changes);
  text = sonde_map_changes_dup_text (changes);
  if (text == NULL)
    return;
  g_message ("%s", text);
  for (lines = sonde_map_changes_get_lines (changes); *lines != NULL; lines++)
    g_message ("%s", *lines);
  self->say (text, self->user_data);
}

/* --- news
 * ---------------------------------------------------------------------------------------------------------
 */

/* News that were on their way when another ELF moved the row are of the old address. */
static gboolean
is_of_row (const SondeWatchNews *news, SondeWatchRow *row)
{
  return sonde_watch_row_is_stream (row) || news->variable == sonde_watch_row_get_variable (row);
}

void
sonde_watch_table_take_news (SondeWatchTable *self, GArray *watches, GArray *devices)
{
  g_array_ref (devices);
  g_clear_pointer (&self->devices, g_array_unref);
  self->devices = devices;
  for (guint i = 0; i < watches->len; i++)
    {
      SondeWatchNews *news = &g_array_index (watches, SondeWatchNews, i);
      SondeWatchRow *row = g_hash_table_lookup (self->polled, GUINT_TO_POINTER (news->id));

      if (row != NULL && is_of_row (news, row))
        sonde_watch_row_take_news (row, &news->state, news->trace, news->text);
    }
  for (guint i = 0; i < count_rows (self); i++)
    take_board (self, peek_row (self, i));
}

/* --- writing
 * ------------------------------------------------------------------------------------------------------
 */

static void
on_written (guint id, GBytes *read_back, const GError *error, gpointer user_data)
{
  g_autoptr (SondeWatchRow) row = user_data;
  const char *path = sonde_watch_row_get_path (row);

  if (error != NULL)
    g_message ("%s: not written: %s", path, error->message);
  else
    g_message ("%s: written", path);
  sonde_watch_row_take_written (row, read_back, error == NULL ? NULL : error->message);
}

gboolean
sonde_watch_table_write (SondeWatchTable *self, SondeWatchRow *row, const char *text,
                         GError **error)
{
  const char *why = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!sonde_watch_row_is_editable (row, &why))
    {
      g_set_error (error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_READ_ONLY, "%s", why);
      return FALSE;
    }
  bytes = sonde_entry_to_bytes (sonde_watch_row_get_variable (row), text, error);
  if (bytes == NULL)
    return FALSE;
  sonde_watch_row_take_pending (row, text);
  g_message ("%s: writing %s to %s", sonde_watch_row_get_path (row), text,
             sonde_watch_row_get_device (row));
  sonde_orders_write (self->orders, sonde_watch_row_get_id (row), bytes, on_written,
                      G_OBJECT (row));
  return TRUE;
}

static gboolean
paste_line (SondeWatchTable *self, const char *line, GError **error)
{
  g_autofree char *path = g_strdup (line);
  char *equals = strchr (path, '=');
  SondeWatchRow *row = NULL;

  if (equals != NULL)
    *equals = '\0';
  row = sonde_watch_table_add (self, g_strstrip (path), 0, error);
  if (row == NULL)
    return FALSE;
  return equals == NULL || sonde_watch_table_write (self, row, g_strstrip (equals + 1), error);
}

char *
sonde_watch_table_paste (SondeWatchTable *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  g_autoptr (GString) refused = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (g_strstrip (lines[i])[0] != '\0' && !paste_line (self, lines[i], &error))
        g_string_append_printf (refused, "%s%s", refused->len > 0 ? "\n" : "", error->message);
    }
  return refused->len == 0 ? NULL : g_string_free (g_steal_pointer (&refused), FALSE);
}
