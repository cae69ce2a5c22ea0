/* type-names.c: types of a symbol image by the names that C programs give them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/type-names.h"

#include <string.h>

#include "symbols/symbol-image.h"
#include "types/text.h"
#include "types/type-compare.h"

/* -- spelling -- */

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$' || (c & 0x80) != 0;
}

static gboolean
is_one_of (const char *word, gsize length, const char *const *words)
{
  for (; *words != NULL; words++)
    if (strlen (*words) == length && memcmp (*words, word, length) == 0)
      return TRUE;
  return FALSE;
}

/* Words and signs one after the other, a blank only where two words would become one. */
static GString *
join_words (const char *text, gsize length)
{
  static const char *const qualifiers[] = { "const", "volatile", "restrict", "_Atomic", NULL };
  GString *joined = g_string_sized_new (length);
  guint depth = 0;

  for (gsize at = 0; at < length;)
    {
      gsize end = at;

      while (end < length && is_word (text[end]))
        end++;
      if (end == at && !g_ascii_isspace (text[at]))
        {
          if (strchr ("<({[", text[at]) != NULL)
            depth++;
          else if (strchr (">)}]", text[at]) != NULL && depth > 0)
            depth--;
          g_string_append_c (joined, text[at]);
        }
      else if (end > at && (depth > 0 || !is_one_of (text + at, end - at, qualifiers)))
        {
          if (joined->len > 0 && is_word (joined->str[joined->len - 1]))
            g_string_append_c (joined, ' ');
          g_string_append_len (joined, text + at, (gssize) (end - at));
        }
      at = MAX (end, at + 1);
    }
  return joined;
}

/* What the words of "long unsigned int" say, in any order. */
typedef struct
{
  guint n_long, n_short, n_char, n_int, n_signed, n_unsigned, n_other;
} Words;

static Words
count_words (const char *text)
{
  g_auto (GStrv) list = g_strsplit (text, " ", 8);
  Words words = { 0 };

  for (guint i = 0; list[i] != NULL; i++)
    {
      guint *count = g_str_equal (list[i], "long")       ? &words.n_long
                     : g_str_equal (list[i], "short")    ? &words.n_short
                     : g_str_equal (list[i], "char")     ? &words.n_char
                     : g_str_equal (list[i], "int")      ? &words.n_int
                     : g_str_equal (list[i], "signed")   ? &words.n_signed
                     : g_str_equal (list[i], "unsigned") ? &words.n_unsigned
                                                         : &words.n_other;

      (*count)++;
    }
  return words;
}

/* NULL where the words are no integer type of C. */
static char *
spell_integer (const char *text)
{
  const Words words = count_words (text);
  const char *core = words.n_char > 0    ? "char"
                     : words.n_short > 0 ? "short"
                     : words.n_long > 1  ? "long long"
                     : words.n_long == 1 ? "long"
                                         : "int";
  const char *sign = words.n_unsigned > 0                     ? "unsigned "
                     : words.n_signed > 0 && words.n_char > 0 ? "signed "
                                                              : "";

  return words.n_other == 0 ? g_strconcat (sign, core, NULL) : NULL;
}

char *
sonde_type_name_squeeze (const char *text, gsize length)
{
  g_autoptr (GString) joined = join_words (text, length);
  char *integer = joined->len > 0 && joined->len < 40 ? spell_integer (joined->str) : NULL;

  return integer != NULL ? integer : g_string_free (g_steal_pointer (&joined), FALSE);
}

/* -- index -- */

typedef struct
{
  char *name;       /* owned, squeezed */
  const char *bare; /* behind "struct " and its kin */
  guint32 row;
} Entry;

struct _SondeTypeNames
{
  SondeSymbolTable *table; /* borrowed */
  GArray *entries;         /* Entry, sorted by bare name, then row */
};

static const char *
skip_tag (const char *name)
{
  static const char *const tags[] = { "struct ", "union ", "enum ", "class " };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_has_prefix (name, tags[i]))
      return name + strlen (tags[i]);
  return name;
}

static void
clear_entry (Entry *entry)
{
  g_free (entry->name);
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;
  const int order = strcmp (x->bare, y->bare);

  return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

SondeTypeNames *
sonde_type_names_new (SondeSymbolTable *table)
{
  const SondeSymbolImage *image = sonde_symbol_table_get_image (table);
  SondeTypeNames *self = g_new (SondeTypeNames, 1);

  self->table = table;
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, (GDestroyNotify) clear_entry);
  for (guint i = 1; i < image->n[SONDE_IMAGE_TYPES]; i++)
    {
      const SondeImageType *type = &image->types[i];
      const char *name = sonde_symbol_image_text (image, type->name);
      Entry entry = { .row = i };

      /* Of "int[3]" and "int *" nobody asks by name: stars and brackets are taken apart before. */
      if (*name == 0 || type->kind == SONDE_KIND_BITFIELD || strpbrk (name, "*&[{") != NULL)
        continue;
      entry.name = sonde_type_name_squeeze (name, strlen (name));
      entry.bare = skip_tag (entry.name);
      g_array_append_val (self->entries, entry);
    }
  g_array_sort (self->entries, compare_entries);
  return self;
}

void
sonde_type_names_free (SondeTypeNames *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

/* -- asking -- */

static const Entry *
get_entry (const SondeTypeNames *self, guint index)
{
  return &g_array_index (self->entries, Entry, index);
}

/* The first entry whose bare name is not before @bare. */
static guint
find_first (const SondeTypeNames *self, const char *bare)
{
  guint low = 0, high = self->entries->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (strcmp (get_entry (self, middle)->bare, bare) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

typedef enum
{
  MATCH_NAME, /* with its tag or without, as it was asked for */
  MATCH_BARE, /* "motor" for "struct motor", "struct Motor" for a class of C++ */
} MatchRule;

static void
collect (const SondeTypeNames *self, const char *name, MatchRule rule, GArray *rows)
{
  const char *bare = skip_tag (name);

  for (guint i = find_first (self, bare); i < self->entries->len; i++)
    {
      const Entry *entry = get_entry (self, i);

      if (strcmp (entry->bare, bare) != 0)
        break;
      if (rule == MATCH_BARE || strcmp (entry->name, name) == 0)
        g_array_append_val (rows, entry->row);
    }
}

/* "Thing" for "ns::Thing". */
static void
collect_tails (const SondeTypeNames *self, const char *name, GArray *rows)
{
  g_autofree char *tail = g_strconcat ("::", skip_tag (name), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    if (g_str_has_suffix (get_entry (self, i)->bare, tail))
      g_array_append_val (rows, get_entry (self, i)->row);
}

static gboolean
is_declared_only (const SondeType *type)
{
  return sonde_type_get_kind (type) == SONDE_KIND_OPAQUE && sonde_type_get_size (type) == 0;
}

#define MAX_TOLD 6

static SondeType *
set_ambiguous (const char *name, GPtrArray *types, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (types->len, MAX_TOLD); i++)
    {
      const SondeType *type = types->pdata[i];
      SondeMember first;

      g_string_append_printf (text, "%s%s of %" G_GUINT64_FORMAT " bytes", i > 0 ? ", " : "",
                              sonde_type_get_name (type), sonde_type_get_size (type));
      if (sonde_type_get_child (type, 0, &first))
        g_string_append_printf (text, " (%s%s)", first.name,
                                sonde_type_get_n_children (type) > 1 ? ", .." : "");
    }
  if (types->len > MAX_TOLD)
    g_string_append_printf (text, " and %u more", types->len - MAX_TOLD);
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
               "%s: several types are called so: %s; name one that is called otherwise", name,
               text->str);
  return NULL;
}

/* Types that differ among @rows; declarations only where there is nothing else. */
static GPtrArray *
list_different (const SondeTypeNames *self, GArray *rows)
{
  GPtrArray *types = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_type_unref);
  g_autoptr (GPtrArray) declared
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_type_unref);
  g_autoptr (SondeTypeCompare) compare = sonde_type_compare_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (SondeType) type
          = sonde_symbol_table_dup_type (self->table, g_array_index (rows, guint32, i));
      gboolean is_known = FALSE;

      for (guint j = 0; j < types->len && !is_known; j++)
        is_known = sonde_type_compare_is_same (compare, types->pdata[j], type);
      if (is_declared_only (type))
        g_ptr_array_add (declared, g_steal_pointer (&type));
      else if (!is_known)
        g_ptr_array_add (types, g_steal_pointer (&type));
    }
  if (types->len == 0 && declared->len > 0)
    g_ptr_array_add (types, g_ptr_array_steal_index (declared, 0));
  return types;
}

SondeType *
sonde_type_names_dup (SondeTypeNames *self, const char *name, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) types = NULL;

  collect (self, name, MATCH_NAME, rows);
  if (rows->len == 0)
    collect (self, name, MATCH_BARE, rows);
  if (rows->len == 0 && *skip_tag (name) != 0)
    collect_tails (self, name, rows);
  if (rows->len == 0)
    return NULL;
  types = list_different (self, rows);
  return types->len == 1 ? sonde_type_ref (types->pdata[0]) : set_ambiguous (name, types, error);
}
