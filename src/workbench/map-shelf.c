/* map-shelf.c: memory maps from CSV files that stand beside the ELF */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-symbols"

#include "workbench/map-shelf.h"

#include <gio/gio.h>

#include "base/file.h"
#include "symbols/map-listing.h"

#define MAX_REFUSED_LINES 50

struct _SondeMapShelf
{
  const SondeMapShelfHandler *handler;
  gpointer user_data;
  SondeMemoryMap *entries;   /* (nullable) */
  GCancellable *cancellable; /* of all that is under way */
};

/* One file on its way in or out. */
typedef struct
{
  char *path;
  GPtrArray *refused;      /* of char*: coming in */
  SondeSymbolTable *table; /* (nullable): going out, as are the next */
  SondeMemoryMap *entries; /* (nullable) */
  SondeMapFormat format;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_ptr_array_unref (job->refused);
  g_clear_pointer (&job->table, sonde_symbol_table_unref);
  g_clear_pointer (&job->entries, sonde_memory_map_unref);
  g_free (job);
}

static Job *
job_new (const char *path)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->refused = g_ptr_array_new_with_free_func (g_free);
  return job;
}

SondeMapShelf *
sonde_map_shelf_new (const SondeMapShelfHandler *handler, gpointer user_data)
{
  SondeMapShelf *self = g_new0 (SondeMapShelf, 1);

  self->handler = handler;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  return self;
}

void
sonde_map_shelf_free (SondeMapShelf *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->entries, sonde_memory_map_unref);
  g_free (self);
}

SondeMemoryMap *
sonde_map_shelf_get_entries (SondeMapShelf *self)
{
  return self->entries;
}

GPtrArray *
sonde_map_shelf_dup_variables (SondeMapShelf *self, SondeAddressMap *map)
{
  SondeMemoryMap *entries = self->entries;
  SondeSymbolTable *table = sonde_address_map_get_table (map);
  GPtrArray *variables = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);

  for (guint i = 0; entries != NULL && i < sonde_memory_map_get_n (entries); i++)
    {
      const SondeMapEntry *entry = sonde_memory_map_get (entries, i);
      g_autoptr (SondeType) one = sonde_map_entry_dup_type (entry);
      g_autoptr (SondeType) type = entry->count > 1 ? sonde_type_new_array (NULL, one, entry->count)
                                                    : sonde_type_ref (one);
      const SondeVariableInfo info = {
        .path = entry->path != NULL ? entry->path : entry->variable,
        .address = entry->address,
        .type = type,
        .byte_order
        = table != NULL ? sonde_symbol_table_get_facts (table)->byte_order : G_LITTLE_ENDIAN,
        .pointer_size = table != NULL ? sonde_symbol_table_get_facts (table)->pointer_size : 4,
        .memory = sonde_address_map_get_memory (map, entry->address, sonde_type_get_size (type)),
        .is_writable = !entry->is_read_only,
        .unit = entry->unit,
      };

      g_ptr_array_add (variables, sonde_variable_new (&info));
    }
  return variables;
}

/* Adds what is not there yet under the same path. (nullable) */
static void
add_missing (SondeMapBuilder *builder, SondeMemoryMap *more)
{
  for (guint i = 0; more != NULL && i < sonde_memory_map_get_n (more); i++)
    sonde_map_builder_add (builder, sonde_memory_map_get (more, i), NULL);
}

gboolean
sonde_map_shelf_add (SondeMapShelf *self, const SondeMapEntry *entry, GError **error)
{
  g_autoptr (SondeMapBuilder) builder = sonde_map_builder_new ();

  add_missing (builder, self->entries);
  if (!sonde_map_builder_add (builder, entry, error))
    return FALSE;
  g_clear_pointer (&self->entries, sonde_memory_map_unref);
  self->entries = sonde_map_builder_end (builder);
  self->handler->changed (self->user_data);
  return TRUE;
}

static SondeMemoryMap *
merge (SondeMemoryMap *first, SondeMemoryMap *second)
{
  g_autoptr (SondeMapBuilder) builder = sonde_map_builder_new ();

  add_missing (builder, first);
  add_missing (builder, second);
  return sonde_map_builder_end (builder);
}

static void
run (SondeMapShelf *self, Job *job, GTaskThreadFunc func, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, callback, self);

  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, func);
}

/* --- coming in
 * ----------------------------------------------------------------------------------------------------------
 */

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  SondeMemoryMap *map = sonde_map_csv_load (job->path, job->refused, NULL, &error);

  if (map == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, map, (GDestroyNotify) sonde_memory_map_unref);
}

static void
log_refused (GPtrArray *refused)
{
  for (guint i = 0; i < MIN (refused->len, MAX_REFUSED_LINES); i++)
    g_message ("%s", (const char *) g_ptr_array_index (refused, i));
  if (refused->len > MAX_REFUSED_LINES)
    g_message ("and %u more rows", refused->len - MAX_REFUSED_LINES);
}

/* (transfer full) */
static char *
dup_summary (const char *name, guint n, guint n_refused)
{
  g_autofree char *names = g_strdup_printf (n == 1 ? "%u name" : "%u names", n);
  g_autofree char *rows = g_strdup_printf (n_refused == 1 ? "%u row" : "%u rows", n_refused);

  return n_refused == 0 ? g_strdup_printf ("%s: %s", name, names)
                        : g_strdup_printf ("%s: %s, %s refused; see the log", name, names, rows);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeMemoryMap) map = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *name = g_path_get_basename (job->path);
  g_autofree char *text = NULL;
  SondeMapShelf *self = user_data;
  SondeMemoryMap *all = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* @self is gone */
  log_refused (job->refused);
  if (map == NULL)
    {
      g_message ("%s", error->message);
      self->handler->say (error->message, self->user_data);
      return;
    }
  all = merge (map, self->entries);
  g_clear_pointer (&self->entries, sonde_memory_map_unref);
  self->entries = all;
  text = dup_summary (name, sonde_memory_map_get_n (map), job->refused->len);
  g_message ("%s", text);
  self->handler->changed (self->user_data);
  self->handler->say (text, self->user_data);
}

void
sonde_map_shelf_open (SondeMapShelf *self, const char *path)
{
  run (self, job_new (path), load_in_thread, on_loaded);
}

/* --- going out
 * ----------------------------------------------------------------------------------------------------------
 */

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (SondeMemoryMap) listing
      = job->table == NULL
            ? NULL
            : sonde_map_listing_new (job->table, SONDE_LISTING_EVERYTHING, job->format);
  g_autoptr (SondeMemoryMap) all = merge (listing, job->entries);
  g_autoptr (GString) text = sonde_map_csv_write (all, job->format);

  if (sonde_file_replace (job->path, text->str, text->len, 0644, &error))
    g_task_return_int (task, (gssize) sonde_memory_map_get_n (all));
  else
    g_task_return_error (task, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  const gssize n = g_task_propagate_int (G_TASK (result), &error);
  g_autofree char *name = g_path_get_basename (job->path);
  g_autofree char *text = NULL;
  SondeMapShelf *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = error != NULL ? g_strdup (error->message)
                       : g_strdup_printf ("%s: %" G_GSSIZE_FORMAT " names written", name, n);
  g_message ("%s", text);
  self->handler->say (text, self->user_data);
}

void
sonde_map_shelf_save (SondeMapShelf *self, SondeSymbolTable *table, const char *path,
                      SondeMapFormat format)
{
  Job *job = job_new (path);

  job->table = table == NULL ? NULL : sonde_symbol_table_ref (table);
  job->entries = self->entries == NULL ? NULL : sonde_memory_map_ref (self->entries);
  job->format = format;
  run (self, job, save_in_thread, on_saved);
}
