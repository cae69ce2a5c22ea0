/* symbol-search.c: fuzzy, ranked search over a symbol table, members of structs included */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-search.h"

#include <string.h>

#include "base/pages.h"
#include "symbols/symbol-image.h"

#define MAX_ENTRIES 2000000
#define MAX_ENTRIES_PER_ROOT 4096
/* Structs of structs without a leaf cost steps, too. */
#define MAX_STEPS_PER_ROOT 65536
#define MAX_ELEMENTS 64
#define MAX_LENGTH 1024
#define MAX_WORDS 8

typedef struct
{
  guint64 mask, address;
  guint32 path;   /* into texts */
  guint32 root;   /* variable of the table */
  guint32 type;   /* row of the image */
  guint16 length; /* of the path */
  guint16 root_length;
} Entry;

struct _SondeSymbolSearch
{
  SondeSymbolTable *table; /* owned */
  const SondeSymbolImage *image;
  char *texts;
  Entry *entries;
  guint n_entries;
};

/* What one type has below its name, the same for all roots of that type. */
typedef struct
{
  guint64 mask, offset;
  guint32 text; /* into texts */
  guint32 length;
  guint32 type; /* row of the image */
} Leaf;

#define NOT_YET G_MAXUINT32

typedef struct
{
  const SondeSymbolImage *image; /* borrowed */
  GArray *leaves;                /* Leaf, those of a type one after another */
  GString *texts;
  struct
  {
    guint32 first, n; /* first NOT_YET: it was not walked */
    gsize n_bytes;    /* of their texts */
  } * ranges;         /* by type */
} Leaves;

/* What is at hand while the members of one type are entered. */
typedef struct
{
  Leaves *to;
  GString *path;
  guint n_leaves, n_steps;
} Walk;

static void
add_leaf (Walk *walk, guint32 type, guint64 offset)
{
  Leaf row = { .offset = offset, .type = type, .text = (guint32) walk->to->texts->len };

  row.length = (guint32) walk->path->len;
  row.mask = sonde_symbol_mask (walk->path->str, walk->path->len);
  g_string_append_len (walk->to->texts, walk->path->str, (gssize) walk->path->len + 1);
  g_array_append_val (walk->to->leaves, row);
  walk->n_leaves++;
}

static gboolean
is_text (const SondeSymbolImage *image, const SondeImageType *type)
{
  return type->kind == SONDE_KIND_ARRAY && image->types[type->base].kind == SONDE_KIND_CHAR;
}

static void walk_type (Walk *walk, guint32 row, guint64 offset, gboolean is_root);

static void
walk_members (Walk *walk, const SondeImageType *type, guint64 offset)
{
  const SondeSymbolImage *image = walk->to->image;
  const gsize length = walk->path->len;

  for (guint i = 0; i < type->n; i++)
    {
      const SondeImageMember *member = &image->members[type->first + i];

      if (member->name != 0)
        {
          g_string_append_c (walk->path, '.');
          g_string_append (walk->path, sonde_symbol_image_text (image, member->name));
        }
      walk_type (walk, member->type, offset + member->offset, FALSE);
      g_string_truncate (walk->path, length);
    }
}

static void
walk_elements (Walk *walk, const SondeImageType *type, guint64 offset)
{
  const guint64 size = walk->to->image->types[type->base].size;
  const gsize length = walk->path->len;

  for (guint i = 0; i < MIN (type->count, MAX_ELEMENTS); i++)
    {
      g_string_append_printf (walk->path, "[%u]", i);
      walk_type (walk, type->base, offset + i * size, FALSE);
      g_string_truncate (walk->path, length);
    }
}

static void
walk_type (Walk *walk, guint32 row, guint64 offset, gboolean is_root)
{
  const SondeImageType *type = &walk->to->image->types[row];

  /* The root itself is an entry, too. */
  if (walk->n_leaves + 1 >= MAX_ENTRIES_PER_ROOT || ++walk->n_steps > MAX_STEPS_PER_ROOT
      || walk->path->len > MAX_LENGTH)
    return;
  if (type->kind == SONDE_KIND_STRUCT || type->kind == SONDE_KIND_UNION)
    walk_members (walk, type, offset);
  else if (type->kind == SONDE_KIND_ARRAY && !is_text (walk->to->image, type))
    walk_elements (walk, type, offset);
  else if (type->kind != SONDE_KIND_OPAQUE && !is_root)
    add_leaf (walk, row, offset);
}

static void
walk_root_type (Leaves *self, guint32 type)
{
  g_autoptr (GString) path = g_string_new (NULL);
  Walk walk = { .to = self, .path = path };

  self->ranges[type].first = self->leaves->len;
  self->ranges[type].n_bytes = self->texts->len;
  walk_type (&walk, type, 0, TRUE);
  self->ranges[type].n = walk.n_leaves;
  self->ranges[type].n_bytes = self->texts->len - self->ranges[type].n_bytes;
}

/* Where the next entry and its text go: room for all is made before the first. */
typedef struct
{
  Entry *entry;
  char *text;
} Place;

static void
add_entry (SondeSymbolSearch *self, Place *to, const Entry *root, const char *path,
           const Leaf *leaf, const char *rest)
{
  Entry *row = to->entry++;

  *row = *root;
  row->path = (guint32) (to->text - self->texts);
  memcpy (to->text, path, root->root_length);
  if (leaf != NULL)
    {
      row->length = (guint16) (root->root_length + leaf->length);
      row->mask |= leaf->mask;
      row->address += leaf->offset;
      row->type = leaf->type;
      memcpy (to->text + root->root_length, rest, leaf->length);
    }
  to->text[row->length] = '\0';
  to->text += row->length + 1;
}

static gsize
get_root_length (const SondeSymbolSearch *self, guint index)
{
  const char *path = sonde_symbol_image_text (self->image, self->image->variables[index].path);

  return MIN (strlen (path), G_MAXUINT16);
}

static void
add_root (SondeSymbolSearch *self, const Leaves *leaves, guint index, Place *to)
{
  const SondeImageVariable *row = &self->image->variables[index];
  const char *path = sonde_symbol_image_text (self->image, row->path);
  const gsize length = get_root_length (self, index);
  Entry root = { .address = row->address, .root = index, .type = row->type };

  root.length = root.root_length = (guint16) length;
  root.mask = sonde_symbol_mask (path, length);
  add_entry (self, to, &root, path, NULL, NULL);
  if (row->why != 0)
    return;
  for (guint i = 0; i < leaves->ranges[row->type].n; i++)
    {
      const Leaf *leaf = &g_array_index (leaves->leaves, Leaf, leaves->ranges[row->type].first + i);

      if (length + leaf->length <= MAX_LENGTH)
        add_entry (self, to, &root, path, leaf, leaves->texts->str + leaf->text);
    }
}

/* At most: leaves whose path is too long are counted, too. */
static void
count_root (const SondeSymbolSearch *self, Leaves *leaves, guint index, gsize *n, gsize *bytes)
{
  const SondeImageVariable *row = &self->image->variables[index];
  const gsize length = get_root_length (self, index) + 1;

  *n += 1;
  *bytes += length;
  if (row->why != 0)
    return;
  if (leaves->ranges[row->type].first == NOT_YET)
    walk_root_type (leaves, row->type);
  *n += leaves->ranges[row->type].n;
  *bytes += leaves->ranges[row->type].n * length + leaves->ranges[row->type].n_bytes;
}

/* Returns how many roots are taken. */
static guint
make_room (SondeSymbolSearch *self, Leaves *leaves)
{
  gsize n = 0, bytes = 0;
  guint taken = 0;

  while (taken < sonde_symbol_table_get_n (self->table) && n < MAX_ENTRIES)
    {
      gsize more = 0, more_bytes = 0;

      count_root (self, leaves, taken, &more, &more_bytes);
      if (bytes + more_bytes > G_MAXUINT32)
        break;
      n += more;
      bytes += more_bytes;
      taken++;
    }
  self->entries = sonde_pages_alloc ((n + 1) * sizeof (Entry));
  self->texts = sonde_pages_alloc (bytes + 1);
  return taken;
}

SondeSymbolSearch *
sonde_symbol_search_new (SondeSymbolTable *table)
{
  SondeSymbolSearch *self = g_atomic_rc_box_new0 (SondeSymbolSearch);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Leaf));
  g_autoptr (GString) texts = g_string_new (NULL);
  Leaves leaves = { .leaves = rows, .texts = texts };
  guint n_types, n_roots;
  Place to;

  self->table = sonde_symbol_table_ref (table);
  self->image = leaves.image = sonde_symbol_table_get_image (table);
  n_types = self->image->n[SONDE_IMAGE_TYPES];
  leaves.ranges = g_malloc_n (n_types, sizeof *leaves.ranges);
  for (guint i = 0; i < n_types; i++)
    leaves.ranges[i].first = NOT_YET;
  n_roots = make_room (self, &leaves);
  to = (Place){ self->entries, self->texts };
  for (guint i = 0; i < n_roots; i++)
    add_root (self, &leaves, i, &to);
  self->n_entries = (guint) (to.entry - self->entries);
  g_free (leaves.ranges);
  return self;
}

SondeSymbolSearch *
sonde_symbol_search_ref (SondeSymbolSearch *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_search (SondeSymbolSearch *self)
{
  sonde_symbol_table_unref (self->table);
  sonde_pages_free (self->texts);
  sonde_pages_free (self->entries);
}

void
sonde_symbol_search_unref (SondeSymbolSearch *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_search);
}

guint
sonde_symbol_search_get_n (const SondeSymbolSearch *self)
{
  return self->n_entries;
}

static const Entry *
get_entry (const SondeSymbolSearch *self, guint index)
{
  return &self->entries[index];
}

const char *
sonde_symbol_search_get_path (const SondeSymbolSearch *self, guint index)
{
  g_return_val_if_fail (index < self->n_entries, NULL);
  return self->texts + get_entry (self, index)->path;
}

void
sonde_symbol_search_get_entry (const SondeSymbolSearch *self, guint index, SondeSymbolEntry *entry)
{
  g_return_if_fail (index < self->n_entries);

  const Entry *row = get_entry (self, index);

  entry->path = self->texts + row->path;
  entry->root = row->root;
  entry->type = row->type;
  entry->address = row->address;
  entry->is_root = row->length == row->root_length;
}

SondeVariable *
sonde_symbol_search_dup_variable (SondeSymbolSearch *self, guint index)
{
  g_return_val_if_fail (index < self->n_entries, NULL);

  const Entry *entry = get_entry (self, index);
  g_autoptr (SondeVariable) root = sonde_symbol_table_dup_variable (self->table, entry->root);
  const char *rest = self->texts + entry->path + entry->root_length;
  SondeVariable *variable = sonde_variable_dup_by_path (root, rest, NULL);

  return variable != NULL ? variable : g_steal_pointer (&root);
}

/* A search, taken apart: each word must match. */
typedef struct
{
  SondePattern patterns[MAX_WORDS];
  guint n_patterns;
  guint64 mask; /* of all patterns */
  char *type;   /* NULL: any */
  char *digits; /* of an address, lower case, without "0x" and leading zeros; NULL: any */
  guint64 address;
  SondeSymbolAccept accept; /* NULL: any */
  gpointer data;
} Query;

static void
take_word (Query *query, const char *word)
{
  if (*word == '\0')
    return;
  if (!sonde_symbol_is_letters (word))
    {
      const char *digits = word + 2;

      if (*word == ':')
        {
          g_free (query->type);
          query->type = g_ascii_strdown (word + 1, -1);
          return;
        }
      while (*digits == '0')
        digits++;
      g_free (query->digits);
      query->digits = g_ascii_strdown (digits, (gssize) strspn (digits, "0123456789abcdefABCDEF"));
      query->address = g_ascii_strtoull (query->digits, NULL, 16);
      return;
    }
  if (query->n_patterns == MAX_WORDS)
    return;
  sonde_pattern_init (&query->patterns[query->n_patterns], word, strlen (word));
  query->mask |= query->patterns[query->n_patterns++].mask;
}

static gboolean
matches_type (const SondeSymbolSearch *self, const Query *query, const Entry *entry)
{
  const SondeImageType *type = &self->image->types[entry->type];
  const char *name = sonde_symbol_image_text (self->image, type->name);
  g_autofree char *lower = NULL;

  if (query->type == NULL)
    return TRUE;
  lower = g_ascii_strdown (name, -1);
  return strstr (lower, query->type) != NULL
         || g_str_equal (sonde_kind_name (type->kind), query->type);
}

/* By its first digits, or inside. */
static gboolean
matches_address (const SondeSymbolSearch *self, const Query *query, const Entry *entry)
{
  char digits[20];

  if (query->digits == NULL)
    return TRUE;
  g_snprintf (digits, sizeof digits, "%" G_GINT64_MODIFIER "x", entry->address);
  return g_str_has_prefix (digits, query->digits)
         || (query->address >= entry->address
             && query->address - entry->address < self->image->types[entry->type].size);
}

static gboolean
is_wanted (const SondeSymbolSearch *self, const Query *query, guint index)
{
  return matches_type (self, query, get_entry (self, index))
         && (query->accept == NULL || query->accept (self, index, query->data));
}

static void
try_entry (const SondeSymbolSearch *self, const Query *query, guint index, SondePatternMemo *memos,
           GArray *hits)
{
  const Entry *entry = get_entry (self, index);
  SondeSymbolHit hit = { .index = index };

  if ((entry->mask & query->mask) != query->mask || !matches_address (self, query, entry))
    return;
  for (guint i = 0; i < query->n_patterns; i++)
    {
      const gint score = sonde_pattern_score_next (&query->patterns[i], &memos[i],
                                                   self->texts + entry->path, entry->length);

      if (score == G_MININT)
        return;
      hit.score += score;
    }
  if (is_wanted (self, query, index))
    g_array_append_val (hits, hit);
}

static void
run_query (const SondeSymbolSearch *self, const Query *query, GArray *hits)
{
  SondePatternMemo memos[MAX_WORDS] = { 0 };

  for (guint i = 0; i < self->n_entries; i++)
    try_entry (self, query, i, memos, hits);
}

static gboolean
lacks_two_letters (guint64 missing)
{
  return (missing & (missing - 1)) != 0;
}

/* Few hits for a long word: perhaps a letter of it is one too many. Known hits, by number, stay as
 * they are. */
static void
forgive_a_slip (const SondeSymbolSearch *self, const Query *query, GArray *hits)
{
  const SondePattern *word = &query->patterns[0];
  SondePattern shorter[SONDE_PATTERN_MAX];
  SondePatternMemo memos[SONDE_PATTERN_MAX] = { 0 };
  const guint n_known = hits->len;
  guint known = 0;

  for (guint i = 0; i < word->length; i++)
    shorter[i] = sonde_pattern_without (word, i);
  for (guint i = 0; i < self->n_entries; i++)
    {
      const Entry *entry = get_entry (self, i);
      const char *path = self->texts + entry->path;
      SondeSymbolHit hit = { .index = i };
      guint slip;

      if (known < n_known && g_array_index (hits, SondeSymbolHit, known).index == i)
        {
          known++;
          continue;
        }
      if (lacks_two_letters (word->mask & ~entry->mask) || !matches_address (self, query, entry))
        continue;
      slip = sonde_pattern_find_slip (word, path, entry->length);
      if (slip == word->length || !is_wanted (self, query, i))
        continue;
      hit.score = sonde_pattern_score_next (&shorter[slip], &memos[slip], path, entry->length)
                  - SONDE_SLIP_COST;
      g_array_append_val (hits, hit);
    }
}

static gint
compare_hits (gconstpointer a, gconstpointer b)
{
  const SondeSymbolHit *x = a, *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* Sorting all of many hits costs more than finding them: those below the score that @max hits reach
 * are dropped first. */
static void
keep_best (GArray *hits, guint max)
{
  enum
  {
    N = 2048,
    ZERO = 256
  };
  guint counts[N] = { 0 };
  guint n = 0, kept = 0;
  gint limit = N;

  if (hits->len > max)
    {
      for (guint i = 0; i < hits->len; i++)
        counts[CLAMP (g_array_index (hits, SondeSymbolHit, i).score + ZERO, 0, N - 1)]++;
      while (limit > 0 && n < max)
        n += counts[--limit];
      for (guint i = 0; i < hits->len; i++)
        {
          const SondeSymbolHit hit = g_array_index (hits, SondeSymbolHit, i);

          if (CLAMP (hit.score + ZERO, 0, N - 1) >= limit)
            g_array_index (hits, SondeSymbolHit, kept++) = hit;
        }
      g_array_set_size (hits, kept);
    }
  g_array_sort (hits, compare_hits);
  g_array_set_size (hits, MIN (hits->len, max));
}

GArray *
sonde_symbol_search_run (SondeSymbolSearch *self, const char *text, guint max)
{
  guint n_found = 0;

  return sonde_symbol_search_run_where (self, text, max, NULL, NULL, &n_found);
}

GArray *
sonde_symbol_search_run_where (SondeSymbolSearch *self, const char *text, guint max,
                               SondeSymbolAccept accept, gpointer data, guint *n_found)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (SondeSymbolHit));
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);
  Query query = { .accept = accept, .data = data };

  for (guint i = 0; words[i] != NULL; i++)
    take_word (&query, words[i]);
  run_query (self, &query, hits);
  if (hits->len < MIN (max, 16) && query.n_patterns == 1
      && query.patterns[0].length >= SONDE_SLIP_MIN_LENGTH)
    forgive_a_slip (self, &query, hits);
  *n_found = hits->len;
  keep_best (hits, max);
  g_free (query.type);
  g_free (query.digits);
  return hits;
}
