/* name-explain.c: what an ELF file knows of a name that is no variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-explain.h"

#include <string.h>

#include "symbols/dwarf-names.h"
#include "symbols/dwarf-shape.h"
#include "symbols/name-linker.h"
#include "symbols/name-macros.h"
#include "symbols/name-paths.h"
#include "symbols/name-words.h"

#define MAX_EXAMPLES 4

/* Best first. */
typedef enum
{
  RANK_VARIABLE,
  RANK_CONSTANT,
  RANK_LOCAL,
  RANK_FUNCTION,
  RANK_MEMBER,
  RANK_TYPE,
  RANK_SCOPE,
  RANK_DECLARED,
  RANK_LINKER,
  RANK_MACRO,
  RANK_OTHER_SCOPE, /* added where the name stands in other scopes than those that were typed */
} Rank;

typedef struct
{
  guint rank;
  char *text;
} Answer;

typedef struct
{
  SondeElfFile *elf;      /* borrowed */
  SondeDwarfIndex *index; /* borrowed */
  const SondeNameQuery *query;
  GArray *answers; /* Answer */
  guint n_examples;
  gboolean is_listed; /* a variable of this name with a place is there */
} Explain;

static void
clear_answer (Answer *answer)
{
  g_free (answer->text);
}

/* Takes @text. */
static void
add (Explain *self, const SondeNameHit *hit, Rank rank, char *text)
{
  const Answer answer = { rank + (hit != NULL && !hit->fits ? RANK_OTHER_SCOPE : 0), text };

  g_array_append_val (self->answers, answer);
}

/* "ns::step()" of what stands in a function. */
static char *
dup_function (const SondeNameHit *hit)
{
  const gsize length = strlen (hit->prefix);

  return g_strndup (hit->prefix, length > 2 ? length - 2 : 0);
}

static SondeDieKey
get_type (const SondeNameHit *hit)
{
  return sonde_die_get_reference (&hit->die, DW_AT_type);
}

static gboolean
is_removed (Explain *self, guint64 address)
{
  const guint64 ones
      = sonde_elf_file_get_facts (self->elf)->pointer_size == 4 ? G_MAXUINT32 : G_MAXUINT64;

  return address >= ones - 1 || (address == 0 && sonde_elf_file_find_section (self->elf, 0) == 0);
}

/* The linker may know the place of what is defined without debug information. */
static void
explain_declared (Explain *self, const SondeNameHit *hit, const char *what, const char *source)
{
  const char *linkage = sonde_die_get_text (&hit->die, DW_AT_linkage_name);
  const char *name = linkage != NULL ? linkage : sonde_die_get_name (&hit->die);
  g_autoptr (GPtrArray) known = sonde_name_linker (self->elf, name != NULL ? name : "");

  for (guint i = 0; i < known->len; i++)
    add (self, hit, RANK_DECLARED, g_strdup (known->pdata[i]));
  if (known->len == 0)
    add (self, hit, RANK_DECLARED,
         g_strdup_printf ("%s%s, defined in no file that was compiled with -g", what, source));
}

/* -- variables -- */

static void
explain_local (Explain *self, const SondeNameHit *hit, const char *what, const char *source)
{
  g_autofree char *function = dup_function (hit);
  g_autofree char *constant = NULL;

  if (hit->place == SONDE_PLACE_FIXED || hit->place == SONDE_PLACE_THREAD)
    {
      if (hit->place == SONDE_PLACE_THREAD)
        add (self, hit, RANK_VARIABLE,
             g_strdup_printf ("static in %s, thread-local: each thread has its own%s", function,
                              source));
      else if (is_removed (self, hit->address))
        add (self, hit, RANK_VARIABLE,
             g_strdup_printf ("static in %s, removed by the linker%s", function, source));
      else
        add (self, hit, RANK_VARIABLE,
             g_strdup_printf ("static in %s%s: write %s", function, source, hit->path));
      return;
    }
  if (hit->has_constant)
    {
      constant = sonde_name_words_constant (&hit->constant, get_type (hit));
      add (self, hit, RANK_LOCAL,
           g_strdup_printf ("%s in %s, constant %s%s", what, function, constant, source));
      return;
    }
  add (self, hit, RANK_LOCAL,
       g_strdup_printf ("%s %s %s%s%s", what, g_str_equal (what, "parameter") ? "of" : "in",
                        function, hit->place == SONDE_PLACE_NONE ? ", optimised away" : "",
                        source));
}

static void
explain_global (Explain *self, const SondeNameHit *hit, const char *source)
{
  g_autofree char *constant = NULL;

  switch (hit->place)
    {
    case SONDE_PLACE_FIXED:
      self->is_listed |= !is_removed (self, hit->address);
      add (self, hit, RANK_VARIABLE,
           is_removed (self, hit->address)
               ? g_strdup_printf ("removed by the linker%s", source)
               : g_strdup_printf ("a variable%s: write %s", source, hit->path));
      return;
    case SONDE_PLACE_THREAD:
      add (self, hit, RANK_VARIABLE,
           g_strdup_printf ("thread-local: each thread has its own%s", source));
      return;
    case SONDE_PLACE_PIECES:
      add (self, hit, RANK_VARIABLE,
           g_strdup_printf ("in a register or in pieces, not at one address%s", source));
      return;
    case SONDE_PLACE_VARYING:
      add (self, hit, RANK_VARIABLE,
           g_strdup_printf ("its place changes while the program runs%s", source));
      return;
    default:
      break;
    }
  if (hit->has_constant)
    {
      constant = sonde_name_words_constant (&hit->constant, get_type (hit));
      add (self, hit, RANK_CONSTANT, g_strdup_printf ("constant %s%s", constant, source));
    }
  else if (sonde_die_has_flag (&hit->die, DW_AT_declaration))
    explain_declared (self, hit, "declared", source);
  else
    add (self, hit, RANK_VARIABLE, g_strdup_printf ("optimised away%s", source));
}

/* A parameter of a type or of a declaration has no function's body round it. */
static gboolean
is_of_body (const SondeNameHit *hit)
{
  return hit->parent_tag != DW_TAG_subroutine_type && hit->is_in_function;
}

/* -- the others -- */

static void
explain_function (Explain *self, const SondeNameHit *hit, const char *source)
{
  guint64 address = hit->address;

  if (hit->has_code && is_removed (self, address) && address != 0)
    add (self, hit, RANK_FUNCTION, g_strdup_printf ("a function, removed by the linker%s", source));
  else if (hit->has_code && address == 0 && sonde_elf_file_find_section (self->elf, 0) == 0
           && sonde_die_has (&hit->die, DW_AT_low_pc))
    add (self, hit, RANK_FUNCTION, g_strdup_printf ("a function, removed by the linker%s", source));
  else if (hit->has_code)
    add (self, hit, RANK_FUNCTION,
         g_strdup_printf ("a function at 0x%08" G_GINT64_MODIFIER "x%s", address, source));
  else if (hit->n_inlined > 0 || sonde_die_has (&hit->die, DW_AT_inline))
    add (self, hit, RANK_FUNCTION, g_strdup_printf ("a function, inlined away%s", source));
  else if (!hit->is_completed && !sonde_die_has_flag (&hit->die, DW_AT_artificial))
    explain_declared (self, hit, "a function, declared", source);
}

static void
explain_member (Explain *self, const SondeNameHit *hit)
{
  g_autofree char *type = sonde_name_words_type (self->index, hit->parent);
  g_autofree char *example = NULL;

  /* Static members are variables. */
  if (sonde_die_has_flag (&hit->die, DW_AT_declaration))
    {
      g_autofree char *source = sonde_name_words_source (&hit->die);

      explain_global (self, hit, source);
      return;
    }
  if (self->n_examples++ < MAX_EXAMPLES)
    example = sonde_name_words_example (self->index, hit->parent);
  if (example != NULL)
    add (self, hit, RANK_MEMBER,
         g_strdup_printf ("a member of %s: write %s.%s", type, example, self->query->name));
  else
    add (self, hit, RANK_MEMBER,
         g_strdup_printf ("a member of %s: name a variable of that type", type));
}

static void
explain_enumerator (Explain *self, const SondeNameHit *hit)
{
  g_autofree char *type = sonde_name_words_type (self->index, hit->parent);
  g_autofree char *constant = sonde_name_words_constant (&hit->die, 0);
  g_autofree char *source = sonde_name_words_source (&hit->die);

  add (self, hit, RANK_CONSTANT,
       g_strdup_printf ("constant %s of %s%s%s", constant,
                        strstr (type, "enum") != NULL ? "" : "enum ", type, source));
}

static void
explain_type (Explain *self, const SondeNameHit *hit)
{
  g_autofree char *type = sonde_dwarf_type_name (self->index, sonde_die_get_key (&hit->die), 0);

  add (self, hit, RANK_TYPE, g_strdup_printf ("a type: write (%s*)ADDRESS", type));
}

static void
explain_hit (Explain *self, const SondeNameHit *hit)
{
  g_autofree char *source = sonde_name_words_source (&hit->die);

  switch (sonde_die_get_tag (&hit->die))
    {
    case DW_TAG_variable:
      if (hit->is_in_function && !sonde_die_has_flag (&hit->die, DW_AT_declaration))
        explain_local (self, hit, "local", source);
      else if (!sonde_die_has_flag (&hit->die, DW_AT_declaration) || !self->is_listed)
        explain_global (self, hit, source);
      break;
    case DW_TAG_formal_parameter:
      if (is_of_body (hit))
        explain_local (self, hit, "parameter", source);
      break;
    case DW_TAG_constant:
    case DW_TAG_template_value_parameter:
      explain_global (self, hit, source);
      break;
    case DW_TAG_enumerator:
      explain_enumerator (self, hit);
      break;
    case DW_TAG_subprogram:
      explain_function (self, hit, source);
      break;
    case DW_TAG_member:
      explain_member (self, hit);
      break;
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
    case DW_TAG_union_type:
    case DW_TAG_enumeration_type:
    case DW_TAG_typedef:
    case DW_TAG_base_type:
      explain_type (self, hit);
      break;
    case DW_TAG_namespace:
      add (self, hit, RANK_SCOPE,
           g_strdup_printf ("a namespace: write %s%s::NAME", hit->prefix, self->query->name));
      break;
    case DW_TAG_label:
      {
        g_autofree char *function = dup_function (hit);

        add (self, hit, RANK_SCOPE, g_strdup_printf ("a label in %s%s", function, source));
        break;
      }
    default:
      break;
    }
}

/* -- the whole -- */

/* A declaration beside its definition has nothing to add. */
static gint
compare_completeness (gconstpointer a, gconstpointer b)
{
  const SondeNameHit *x = a, *y = b;
  const gboolean is_x = sonde_die_has_flag (&x->die, DW_AT_declaration) && !x->is_completed;
  const gboolean is_y = sonde_die_has_flag (&y->die, DW_AT_declaration) && !y->is_completed;

  if (is_x != is_y)
    return is_x ? 1 : -1;
  return sonde_die_get_key (&x->die) < sonde_die_get_key (&y->die)
             ? -1
             : sonde_die_get_key (&x->die) > sonde_die_get_key (&y->die);
}

static void
explain_units (Explain *self)
{
  g_autoptr (GArray) hits = sonde_name_find (self->index, self->query);

  sonde_name_paths_set (hits, sonde_elf_file_get_facts (self->elf)->is_relocatable);
  g_array_sort (hits, compare_completeness);
  for (guint i = 0; i < hits->len; i++)
    explain_hit (self, &g_array_index (hits, SondeNameHit, i));
}

static void
add_texts (Explain *self, Rank rank, GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    add (self, NULL, rank, g_strdup (texts->pdata[i]));
}

/* Where nothing else is known: the units that nobody could look into. */
static void
add_skipped (Explain *self)
{
  GPtrArray *skipped = self->index->skipped;

  for (guint i = 0; i < skipped->len; i++)
    {
      const char *text = skipped->pdata[i];
      const char *colon = strstr (text, ": ");

      if (colon == NULL)
        continue;
      add (self, NULL, RANK_MACRO,
           g_strdup_printf ("in unit %.*s, skipped because %s", (int) (colon - text), text,
                            colon + 2));
    }
}

/* What stands in the scopes that were typed makes the others noise, and a definition makes a
 * declaration so. */
static guint
get_worst_rank (const GArray *answers)
{
  guint best = G_MAXUINT;

  for (guint i = 0; i < answers->len; i++)
    best = MIN (best, g_array_index (answers, Answer, i).rank);
  return best < RANK_DECLARED      ? RANK_SCOPE
         : best < RANK_OTHER_SCOPE ? RANK_OTHER_SCOPE - 1
                                   : 2 * RANK_OTHER_SCOPE;
}

/* Equal answers of several units are one; those that are left out are counted. */
static GBytes *
write_answers (GArray *answers)
{
  const guint worst = get_worst_rank (answers);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint rank = 0; rank <= worst; rank++)
    for (guint i = 0; i < answers->len; i++)
      {
        const Answer *answer = &g_array_index (answers, Answer, i);

        if (answer->rank == rank && g_hash_table_add (seen, answer->text))
          g_ptr_array_add (lines, answer->text);
      }
  for (guint i = 0; i < lines->len; i++)
    {
      if (i == SONDE_EXPLAIN_MAX_ANSWERS - 1 && lines->len > SONDE_EXPLAIN_MAX_ANSWERS)
        {
          g_string_append_printf (out, "and %u more\n", lines->len - i);
          break;
        }
      g_string_append (out, lines->pdata[i]);
      g_string_append_c (out, '\n');
    }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static void
ignore_progress (double fraction, gpointer user_data)
{
}

GBytes *
sonde_name_explain (int fd, const char *file, const char *name, GError **error)
{
  g_autoptr (SondeElfFile) elf = sonde_elf_file_new (fd, file, error);
  g_autoptr (SondeNameQuery) query = sonde_name_query_new (name);

  if (elf == NULL)
    return NULL;
  g_autoptr (SondeDwarf) dwarf = sonde_dwarf_new (elf);
  g_autoptr (SondeDwarfIndex) index = sonde_dwarf_index_new (dwarf, ignore_progress, NULL);
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  Explain self = { .elf = elf, .index = index, .query = query, .answers = answers };

  g_array_set_clear_func (answers, (GDestroyNotify) clear_answer);
  explain_units (&self);
  g_autoptr (GPtrArray) macros = sonde_name_macros (dwarf, query->whole);
  add_texts (&self, RANK_MACRO, macros);
  if (answers->len == 0)
    {
      g_autoptr (GPtrArray) symbols = sonde_name_linker (elf, query->whole);

      add_texts (&self, RANK_LINKER, symbols);
    }
  if (answers->len == 0)
    add_skipped (&self);
  return write_answers (answers);
}
