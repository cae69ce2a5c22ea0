/* pointer-chain.c: the pointers that are read before a variable, and where they lead; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/pointer-chain.h"

#include "base/bytes.h"

struct _SondePointerChain
{
  guint n;                                       /* pointers */
  SondeVariable *places[SONDE_MAX_POINTERS + 1]; /* references */
  char *why;
};

static guint
count_pointers (SondeVariable *variable)
{
  guint n = 0;

  for (; variable != NULL; variable = sonde_variable_get_info (variable)->pointer)
    n++;
  return n - 1;
}

static gboolean
is_pointer (const SondeType *type)
{
  guint64 size = sonde_type_get_size (type);
  SondeKind kind = sonde_type_get_kind (type);

  return (size == 2 || size == 4 || size == 8)
         && (kind == SONDE_KIND_POINTER
             || (kind == SONDE_KIND_NUMBER
                 && sonde_type_get_encoding (type) != SONDE_ENCODING_FLOAT));
}

static char *
dup_why (const SondePointerChain *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      const SondeVariableInfo *info = sonde_variable_get_info (self->places[i]);

      if (info->why != NULL)
        return g_strdup_printf ("%s: %s", info->path, info->why);
      if (!is_pointer (info->type))
        return g_strdup_printf ("%s: no pointer (%s)", info->path,
                                sonde_type_get_name (info->type));
    }
  return NULL;
}

static SondeVariable *
find_outermost (SondeVariable *variable)
{
  while (sonde_variable_get_info (variable)->pointer != NULL)
    variable = sonde_variable_get_info (variable)->pointer;
  return variable;
}

SondePointerChain *
sonde_pointer_chain_new (SondeVariable *variable)
{
  guint n = count_pointers (variable);
  SondePointerChain *self;

  if (n == 0)
    return NULL;
  self = g_new0 (SondePointerChain, 1);
  if (n > SONDE_MAX_POINTERS)
    {
      /* The first of them is still there to be asked for, so that somebody is told. */
      self->n = 1;
      self->places[0] = sonde_variable_ref (find_outermost (variable));
      self->places[1] = sonde_variable_ref (variable);
      self->why = g_strdup_printf ("more than %d pointers lead to it", SONDE_MAX_POINTERS);
      return self;
    }
  self->n = n;
  for (guint i = n + 1; i-- > 0; variable = sonde_variable_get_info (variable)->pointer)
    self->places[i] = sonde_variable_ref (variable);
  self->why = dup_why (self);
  return self;
}

void
sonde_pointer_chain_free (SondePointerChain *self)
{
  for (guint i = 0; i <= self->n; i++)
    sonde_variable_unref (self->places[i]);
  g_free (self->why);
  g_free (self);
}

const char *
sonde_pointer_chain_get_why (const SondePointerChain *self)
{
  return self->why;
}

guint
sonde_pointer_chain_get_n (const SondePointerChain *self)
{
  return self->n;
}

SondeVariable *
sonde_pointer_chain_get_variable (const SondePointerChain *self, guint place)
{
  g_return_val_if_fail (place <= self->n, NULL);

  return self->places[place];
}

guint32
sonde_pointer_chain_get_size (const SondePointerChain *self, guint place)
{
  guint64 size = sonde_variable_get_size (self->places[place]);

  return (guint32) (place < self->n ? MIN (size, 8) : size);
}

guint64
sonde_pointer_chain_load (const SondePointerChain *self, guint place, const guint8 *bytes)
{
  guint32 size = sonde_pointer_chain_get_size (self, place);

  return size == 0 ? 0
                   : sonde_bytes_load (bytes, size,
                                       sonde_variable_get_info (self->places[place])->byte_order);
}

/* All addresses that a pointer of the target can hold. */
static guint64
address_mask (const SondePointerChain *self, guint place)
{
  guint size = sonde_variable_get_info (self->places[place])->pointer_size;

  return size == 0 || size >= 8 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << (8 * size)) - 1;
}

guint64
sonde_pointer_chain_get_address (const SondePointerChain *self, guint place, guint64 value)
{
  guint64 offset = sonde_variable_get_address (self->places[place]);

  return place == 0 ? offset : (value + offset) & address_mask (self, place);
}

gboolean
sonde_pointer_chain_leads (const SondePointerChain *self, guint place, guint64 value)
{
  return value != 0 && value <= address_mask (self, place);
}

char *
sonde_pointer_chain_dup_obstacle (const SondePointerChain *self, guint place, guint64 value)
{
  const char *path = sonde_variable_get_path (self->places[place]);

  if (value == 0)
    return g_strdup_printf ("%s is NULL", path);
  return g_strdup_printf ("%s holds 0x%" G_GINT64_MODIFIER "x: no address of this board", path,
                          value);
}

char *
sonde_pointer_chain_dup_leader (const SondePointerChain *self, guint place, guint64 value)
{
  return g_strdup_printf ("%s points to 0x%08" G_GINT64_MODIFIER "x",
                          sonde_variable_get_path (self->places[place]), value);
}

char *
sonde_pointer_chain_dup_refusal (const SondePointerChain *self, guint place, guint64 value,
                                 const char *error)
{
  g_autofree char *leader = sonde_pointer_chain_dup_leader (self, place, value);

  return g_strdup_printf ("%s: the board refuses to read there (%s)", leader, error);
}

SondeVariable *
sonde_pointer_chain_dup_target (const SondePointerChain *self, guint place, guint64 address,
                                SondeMemory memory)
{
  SondeVariableInfo info = *sonde_variable_get_info (self->places[place]);

  info.pointer = NULL;
  info.address = address;
  info.memory = memory;
  return sonde_variable_new (&info);
}
