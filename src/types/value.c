/* value.c: the bytes of a leaf as one value, and back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/value.h"

#include <math.h>
#include <string.h>

#include "base/bytes.h"

/* 2^63 and 2^64: the first doubles that gint64 and guint64 do not hold. */
#define TWO_63 9223372036854775808.0
#define TWO_64 18446744073709551616.0

static gboolean
is_float (const SondeType *type)
{
  const guint64 size = sonde_type_get_size (type);

  return sonde_type_get_encoding (type) == SONDE_ENCODING_FLOAT
         && sonde_type_get_kind (type) == SONDE_KIND_NUMBER && (size == 4 || size == 8);
}

static gboolean
is_integer (const SondeType *type)
{
  const guint64 size = sonde_type_get_size (type);

  if (sonde_type_get_kind (type) == SONDE_KIND_BITFIELD)
    return TRUE;
  return sonde_type_is_leaf (type) && sonde_type_get_encoding (type) != SONDE_ENCODING_FLOAT
         && (size == 1 || size == 2 || size == 4 || size == 8);
}

guint
sonde_value_get_width (const SondeType *type)
{
  const guint bits = sonde_type_get_bit_size (type);

  return bits > 0 ? bits : 8 * (guint) sonde_type_get_size (type);
}

static guint64
low_bits (guint n)
{
  return n >= 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << n) - 1;
}

guint64
sonde_value_mask (const SondeType *type)
{
  if (sonde_type_get_kind (type) == SONDE_KIND_BITFIELD)
    return low_bits (sonde_type_get_bit_size (type)) << sonde_type_get_bit_offset (type);
  return low_bits ((guint) MIN (sonde_type_get_size (type), 8) * 8);
}

SondeValue
sonde_value_signed (gint64 i)
{
  return (SondeValue){ .kind = SONDE_VALUE_SIGNED, .i = i };
}

SondeValue
sonde_value_unsigned (guint64 u)
{
  return (SondeValue){ .kind = SONDE_VALUE_UNSIGNED, .u = u };
}

SondeValue
sonde_value_float (double f, gboolean is_single)
{
  return (SondeValue){ .kind = is_single ? SONDE_VALUE_FLOAT32 : SONDE_VALUE_FLOAT64, .f = f };
}

static SondeValue
float_from_bits (guint64 bits, guint64 size)
{
  double f;

  if (size == 4)
    {
      const guint32 bits32 = (guint32) bits;
      float single;

      memcpy (&single, &bits32, sizeof single);
      return sonde_value_float (single, TRUE);
    }
  memcpy (&f, &bits, sizeof f);
  return sonde_value_float (f, FALSE);
}

SondeValue
sonde_value_from_bits (const SondeType *type, guint64 bits)
{
  const guint width = sonde_value_get_width (type);

  if (is_float (type))
    return float_from_bits (bits, sonde_type_get_size (type));

  bits &= low_bits (width);
  if (!sonde_type_is_signed (type))
    return sonde_value_unsigned (bits);
  if (width < 64 && bits >> (width - 1) != 0)
    bits |= ~low_bits (width);
  return sonde_value_signed ((gint64) bits);
}

/* What is no number is kept as it came, as far as there is room. */
static gboolean
keep_raw (const guint8 *data, guint64 size, SondeValue *value)
{
  *value = (SondeValue) SONDE_VALUE_INIT;
  if (size > 0 && size <= sizeof value->raw)
    {
      value->kind = SONDE_VALUE_RAW;
      value->raw_size = (guint8) size;
      memcpy (value->raw, data, size);
    }
  return FALSE;
}

gboolean
sonde_value_decode (const SondeType *type, int byte_order, const guint8 *data, gsize size,
                    SondeValue *value)
{
  const guint64 type_size = sonde_type_get_size (type);

  *value = (SondeValue) SONDE_VALUE_INIT;
  if (!sonde_type_is_leaf (type) || size < type_size)
    return FALSE;
  if (!is_float (type) && !is_integer (type))
    return keep_raw (data, type_size, value);

  const guint64 unit = sonde_bytes_load (data, (guint) type_size, byte_order);

  *value = sonde_value_from_bits (type, unit >> sonde_type_get_bit_offset (type));
  return TRUE;
}

/* A float stands for an integer only where it is one. */
static gboolean
to_integer (const SondeValue *value, SondeValue *integer)
{
  *integer = *value;
  if (value->kind == SONDE_VALUE_SIGNED || value->kind == SONDE_VALUE_UNSIGNED)
    return TRUE;
  if (value->kind != SONDE_VALUE_FLOAT32 && value->kind != SONDE_VALUE_FLOAT64)
    return FALSE;
  if (!(value->f >= -TWO_63 && value->f < TWO_64) || value->f != trunc (value->f))
    return FALSE;
  *integer = value->f < 0 ? sonde_value_signed ((gint64) value->f)
                          : sonde_value_unsigned ((guint64) value->f);
  return TRUE;
}

void
sonde_value_get_range (const SondeType *type, gint64 *lowest, guint64 *highest)
{
  const SondeType *base = sonde_type_get_base (type);
  const SondeKind kind = sonde_type_get_kind (type);
  const guint width = CLAMP (sonde_value_get_width (type), 1, 64);
  const gboolean is_signed = sonde_type_is_signed (type);

  *lowest = is_signed ? -(gint64) (low_bits (width - 1)) - 1 : 0;
  *highest = is_signed ? low_bits (width - 1) : low_bits (width);
  if (kind == SONDE_KIND_BOOL || (base != NULL && sonde_type_get_kind (base) == SONDE_KIND_BOOL))
    *highest = 1;
}

static gboolean
integer_fits (const SondeType *type, const SondeValue *integer)
{
  const guint width = sonde_value_get_width (type);
  const gboolean is_negative = integer->kind == SONDE_VALUE_SIGNED && integer->i < 0;
  gint64 lowest;
  guint64 highest;

  sonde_value_get_range (type, &lowest, &highest);
  /* Whether an enum counts as signed is the compiler's choice: both readings of its bits go. */
  if (sonde_type_get_kind (type) == SONDE_KIND_ENUM)
    {
      lowest = -(gint64) (low_bits (width - 1)) - 1;
      highest = low_bits (width);
    }
  return is_negative ? integer->i >= lowest : integer->u <= highest;
}

gboolean
sonde_value_fits (const SondeType *type, const SondeValue *value)
{
  SondeValue integer;

  if (value->kind == SONDE_VALUE_NONE || !sonde_type_is_leaf (type))
    return FALSE;
  if (value->kind == SONDE_VALUE_RAW)
    return value->raw_size == sonde_type_get_size (type) && !is_float (type) && !is_integer (type);
  if (is_float (type))
    return TRUE;
  return is_integer (type) && to_integer (value, &integer) && integer_fits (type, &integer);
}

static guint64
float_to_bits (double f, guint64 size)
{
  guint64 bits;

  if (size == 4)
    {
      const float single = (float) f;
      guint32 bits32;

      memcpy (&bits32, &single, sizeof bits32);
      return bits32;
    }
  memcpy (&bits, &f, sizeof bits);
  return bits;
}

gboolean
sonde_value_encode (const SondeType *type, int byte_order, const SondeValue *value, guint8 *data,
                    gsize size)
{
  const guint64 type_size = sonde_type_get_size (type);
  SondeValue integer;
  guint64 unit;

  if (size < type_size || !sonde_value_fits (type, value))
    return FALSE;
  if (value->kind == SONDE_VALUE_RAW)
    {
      memcpy (data, value->raw, value->raw_size);
      return TRUE;
    }
  if (is_float (type))
    unit = float_to_bits (sonde_value_to_double (value), type_size);
  else if (to_integer (value, &integer))
    unit = integer.u << sonde_type_get_bit_offset (type) & sonde_value_mask (type);
  else
    return FALSE;
  sonde_bytes_store (data, (guint) type_size, byte_order, unit);
  return TRUE;
}

double
sonde_value_to_double (const SondeValue *value)
{
  switch (value->kind)
    {
    case SONDE_VALUE_SIGNED:
      return (double) value->i;
    case SONDE_VALUE_UNSIGNED:
      return (double) value->u;
    case SONDE_VALUE_FLOAT32:
    case SONDE_VALUE_FLOAT64:
      return value->f;
    case SONDE_VALUE_NONE:
    case SONDE_VALUE_RAW:
    default:
      return NAN;
    }
}

static gboolean
is_whole (const SondeValue *value)
{
  return value->kind == SONDE_VALUE_SIGNED || value->kind == SONDE_VALUE_UNSIGNED;
}

static gboolean
is_negative (const SondeValue *value)
{
  return value->kind == SONDE_VALUE_SIGNED && value->i < 0;
}

gboolean
sonde_value_equal (const SondeValue *a, const SondeValue *b)
{
  if (is_whole (a) && is_whole (b))
    return a->u == b->u && is_negative (a) == is_negative (b);
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == SONDE_VALUE_NONE)
    return TRUE;
  if (a->kind == SONDE_VALUE_RAW)
    return a->raw_size == b->raw_size && memcmp (a->raw, b->raw, a->raw_size) == 0;
  return (isnan (a->f) && isnan (b->f)) || memcmp (&a->f, &b->f, sizeof a->f) == 0;
}
