/* name-query.c: a name as a person types it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-query.h"

#include <string.h>

#include "types/path.h"

/* Letters before the next "::" that stands in no brackets. */
static gsize
measure_part (const char *text)
{
  guint depth = 0;
  gsize i = 0;

  for (; text[i] != '\0'; i++)
    {
      if (text[i] == '(' || text[i] == '<')
        depth++;
      else if ((text[i] == ')' || text[i] == '>') && depth > 0)
        depth--;
      else if (depth == 0 && text[i] == ':' && text[i + 1] == ':')
        return i;
    }
  return i;
}

/* "step(int)" and "step()" are "step"; "(anonymous namespace)" stays. */
static char *
dup_part (const char *text, gsize length)
{
  const char *brackets = length > 0 ? memchr (text + 1, '(', length - 1) : NULL;

  return g_strndup (text, brackets != NULL ? (gsize) (brackets - text) : length);
}

GStrv
sonde_name_query_split (const char *prefix)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  while (*prefix != '\0')
    {
      const gsize length = measure_part (prefix);

      /* Of "::x" the first part is empty: the outermost scope has no name. */
      if (length > 0)
        g_ptr_array_add (parts, dup_part (prefix, length));
      prefix += length + (prefix[length] != '\0' ? 2 : 0);
    }
  g_ptr_array_add (parts, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&parts), FALSE);
}

/* "struct motor" asks for the type. */
static gsize
measure_tag (const char *text)
{
  static const char *const tags[] = { "struct ", "union ", "enum ", "class " };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_has_prefix (text, tags[i]))
      return strlen (tags[i]) + strspn (text + strlen (tags[i]), " ");
  return 0;
}

/* "*p", "(*p).x", "&x", "p->x": what they begin with is the name. */
static char *
dup_root (const char *text, gboolean *has_rest)
{
  gsize length;
  const char *arrow;

  if (!g_str_has_prefix (text, "(anonymous"))
    text += strspn (text, "(*& ");
  text += measure_tag (text);
  length = sonde_path_root_length (text);
  arrow = g_strstr_len (text, (gssize) length, "->");
  if (arrow != NULL && strstr (text, "operator->") == NULL)
    length = (gsize) (arrow - text);
  *has_rest = text[length] != '\0';
  return g_strndup (text, length);
}

SondeNameQuery *
sonde_name_query_new (const char *typed)
{
  SondeNameQuery *self = g_new0 (SondeNameQuery, 1);
  g_autofree char *root = NULL;
  guint n;

  self->whole = g_strstrip (g_strdup (typed));
  root = dup_root (self->whole, &self->has_rest);
  self->scopes = sonde_name_query_split (root);
  n = g_strv_length (self->scopes);
  if (n == 0)
    {
      self->name = g_strdup ("");
      return self;
    }
  self->name = g_strchomp (g_steal_pointer (&self->scopes[n - 1]));
  /* "(*p)": the bracket was opened before the name. */
  if (strchr (self->name, '(') == NULL && g_str_has_suffix (self->name, ")"))
    self->name[strcspn (self->name, ")")] = '\0';
  return self;
}

void
sonde_name_query_free (SondeNameQuery *self)
{
  g_free (self->whole);
  g_free (self->name);
  g_strfreev (self->scopes);
  g_free (self);
}

static gboolean
is_file (const char *typed, const char *file)
{
  const gsize length = strlen (typed), full = strlen (file);

  return length <= full && strcmp (file + full - length, typed) == 0
         && (length == full || file[full - length - 1] == '/');
}

gboolean
sonde_name_query_fits (const SondeNameQuery *self, const char *prefix, const char *file)
{
  g_auto (GStrv) scopes = sonde_name_query_split (prefix);
  guint n_typed = g_strv_length (self->scopes), n = g_strv_length (scopes);

  while (n_typed > 0 && n > 0 && strcmp (self->scopes[n_typed - 1], scopes[n - 1]) == 0)
    {
      n_typed--;
      n--;
    }
  return n_typed == 0 || (n_typed == 1 && file != NULL && is_file (self->scopes[0], file));
}
