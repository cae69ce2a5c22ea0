/* type-compare.c: whether two types lay out memory alike */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/type-compare.h"

#include <string.h>

struct _SondeTypeCompare
{
  GHashTable *known; /* Pair -> itself */
};

typedef struct
{
  const SondeType *a, *b; /* borrowed */
  gboolean is_same;
} Pair;

static guint
hash_pair (gconstpointer key)
{
  const Pair *pair = key;

  return g_direct_hash (pair->a) * 31 + g_direct_hash (pair->b);
}

static gboolean
equal_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *x = a, *y = b;

  return x->a == y->a && x->b == y->b;
}

SondeTypeCompare *
sonde_type_compare_new (void)
{
  SondeTypeCompare *self = g_new (SondeTypeCompare, 1);

  self->known = g_hash_table_new_full (hash_pair, equal_pairs, g_free, NULL);
  return self;
}

void
sonde_type_compare_free (SondeTypeCompare *self)
{
  g_hash_table_unref (self->known);
  g_free (self);
}

static gboolean
has_same_name (const SondeType *a, const SondeType *b)
{
  return strcmp (sonde_type_get_name (a), sonde_type_get_name (b)) == 0;
}

static gboolean
is_same_part (SondeTypeCompare *self, const SondeType *a, const SondeType *b)
{
  return has_same_name (a, b) && sonde_type_compare_is_same (self, a, b);
}

static gboolean
has_same_members (SondeTypeCompare *self, const SondeType *a, const SondeType *b)
{
  const guint n = sonde_type_get_n_members (a);

  if (n != sonde_type_get_n_members (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const SondeMember *x = sonde_type_get_member (a, i), *y = sonde_type_get_member (b, i);

      if (x->offset != y->offset || g_strcmp0 (x->name, y->name) != 0
          || !is_same_part (self, x->type, y->type))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_same_enumerators (const SondeType *a, const SondeType *b)
{
  const guint n = sonde_type_get_n_enumerators (a);

  if (n != sonde_type_get_n_enumerators (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const SondeEnumerator *x = sonde_type_get_enumerator (a, i);
      const SondeEnumerator *y = sonde_type_get_enumerator (b, i);

      if (x->value != y->value || strcmp (x->name, y->name) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_same_head (const SondeType *a, const SondeType *b)
{
  return sonde_type_get_kind (a) == sonde_type_get_kind (b)
         && sonde_type_get_encoding (a) == sonde_type_get_encoding (b)
         && sonde_type_is_signed (a) == sonde_type_is_signed (b)
         && sonde_type_get_size (a) == sonde_type_get_size (b)
         && sonde_type_get_count (a) == sonde_type_get_count (b)
         && sonde_type_get_bit_offset (a) == sonde_type_get_bit_offset (b)
         && sonde_type_get_bit_size (a) == sonde_type_get_bit_size (b);
}

static gboolean
compare (SondeTypeCompare *self, const SondeType *a, const SondeType *b)
{
  const SondeType *base_a = sonde_type_get_base (a), *base_b = sonde_type_get_base (b);

  if (!has_same_head (a, b) || (base_a == NULL) != (base_b == NULL)
      || (base_a != NULL && !is_same_part (self, base_a, base_b)))
    return FALSE;
  return has_same_enumerators (a, b) && has_same_members (self, a, b);
}

gboolean
sonde_type_compare_is_same (SondeTypeCompare *self, const SondeType *a, const SondeType *b)
{
  const Pair asked = { a, b, FALSE };
  const Pair *known;
  Pair *pair;

  if (a == b)
    return TRUE;
  known = g_hash_table_lookup (self->known, &asked);
  if (known != NULL)
    return known->is_same;
  pair = g_memdup2 (&asked, sizeof asked);
  pair->is_same = compare (self, a, b);
  g_hash_table_add (self->known, pair);
  return pair->is_same;
}
