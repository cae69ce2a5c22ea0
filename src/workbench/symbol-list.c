/* symbol-list.c: the symbol browser's rows: roots of the table, or what was asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/symbol-list.h"

/* Nobody reads further down a ranked list. */
#define MAX_HITS 2000
/* A memory map of everything would push the file's own rows away. */
#define MAX_ENTRIES_FOUND 50

struct _SondeSymbolList
{
  GObject parent_instance;
  SondeSymbolTable *table; /* (nullable) */
  GPtrArray *entries;      /* SondeVariable, by hand (nullable) */
  SondeSymbolIndex *index; /* (nullable) until its worker is done */
  SondeSymbolQuery *query; /* what is asked */
  gboolean is_active;
  gboolean is_running; /* a worker is at a query */
  guint generation;    /* of the newest query or table: older results are dropped */

  /* What is shown */
  GPtrArray *top; /* SondeSymbolRow, before all others */
  GArray *ids;    /* guint32, numbers of shown_index; NULL: the roots of the table */
  SondeSymbolIndex *shown_index;
  char *shown_text;
  guint n_shown, n_found;
  guint n_tables;    /* so far */
  guint shown_table; /* n_tables when the rows were shown */
};

static GType
get_item_type (GListModel *model)
{
  return SONDE_TYPE_SYMBOL_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return SONDE_SYMBOL_LIST (model)->n_shown;
}

static gpointer
make_row (SondeSymbolList *self, guint id)
{
  SondeSymbolTable *table = sonde_symbol_index_get_table (self->shown_index);
  SondeSymbolItem item;
  SondeSymbolEntry entry;
  guint64 match = 0;

  sonde_symbol_index_get_item (self->shown_index, id, &item);
  if (self->shown_text[0] != '\0')
    sonde_symbol_match (self->shown_text, item.path, &match);
  if (item.is_function)
    return sonde_symbol_row_new_function (table, &item, match);
  sonde_symbol_search_get_entry (sonde_symbol_index_get_search (self->shown_index), id, &entry);
  return sonde_symbol_row_new (table, entry.root,
                               sonde_symbol_index_dup_variable (self->shown_index, id), match);
}

static gpointer
get_item (GListModel *model, guint position)
{
  SondeSymbolList *self = SONDE_SYMBOL_LIST (model);

  if (position >= self->n_shown)
    return NULL;
  if (position < self->top->len)
    return g_object_ref (g_ptr_array_index (self->top, position));
  position -= self->top->len;
  if (self->ids != NULL)
    return make_row (self, g_array_index (self->ids, guint32, position));
  return sonde_symbol_row_new (self->table, position,
                               sonde_symbol_table_dup_variable (self->table, position), 0);
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeSymbolList, sonde_symbol_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static guint searched_signal, indexed_signal;

static void
sonde_symbol_list_finalize (GObject *object)
{
  SondeSymbolList *self = SONDE_SYMBOL_LIST (object);

  g_clear_pointer (&self->table, sonde_symbol_table_unref);
  g_clear_pointer (&self->index, sonde_symbol_index_unref);
  g_clear_pointer (&self->shown_index, sonde_symbol_index_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_ptr_array_unref (self->top);
  g_clear_pointer (&self->query, sonde_symbol_query_free);
  g_free (self->shown_text);
  G_OBJECT_CLASS (sonde_symbol_list_parent_class)->finalize (object);
}

static void
sonde_symbol_list_class_init (SondeSymbolListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_symbol_list_finalize;
  searched_signal = g_signal_new ("searched", SONDE_TYPE_SYMBOL_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  indexed_signal = g_signal_new ("indexed", SONDE_TYPE_SYMBOL_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_symbol_list_init (SondeSymbolList *self)
{
  const SondeSymbolQuery query = { .text = "", .set = SONDE_SYMBOLS_DATA, .max_hits = MAX_HITS };

  self->query = sonde_symbol_query_copy (&query);
  self->shown_text = g_strdup ("");
  self->top = g_ptr_array_new_with_free_func (g_object_unref);
  self->is_active = TRUE;
}

SondeSymbolList *
sonde_symbol_list_new (void)
{
  return g_object_new (SONDE_TYPE_SYMBOL_LIST, NULL);
}

/* --- What is shown ---------------------------------------------------------------------------- */

/* The roots of a table need neither index nor worker. */
static gboolean
wants_roots (const SondeSymbolQuery *query)
{
  return query->text[0] == '\0' && query->set == SONDE_SYMBOLS_DATA && !query->is_flat
         && query->column == SONDE_SYMBOL_COLUMN_NONE && !sonde_symbol_query_is_filtered (query);
}

/* What was added by hand: a group, or the rows that a search finds. Filters are about the file. */
static void
place_entries (SondeSymbolList *self)
{
  const char *text = self->shown_text;

  g_ptr_array_set_size (self->top, 0);
  if (self->entries == NULL || self->entries->len == 0 || !self->is_active
      || self->query->set == SONDE_SYMBOLS_FUNCTIONS)
    return;
  if (text[0] == '\0')
    {
      g_ptr_array_add (self->top, sonde_symbol_row_new_group ("Memory Map", self->entries));
      return;
    }
  for (guint i = 0; i < self->entries->len && self->top->len < MAX_ENTRIES_FOUND; i++)
    {
      SondeVariable *variable = g_ptr_array_index (self->entries, i);
      guint64 match = 0;

      if (sonde_symbol_match (text, sonde_variable_get_path (variable), &match) != G_MININT)
        g_ptr_array_add (self->top,
                         sonde_symbol_row_new (NULL, 0, sonde_variable_ref (variable), match));
    }
}

/* Takes @ids (nullable: @n roots). */
static void
show (SondeSymbolList *self, GArray *ids, SondeSymbolIndex *index, const char *text, guint n)
{
  const guint n_before = self->n_shown, n_top = self->top->len;
  const gboolean is_same = ids == NULL && self->ids == NULL && self->shown_table == self->n_tables
                           && n_before - n_top == n;
  g_autoptr (SondeSymbolIndex) old = self->shown_index;
  g_autoptr (GArray) old_ids = self->ids;

  self->shown_index = index != NULL ? sonde_symbol_index_ref (index) : NULL;
  self->ids = ids;
  g_free (self->shown_text);
  self->shown_text = g_strdup (text);
  place_entries (self);
  self->n_shown = self->top->len + (ids != NULL ? ids->len : n);
  self->shown_table = self->n_tables;
  /* Rows that stay keep their place on the screen. */
  if (is_same)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_top, self->top->len);
  else
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_shown);
  g_signal_emit (self, searched_signal, 0);
}

static void
show_roots (SondeSymbolList *self)
{
  self->n_found = self->table != NULL ? sonde_symbol_table_get_n (self->table) : 0;
  show (self, NULL, NULL, "", self->n_found);
}

/* Of a memory map alone: no worker is needed for what has no table. */
static void
show_entries (SondeSymbolList *self)
{
  self->n_found = 0;
  show (self, NULL, NULL, self->query->text, 0);
}

static void
show_nothing (SondeSymbolList *self)
{
  self->n_found = 0;
  if (self->n_shown > 0)
    show (self, NULL, NULL, "", 0);
}

/* --- Workers ---------------------------------------------------------------------------------- */

typedef struct
{
  SondeSymbolTable *table; /* to build an index from */
  SondeSymbolIndex *index; /* to ask */
  SondeSymbolQuery *query;
  guint n_found;
  guint generation;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->table, sonde_symbol_table_unref);
  g_clear_pointer (&job->index, sonde_symbol_index_unref);
  g_clear_pointer (&job->query, sonde_symbol_query_free);
  g_free (job);
}

static void
query_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, sonde_symbol_query_run (job->query, job->index, &job->n_found),
                         (GDestroyNotify) g_array_unref);
}

static void ask (SondeSymbolList *self);

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeSymbolList *self = SONDE_SYMBOL_LIST (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GArray) ids = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_running = FALSE;
  if (job->generation != self->generation)
    {
      ask (self);
      return;
    }
  self->n_found = job->n_found;
  show (self, g_steal_pointer (&ids), job->index, job->query->text, 0);
}

/* While a worker runs only the newest question waits. */
static void
ask (SondeSymbolList *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job = NULL;

  self->generation++;
  if (!self->is_active)
    {
      show_nothing (self);
      return;
    }
  if (self->table == NULL)
    {
      show_entries (self);
      return;
    }
  if (wants_roots (self->query))
    {
      show_roots (self);
      return;
    }
  if (self->index == NULL || self->is_running)
    return; /* asked again when the index is built, or the worker is done */
  job = g_new0 (Job, 1);
  job->index = sonde_symbol_index_ref (self->index);
  job->query = sonde_symbol_query_copy (self->query);
  job->generation = self->generation;
  self->is_running = TRUE;
  task = g_task_new (self, NULL, on_answered, NULL);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, query_in_thread);
}

static void
index_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, sonde_symbol_index_new (job->table),
                         (GDestroyNotify) sonde_symbol_index_unref);
}

static void
take_index (SondeSymbolList *self, SondeSymbolIndex *index)
{
  g_clear_pointer (&self->index, sonde_symbol_index_unref);
  self->index = index != NULL ? sonde_symbol_index_ref (index) : NULL;
  g_signal_emit (self, indexed_signal, 0);
  if (index != NULL && !wants_roots (self->query))
    ask (self);
}

static void
on_indexed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeSymbolList *self = SONDE_SYMBOL_LIST (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (SondeSymbolIndex) index = g_task_propagate_pointer (G_TASK (result), NULL);

  if (index != NULL && job->table == self->table)
    take_index (self, index);
}

/* The rows change once: a view makes all its cells anew each time. */
static void
set_table (SondeSymbolList *self, SondeSymbolTable *table)
{
  g_autoptr (SondeSymbolTable) old = self->table;

  self->table = table != NULL ? sonde_symbol_table_ref (table) : NULL;
  self->generation++;
  self->n_tables++;
  g_clear_pointer (&self->index, sonde_symbol_index_unref);
  /* Nobody may ask between these for a row of the old table: it would be asked of the new one. */
  if (table == NULL || wants_roots (self->query))
    ask (self);
  else
    show_nothing (self);
  take_index (self, NULL);
}

static void
start_index (SondeSymbolList *self, SondeSymbolTable *table)
{
  g_autoptr (GTask) task = NULL;
  Job *job = NULL;

  job = g_new0 (Job, 1);
  job->table = sonde_symbol_table_ref (table);
  task = g_task_new (self, NULL, on_indexed, NULL);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, index_in_thread);
}

/* FALSE: none before and none now, or the same. */
static gboolean
replace_entries (SondeSymbolList *self, GPtrArray *entries)
{
  GPtrArray *wanted = entries != NULL && entries->len > 0 ? entries : NULL;

  if (wanted == self->entries)
    return FALSE;
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = wanted != NULL ? g_ptr_array_ref (wanted) : NULL;
  return TRUE;
}

void
sonde_symbol_list_set_table (SondeSymbolList *self, SondeSymbolTable *table)
{
  set_table (self, table);
  if (table != NULL)
    start_index (self, table);
}

static void
on_first_indexed (SondeSymbolList *first, SondeSymbolList *self)
{
  const gboolean has_other_entries = replace_entries (self, first->entries);

  if (self->table != first->table)
    set_table (self, first->table);
  else if (has_other_entries)
    ask (self);
  if (first->index != NULL)
    take_index (self, first->index);
}

void
sonde_symbol_list_set_entries (SondeSymbolList *self, GPtrArray *entries)
{
  if (!replace_entries (self, entries))
    return;
  ask (self);
  g_signal_emit (self, indexed_signal, 0);
}

void
sonde_symbol_list_set_firmware (SondeSymbolList *self, SondeSymbolTable *table, GPtrArray *entries)
{
  if (table == self->table)
    {
      sonde_symbol_list_set_entries (self, entries);
      return;
    }
  replace_entries (self, entries);
  sonde_symbol_list_set_table (self, table);
}

SondeSymbolList *
sonde_symbol_list_new_beside (SondeSymbolList *first)
{
  SondeSymbolList *self = sonde_symbol_list_new ();

  self->is_active = FALSE;
  g_signal_connect_object (first, "indexed", G_CALLBACK (on_first_indexed), self, 0);
  on_first_indexed (first, self);
  return self;
}

/* --- What is asked ---------------------------------------------------------------------------- */

void
sonde_symbol_list_set_active (SondeSymbolList *self, gboolean is_active)
{
  if (self->is_active == is_active)
    return;
  self->is_active = is_active;
  ask (self);
}

void
sonde_symbol_list_set_query (SondeSymbolList *self, const SondeSymbolQuery *query)
{
  SondeSymbolQuery *copy;

  if (sonde_symbol_query_equal (self->query, query))
    return;
  copy = sonde_symbol_query_copy (query);
  sonde_symbol_query_free (self->query);
  self->query = copy;
  ask (self);
}

void
sonde_symbol_list_set_search (SondeSymbolList *self, const char *text)
{
  SondeSymbolQuery query = *self->query;

  query.text = text;
  sonde_symbol_list_set_query (self, &query);
}

const SondeSymbolQuery *
sonde_symbol_list_get_query (SondeSymbolList *self)
{
  return self->query;
}

SondeSymbolIndex *
sonde_symbol_list_get_index (SondeSymbolList *self)
{
  return self->index;
}

guint
sonde_symbol_list_get_n_total (SondeSymbolList *self)
{
  return self->table == NULL ? 0 : sonde_symbol_table_get_n (self->table);
}

guint
sonde_symbol_list_get_n_found (SondeSymbolList *self)
{
  return self->n_found;
}

gboolean
sonde_symbol_list_is_busy (SondeSymbolList *self)
{
  return self->is_running
         || (self->is_active && self->table != NULL && self->index == NULL
             && !wants_roots (self->query));
}

gboolean
sonde_symbol_list_find (SondeSymbolList *self, guint id, guint *position)
{
  for (guint i = 0; self->ids != NULL && i < self->ids->len; i++)
    if (g_array_index (self->ids, guint32, i) == id)
      {
        *position = self->top->len + i;
        return TRUE;
      }
  return FALSE;
}
