/* symbol-list.c: the symbol browser's rows: roots of the table, or what a search found */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/symbol-list.h"

#define MAX_HITS 2000

struct _SondeSymbolList
{
  GObject parent_instance;
  SondeSymbolTable *table;   /* (nullable) */
  SondeSymbolSearch *search; /* (nullable) until its worker is done */
  char *text;                /* what is searched; "" shows the roots */
  GArray *hits;              /* SondeSymbolHit, of hit_search and shown; NULL: roots are shown */
  SondeSymbolSearch *hit_search;
  char *hit_text;
  guint n_shown;
  guint generation; /* of the newest search or table: older results are dropped */
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
make_hit_row (SondeSymbolList *self, guint position)
{
  SondeSymbolHit *hit = &g_array_index (self->hits, SondeSymbolHit, position);
  guint64 match = 0;

  sonde_symbol_match (self->hit_text, sonde_symbol_search_get_path (self->hit_search, hit->index),
                      &match);
  return sonde_symbol_row_new (sonde_symbol_search_dup_variable (self->hit_search, hit->index), 0,
                               match);
}

static gpointer
get_item (GListModel *model, guint position)
{
  SondeSymbolList *self = SONDE_SYMBOL_LIST (model);

  if (position >= self->n_shown)
    return NULL;
  if (self->hits != NULL)
    return make_hit_row (self, position);
  return sonde_symbol_row_new (sonde_symbol_table_dup_variable (self->table, position), 0, 0);
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

static guint searched_signal;

static void
sonde_symbol_list_finalize (GObject *object)
{
  SondeSymbolList *self = SONDE_SYMBOL_LIST (object);

  g_clear_pointer (&self->table, sonde_symbol_table_unref);
  g_clear_pointer (&self->search, sonde_symbol_search_unref);
  g_clear_pointer (&self->hit_search, sonde_symbol_search_unref);
  g_clear_pointer (&self->hits, g_array_unref);
  g_free (self->hit_text);
  g_free (self->text);
  G_OBJECT_CLASS (sonde_symbol_list_parent_class)->finalize (object);
}

static void
sonde_symbol_list_class_init (SondeSymbolListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_symbol_list_finalize;
  searched_signal = g_signal_new ("searched", SONDE_TYPE_SYMBOL_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_symbol_list_init (SondeSymbolList *self)
{
  self->text = g_strdup ("");
}

SondeSymbolList *
sonde_symbol_list_new (void)
{
  return g_object_new (SONDE_TYPE_SYMBOL_LIST, NULL);
}

/* Takes @hits (nullable: show the roots). */
static void
show (SondeSymbolList *self, GArray *hits, SondeSymbolSearch *search, const char *text)
{
  guint n_before = self->n_shown;

  g_clear_pointer (&self->hits, g_array_unref);
  g_clear_pointer (&self->hit_search, sonde_symbol_search_unref);
  g_free (self->hit_text);
  self->hits = hits;
  self->hit_search = search == NULL ? NULL : sonde_symbol_search_ref (search);
  self->hit_text = g_strdup (text);
  if (hits != NULL)
    self->n_shown = hits->len;
  else
    self->n_shown = self->table == NULL ? 0 : sonde_symbol_table_get_n (self->table);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_shown);
  g_signal_emit (self, searched_signal, 0);
}

/* --- workers
 * ------------------------------------------------------------------------------------------------------
 */

typedef struct
{
  SondeSymbolTable *table;   /* to build a search from */
  SondeSymbolSearch *search; /* to run */
  char *text;
  guint generation;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->table, sonde_symbol_table_unref);
  g_clear_pointer (&job->search, sonde_symbol_search_unref);
  g_free (job->text);
  g_free (job);
}

static void
search_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, sonde_symbol_search_run (job->search, job->text, MAX_HITS),
                         (GDestroyNotify) g_array_unref);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeSymbolList *self = SONDE_SYMBOL_LIST (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GArray) hits = g_task_propagate_pointer (G_TASK (result), NULL);

  if (hits != NULL && job->generation == self->generation)
    show (self, g_steal_pointer (&hits), job->search, job->text);
}

static void
start_search (SondeSymbolList *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job = NULL;

  self->generation++;
  if (self->text[0] == '\0')
    {
      show (self, NULL, NULL, "");
      return;
    }
  if (self->search == NULL)
    return; /* runs when the index is built */
  job = g_new0 (Job, 1);
  job->search = sonde_symbol_search_ref (self->search);
  job->text = g_strdup (self->text);
  job->generation = self->generation;
  task = g_task_new (self, NULL, on_searched, NULL);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, search_in_thread);
}

static void
index_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, sonde_symbol_search_new (job->table),
                         (GDestroyNotify) sonde_symbol_search_unref);
}

static void
on_indexed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeSymbolList *self = SONDE_SYMBOL_LIST (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (SondeSymbolSearch) search = g_task_propagate_pointer (G_TASK (result), NULL);

  if (search == NULL || job->table != self->table)
    return;
  g_clear_pointer (&self->search, sonde_symbol_search_unref);
  self->search = g_steal_pointer (&search);
  if (self->text[0] != '\0')
    start_search (self);
}

void
sonde_symbol_list_set_table (SondeSymbolList *self, SondeSymbolTable *table)
{
  g_autoptr (GTask) task = NULL;
  Job *job = NULL;

  if (table != NULL)
    sonde_symbol_table_ref (table);
  g_clear_pointer (&self->table, sonde_symbol_table_unref);
  g_clear_pointer (&self->search, sonde_symbol_search_unref);
  self->table = table;
  self->generation++;
  show (self, NULL, NULL, "");
  if (table == NULL)
    return;
  job = g_new0 (Job, 1);
  job->table = sonde_symbol_table_ref (table);
  task = g_task_new (self, NULL, on_indexed, NULL);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, index_in_thread);
}

void
sonde_symbol_list_set_search (SondeSymbolList *self, const char *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  start_search (self);
}

guint
sonde_symbol_list_get_n_total (SondeSymbolList *self)
{
  return self->table == NULL ? 0 : sonde_symbol_table_get_n (self->table);
}
