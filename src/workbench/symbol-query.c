/* symbol-query.c: which symbols the browser shows, and in which order */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/symbol-query.h"

#include <string.h>

#include "symbols/symbol-image.h"

/* What is at hand while rows are judged. */
typedef struct
{
  const SondeSymbolQuery *query;
  SondeSymbolIndex *index;
  const SondeSymbolImage *image;
  char *type, *file;         /* lower case, NULL: any */
  GHashTable *types, *files; /* text -> 1 no, 2 yes: the same few come again and again */
  gboolean wants_roots;
} Judge;

SondeSymbolQuery *
sonde_symbol_query_copy (const SondeSymbolQuery *query)
{
  SondeSymbolQuery *copy = g_memdup2 (query, sizeof *query);

  copy->text = g_strdup (query->text != NULL ? query->text : "");
  copy->type = g_strdup (query->type != NULL ? query->type : "");
  copy->file = g_strdup (query->file != NULL ? query->file : "");
  return copy;
}

void
sonde_symbol_query_free (SondeSymbolQuery *query)
{
  g_free ((char *) query->text);
  g_free ((char *) query->type);
  g_free ((char *) query->file);
  g_free (query);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[strspn (text, " \t\n")] == '\0';
}

static gboolean
are_same (const char *a, const char *b)
{
  return g_str_equal (a != NULL ? a : "", b != NULL ? b : "");
}

gboolean
sonde_symbol_query_equal (const SondeSymbolQuery *a, const SondeSymbolQuery *b)
{
  return are_same (a->text, b->text) && are_same (a->type, b->type) && are_same (a->file, b->file)
         && a->set == b->set && a->memories == b->memories && a->kinds == b->kinds
         && a->hides_unpolled == b->hides_unpolled && a->is_flat == b->is_flat
         && a->column == b->column && a->is_falling == b->is_falling && a->max_hits == b->max_hits;
}

gboolean
sonde_symbol_query_is_filtered (const SondeSymbolQuery *query)
{
  return (query->set != SONDE_SYMBOLS_ALL && query->set != SONDE_SYMBOLS_DATA)
         || query->memories != 0 || query->kinds != 0 || !is_empty (query->type)
         || !is_empty (query->file) || query->hides_unpolled;
}

/* --- Which ------------------------------------------------------------------------------------ */

/* @part is in @text, case apart; asked once for each text. */
static gboolean
has_part (GHashTable *judgings, const char *text, const char *part)
{
  gpointer known = g_hash_table_lookup (judgings, text);
  g_autofree char *lower = NULL;

  if (known != NULL)
    return GPOINTER_TO_UINT (known) == 2;
  lower = g_ascii_strdown (text, -1);
  known = GUINT_TO_POINTER (strstr (lower, part) != NULL ? 2 : 1);
  g_hash_table_insert (judgings, (gpointer) text, known);
  return GPOINTER_TO_UINT (known) == 2;
}

static gboolean
has_kind (const Judge *judge, const SondeSymbolItem *item)
{
  const SondeImageType *type = &judge->image->types[item->type];
  guint kinds = 1u << item->kind;

  while (type->kind == SONDE_KIND_ARRAY)
    {
      type = &judge->image->types[type->base];
      kinds |= 1u << type->kind;
    }
  return (kinds & judge->query->kinds) != 0;
}

static gboolean
is_in_set (const SondeSymbolQuery *query, const SondeSymbolItem *item)
{
  switch (query->set)
    {
    case SONDE_SYMBOLS_DATA:
      return !item->is_function;
    case SONDE_SYMBOLS_VARIABLES:
      return !item->is_function && !item->is_constant;
    case SONDE_SYMBOLS_FUNCTIONS:
      return item->is_function;
    case SONDE_SYMBOLS_CONSTANTS:
      return item->is_constant;
    default:
      return TRUE;
    }
}

static gboolean
is_wanted (Judge *judge, guint id)
{
  const SondeSymbolQuery *query = judge->query;
  SondeSymbolItem item;

  sonde_symbol_index_get_item (judge->index, id, &item);
  if (judge->wants_roots && !item.is_root)
    return FALSE;
  if (!is_in_set (query, &item))
    return FALSE;
  if (query->memories != 0 && (query->memories & 1u << item.memory) == 0)
    return FALSE;
  if (query->hides_unpolled && item.why[0] != '\0' && !item.is_function)
    return FALSE;
  if (query->kinds != 0 && (item.is_function || !has_kind (judge, &item)))
    return FALSE;
  return (judge->type == NULL || has_part (judge->types, item.type_name, judge->type))
         && (judge->file == NULL || has_part (judge->files, item.file, judge->file));
}

static gboolean
accept_entry (const SondeSymbolSearch *search, guint index, gpointer data)
{
  return is_wanted (data, index);
}

static void
begin (Judge *judge, const SondeSymbolQuery *query, SondeSymbolIndex *index)
{
  judge->query = query;
  judge->index = index;
  judge->image = sonde_symbol_table_get_image (sonde_symbol_index_get_table (index));
  judge->type = is_empty (query->type) ? NULL : g_ascii_strdown (query->type, -1);
  judge->file = is_empty (query->file) ? NULL : g_ascii_strdown (query->file, -1);
  judge->types = g_hash_table_new (NULL, NULL);
  judge->files = g_hash_table_new (NULL, NULL);
  /* Members are asked for by type: then a tree of roots would hide them. */
  judge->wants_roots
      = !query->is_flat && is_empty (query->text) && judge->type == NULL && query->kinds == 0;
}

static void
end (Judge *judge)
{
  g_free (judge->type);
  g_free (judge->file);
  g_hash_table_unref (judge->types);
  g_hash_table_unref (judge->files);
}

static gint
compare_hits (gconstpointer a, gconstpointer b)
{
  const SondeSymbolHit *x = a, *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

static GArray *
search (Judge *judge, guint *n_found)
{
  const SondeSymbolQuery *query = judge->query;
  const gboolean is_any = !sonde_symbol_query_is_filtered (query);
  const guint max = query->max_hits > 0 ? query->max_hits : G_MAXUINT;
  g_autoptr (GArray) hits
      = sonde_symbol_search_run_where (sonde_symbol_index_get_search (judge->index), query->text,
                                       max, is_any ? NULL : accept_entry, judge, n_found);
  g_autoptr (GArray) functions = g_array_new (FALSE, FALSE, sizeof (SondeSymbolHit));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (query->set == SONDE_SYMBOLS_ALL || query->set == SONDE_SYMBOLS_FUNCTIONS)
    sonde_symbol_index_search_functions (judge->index, query->text, functions);
  for (guint i = 0; i < functions->len; i++)
    {
      const SondeSymbolHit hit = g_array_index (functions, SondeSymbolHit, i);

      if (!is_any && !is_wanted (judge, hit.index))
        continue;
      g_array_append_val (hits, hit);
      *n_found += 1;
    }
  if (functions->len > 0)
    g_array_sort (hits, compare_hits);
  for (guint i = 0; i < MIN (hits->len, max); i++)
    g_array_append_val (ids, g_array_index (hits, SondeSymbolHit, i).index);
  return ids;
}

static GArray *
take_all (Judge *judge)
{
  const guint32 *order = sonde_symbol_index_get_order (judge->index);
  const guint n = sonde_symbol_index_get_n_variables (judge->index)
                  + sonde_symbol_index_get_n_functions (judge->index);
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n / 4 + 1);

  for (guint i = 0; i < n; i++)
    if (is_wanted (judge, order[i]))
      g_array_append_val (ids, order[i]);
  return ids;
}

/* --- In which order --------------------------------------------------------------------------- */

typedef struct
{
  guint64 key;
  guint32 second, id;
} Sortable;

/* Of equal keys the second decides, then the order before. */
static gint
compare_sortables (gconstpointer a, gconstpointer b)
{
  const Sortable *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->second < y->second ? -1 : x->second > y->second;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (*(const char *const *) a, *(const char *const *) b);
}

static const char *
get_text (const SondeSymbolItem *item, SondeSymbolColumn column)
{
  if (column == SONDE_SYMBOL_COLUMN_TYPE)
    return item->type_name;
  if (column == SONDE_SYMBOL_COLUMN_SECTION)
    return item->section;
  /* What is read is the last part of the path. */
  const char *slash = strrchr (item->file, '/');

  return slash != NULL ? slash + 1 : item->file;
}

/* Few texts stand for many rows: each gets its place among the others once. */
static GHashTable *
rank_texts (SondeSymbolIndex *index, GArray *ids, SondeSymbolColumn column)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  GHashTable *ranks = g_hash_table_new (g_str_hash, g_str_equal);
  SondeSymbolItem item;

  for (guint i = 0; i < ids->len; i++)
    {
      sonde_symbol_index_get_item (index, g_array_index (ids, guint32, i), &item);
      if (g_hash_table_add (seen, (gpointer) get_text (&item, column)))
        g_ptr_array_add (texts, (gpointer) get_text (&item, column));
    }
  g_ptr_array_sort (texts, compare_texts);
  for (guint i = 0; i < texts->len; i++)
    g_hash_table_insert (ranks, g_ptr_array_index (texts, i), GUINT_TO_POINTER (i));
  return ranks;
}

static guint64
get_key (const SondeSymbolItem *item, SondeSymbolColumn column, GHashTable *ranks)
{
  switch (column)
    {
    case SONDE_SYMBOL_COLUMN_ADDRESS:
      /* What has none stands behind what has one. */
      return item->why[0] != '\0' && !item->is_function ? G_MAXUINT64 : item->address;
    case SONDE_SYMBOL_COLUMN_SIZE:
      return item->size;
    case SONDE_SYMBOL_COLUMN_SOURCE:
      return (guint64) GPOINTER_TO_UINT (g_hash_table_lookup (ranks, get_text (item, column))) << 32
             | item->line;
    default:
      return GPOINTER_TO_UINT (g_hash_table_lookup (ranks, get_text (item, column)));
    }
}

/* The place of each number in the order of paths. */
static guint32 *
make_places (SondeSymbolIndex *index)
{
  const guint32 *order = sonde_symbol_index_get_order (index);
  const guint n
      = sonde_symbol_index_get_n_variables (index) + sonde_symbol_index_get_n_functions (index);
  guint32 *places = g_new (guint32, (gsize) n + 1);

  for (guint i = 0; i < n; i++)
    places[order[i]] = i;
  return places;
}

static void
sort (GArray *ids, SondeSymbolIndex *index, SondeSymbolColumn column, gboolean is_falling)
{
  const gboolean has_texts = column != SONDE_SYMBOL_COLUMN_ADDRESS
                             && column != SONDE_SYMBOL_COLUMN_SIZE
                             && column != SONDE_SYMBOL_COLUMN_PATH;
  g_autoptr (GHashTable) ranks = has_texts ? rank_texts (index, ids, column) : NULL;
  g_autofree guint32 *places = make_places (index);
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (Sortable), ids->len);
  SondeSymbolItem item;

  for (guint i = 0; i < ids->len; i++)
    {
      Sortable row = { .id = g_array_index (ids, guint32, i) };

      row.second = places[row.id];
      if (column != SONDE_SYMBOL_COLUMN_PATH)
        {
          sonde_symbol_index_get_item (index, row.id, &item);
          row.key = get_key (&item, column, ranks);
        }
      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_sortables);
  for (guint i = 0; i < rows->len; i++)
    g_array_index (ids, guint32, is_falling ? rows->len - 1 - i : i)
        = g_array_index (rows, Sortable, i).id;
}

GArray *
sonde_symbol_query_run (const SondeSymbolQuery *query, SondeSymbolIndex *index, guint *n_found)
{
  Judge judge = { 0 };
  GArray *ids;

  begin (&judge, query, index);
  if (is_empty (query->text))
    {
      ids = take_all (&judge);
      *n_found = ids->len;
    }
  else
    ids = search (&judge, n_found);
  end (&judge);
  if (query->column != SONDE_SYMBOL_COLUMN_NONE)
    sort (ids, index, query->column, query->is_falling);
  return ids;
}
