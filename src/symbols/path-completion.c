/* path-completion.c: what the beginning of a path may become, a segment at a time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/path-completion.h"

#include <string.h>

#include "symbols/symbol-image.h"

/* One question. */
typedef struct
{
  SondeAddressMap *map;
  SondeSymbolTable *table;
  const char *word;
  guint max;
  GPtrArray *found;
} Search;

static void
add (Search *self, char *text)
{
  if (self->found->len < self->max)
    g_ptr_array_add (self->found, text);
  else
    g_free (text);
}

/* -- what a type opens with -- */

static const char *
get_opening (const SondeType *type)
{
  switch (sonde_type_get_kind (type))
    {
    case SONDE_KIND_STRUCT:
    case SONDE_KIND_UNION:
      return ".";
    case SONDE_KIND_ARRAY:
      return sonde_type_is_text (type) ? "" : "[";
    default:
      return "";
    }
}

/* A pointer has a value of its own, and members behind "->" where it points to some. */
static void
add_variable (Search *self, const char *path, const SondeType *type)
{
  g_autoptr (SondeType) target = NULL;

  add (self, g_strconcat (path, get_opening (type), NULL));
  if (sonde_type_get_kind (type) != SONDE_KIND_POINTER)
    return;
  target = sonde_type_dup_target (type);
  if (target != NULL && g_str_equal (get_opening (target), "."))
    add (self, g_strconcat (path, "->", NULL));
}

/* -- variables -- */

static guint
find_first (const Search *self)
{
  guint low = 0, high = sonde_symbol_table_get_n (self->table);

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (strcmp (sonde_symbol_table_get_path (self->table, middle), self->word) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Of "main.c::counter" the next segment behind what is typed: "main.c::". */
static gboolean
add_scope (Search *self, const char *path)
{
  const gsize typed = strlen (self->word);
  const char *colons = strstr (path + (typed > 0 ? typed - 1 : 0), "::");
  const char *last
      = self->found->len > 0 ? g_ptr_array_index (self->found, self->found->len - 1) : NULL;
  g_autofree char *scope = NULL;

  /* "a:" and "a::" are no further along than the scope that they begin. */
  while (colons != NULL && (gsize) (colons + 2 - path) <= typed)
    colons = strstr (colons + 2, "::");
  if (colons == NULL)
    return FALSE;
  scope = g_strndup (path, (gsize) (colons + 2 - path));
  if (g_strcmp0 (last, scope) != 0)
    add (self, g_steal_pointer (&scope));
  return TRUE;
}

static void
search_roots (Search *self)
{
  const SondeSymbolImage *image = sonde_symbol_table_get_image (self->table);

  for (guint i = find_first (self); i < image->n[SONDE_IMAGE_VARIABLES]; i++)
    {
      const char *path = sonde_symbol_table_get_path (self->table, i);
      g_autoptr (SondeVariable) root = NULL;

      if (!g_str_has_prefix (path, self->word) || self->found->len == self->max)
        return;
      if (*sonde_symbol_image_text (image, image->variables[i].why) != '\0'
          || add_scope (self, path))
        continue;
      root = sonde_symbol_table_dup_variable (self->table, i);
      add_variable (self, path, sonde_variable_get_type (root));
    }
}

/* -- members and elements -- */

static SondeVariable *
resolve (const Search *self, const char *path, gsize length)
{
  g_autofree char *base = g_strndup (path, length);
  g_autoptr (GPtrArray) found = sonde_address_map_resolve (self->map, base, NULL);

  return found != NULL && found->len == 1 ? sonde_variable_ref (g_ptr_array_index (found, 0))
                                          : NULL;
}

/* @open: bytes of the word up to and with what opens the variable. Members of what has no name are
 * the parent's own. */
static void
search_members (Search *self, const SondeType *type, gsize open)
{
  for (guint i = 0; i < sonde_type_get_n_members (type) && self->found->len < self->max; i++)
    {
      const SondeMember *member = sonde_type_get_member (type, i);
      g_autofree char *path = NULL;

      if (member->name == NULL && sonde_type_get_n_children (member->type) > 0)
        search_members (self, member->type, open);
      if (member->name == NULL || !g_str_has_prefix (member->name, self->word + open))
        continue;
      path = g_strdup_printf ("%.*s%s", (int) open, self->word, member->name);
      add_variable (self, path, member->type);
    }
}

static void
search_elements (Search *self, SondeVariable *variable, gsize open)
{
  const SondeType *type = sonde_variable_get_type (variable);
  const SondeType *element = sonde_type_get_base (type);
  const guint64 count = sonde_type_get_count (type);
  const gboolean has_all = self->word[open] == '\0';

  /* With digits typed, only the numbers that begin with them are looked at: 12, 120, 1200 .. */
  for (guint64 n = has_all ? 0 : g_ascii_strtoull (self->word + open, NULL, 10), width = 1;
       n < count && self->found->len < self->max; n *= 10, width *= 10)
    {
      for (guint64 i = n; i < count && (has_all || i - n < width); i++)
        {
          g_autofree char *path = NULL;

          if (self->found->len == self->max)
            break;
          path = g_strdup_printf ("%.*s%" G_GUINT64_FORMAT "]", (int) open, self->word, i);
          add_variable (self, path, element);
        }
      if (n == 0)
        break;
    }
}

/* The word is a variable and what was typed of one of its parts. */
static void
search_parts (Search *self)
{
  const gsize length = strlen (self->word);
  gsize open = length;
  g_autoptr (SondeVariable) base = NULL;
  g_autofree char *pointer = NULL;

  while (open > 0 && strchr (".[>]", self->word[open - 1]) == NULL)
    open--;
  if (open == 0)
    return;
  if (self->word[open - 1] == ']')
    {
      base = open == length ? resolve (self, self->word, length) : NULL;
      if (base != NULL)
        add_variable (self, self->word, sonde_variable_get_type (base));
      return;
    }
  if (self->word[open - 1] == '>')
    {
      pointer = g_strdup_printf ("(*%.*s)", (int) open - 2, self->word);
      base = open > 2 && self->word[open - 2] == '-' ? resolve (self, pointer, strlen (pointer))
                                                     : NULL;
    }
  else
    base = resolve (self, self->word, open - 1);
  if (base == NULL)
    return;
  if (self->word[open - 1] != '[')
    search_members (self, sonde_variable_get_type (base), open);
  else if (sonde_type_get_kind (sonde_variable_get_type (base)) == SONDE_KIND_ARRAY
           && strspn (self->word + open, "0123456789") == strlen (self->word + open))
    search_elements (self, base, open);
}

/* -- values -- */

static void
add_value (Search *self, gsize open, const char *name)
{
  if (g_str_has_prefix (name, self->word + open))
    add (self, g_strdup_printf ("%.*s%s", (int) open, self->word, name));
}

static void
search_values (Search *self, const char *equals)
{
  const gsize open = (gsize) (equals + 1 - self->word);
  g_autoptr (SondeVariable) variable = resolve (self, self->word, open - 1);
  const SondeType *type = variable != NULL ? sonde_variable_get_type (variable) : NULL;

  if (type != NULL && sonde_type_get_kind (type) == SONDE_KIND_BITFIELD)
    type = sonde_type_get_base (type);
  for (guint i = 0; type != NULL && i < sonde_type_get_n_enumerators (type); i++)
    add_value (self, open, sonde_type_get_enumerator (type, i)->name);
  if (type == NULL || sonde_type_get_kind (type) != SONDE_KIND_BOOL)
    return;
  add_value (self, open, "true");
  add_value (self, open, "false");
}

GPtrArray *
sonde_path_completion_find (SondeAddressMap *map, const char *word, guint max)
{
  Search search = { map, sonde_address_map_get_table (map), word, max, NULL };
  const char *equals = strchr (word, '=');

  search.found = g_ptr_array_new_with_free_func (g_free);
  if (search.table == NULL)
    return search.found;
  if (equals != NULL)
    {
      search_values (&search, equals);
      return search.found;
    }
  search_roots (&search);
  search_parts (&search);
  return search.found;
}
