/* value.h: the bytes of a leaf as one value, and back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/type.h"

typedef enum
{
  SONDE_VALUE_NONE, /* nothing read yet; never a number */
  SONDE_VALUE_SIGNED,
  SONDE_VALUE_UNSIGNED,
  SONDE_VALUE_FLOAT32, /* in f; keeps the width for the shortest text */
  SONDE_VALUE_FLOAT64,
  SONDE_VALUE_RAW, /* 80 and 128 bit: bytes as they came */
} SondeValueKind;

typedef struct
{
  SondeValueKind kind;
  guint8 raw_size;
  union
  {
    gint64 i;
    guint64 u;
    double f;
    guint8 raw[16];
  };
} SondeValue;

#define SONDE_VALUE_INIT                                                                           \
  {                                                                                                \
    SONDE_VALUE_NONE, 0,                                                                           \
    {                                                                                              \
      0                                                                                            \
    }                                                                                              \
  }

/**
 * sonde_value_decode:
 * @type: a leaf
 * @data: at least the type's size; of a bit-field: its unit
 *
 * Returns: FALSE where @type is no leaf, @size too small, or the size not a number's (then @value
 * is RAW up to 16 bytes, else NONE)
 */
gboolean sonde_value_decode (const SondeType *type, int byte_order, const guint8 *data, gsize size,
                             SondeValue *value);

/**
 * sonde_value_encode:
 * @data: the type's size of bytes, written whole; of a bit-field only its bits are set, others
 * cleared: combine with sonde_value_mask()
 *
 * Returns: FALSE where the value does not fit (checked by sonde_value_fits())
 */
gboolean sonde_value_encode (const SondeType *type, int byte_order, const SondeValue *value,
                             guint8 *data, gsize size);

/** sonde_value_from_bits: the low bits of @bits as a value of @type, an integer, a float or
 * (without its offset) a bit-field. */
SondeValue sonde_value_from_bits (const SondeType *type, guint64 bits);
/** sonde_value_get_width: bits of the value itself: of a bit-field its own, else of the size. */
guint sonde_value_get_width (const SondeType *type);
/** sonde_value_get_range: of an integer, bool, char, enum, pointer or bit-field. */
void sonde_value_get_range (const SondeType *type, gint64 *lowest, guint64 *highest);
/** sonde_value_fits: in the range of @type. Floats take every number; enums every value of their
 * width. */
gboolean sonde_value_fits (const SondeType *type, const SondeValue *value);
/** sonde_value_mask: the bits a bit-field covers within its unit, as an integer; all ones of the
 * size elsewhere. */
guint64 sonde_value_mask (const SondeType *type);
/** sonde_value_to_double: NAN for NONE and RAW; 64-bit integers may round. */
double sonde_value_to_double (const SondeValue *value);
/** sonde_value_equal: whole numbers by what they count, floats by their bits (every nan is the
 * same), of one width only. */
gboolean sonde_value_equal (const SondeValue *a, const SondeValue *b);
SondeValue sonde_value_signed (gint64 i);
SondeValue sonde_value_unsigned (guint64 u);
SondeValue sonde_value_float (double f, gboolean is_single);
