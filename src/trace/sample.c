/* sample.c: numbers kept side by side at their type's own width */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/sample.h"

/* One line a form: its name, its C type, the kind it reads back as and the field it lives in. */
#define FOR_EACH_FORM(DO)                                                                          \
  DO (S8, gint8, SIGNED, i)                                                                        \
  DO (S16, gint16, SIGNED, i)                                                                      \
  DO (S32, gint32, SIGNED, i)                                                                      \
  DO (S64, gint64, SIGNED, i)                                                                      \
  DO (U8, guint8, UNSIGNED, u)                                                                     \
  DO (U16, guint16, UNSIGNED, u)                                                                   \
  DO (U32, guint32, UNSIGNED, u)                                                                   \
  DO (U64, guint64, UNSIGNED, u)                                                                   \
  DO (F32, float, FLOAT32, f)                                                                      \
  DO (F64, double, FLOAT64, f)

static SondeSampleForm
integer_form (gboolean is_signed, guint64 n_bits)
{
  const guint step = n_bits <= 8 ? 0 : n_bits <= 16 ? 1 : n_bits <= 32 ? 2 : 3;

  return (is_signed ? SONDE_SAMPLE_S8 : SONDE_SAMPLE_U8) + step;
}

SondeSampleForm
sonde_sample_form_of (const SondeType *type)
{
  const guint64 size = sonde_type_get_size (type);

  if (sonde_type_get_kind (type) == SONDE_KIND_BITFIELD)
    return integer_form (sonde_type_is_signed (type), sonde_type_get_bit_size (type));
  if (sonde_type_get_encoding (type) == SONDE_ENCODING_FLOAT)
    return size == sizeof (float) ? SONDE_SAMPLE_F32 : SONDE_SAMPLE_F64;
  return integer_form (sonde_type_is_signed (type), size * 8);
}

guint
sonde_sample_width (SondeSampleForm form)
{
  switch (form)
    {
#define WIDTH(NAME, TYPE, KIND, FIELD)                                                             \
  case SONDE_SAMPLE_##NAME:                                                                        \
    return sizeof (TYPE);
      FOR_EACH_FORM (WIDTH)
#undef WIDTH
    }
  g_return_val_if_reached (8);
}

/* Integers wrap into a narrower form as they would in C: the type promised that they fit. */
gboolean
sonde_sample_store (SondeSampleForm form, gpointer values, guint index, const SondeValue *value)
{
  const gboolean is_float
      = value->kind == SONDE_VALUE_FLOAT32 || value->kind == SONDE_VALUE_FLOAT64;

  if (value->kind == SONDE_VALUE_NONE || value->kind == SONDE_VALUE_RAW)
    return FALSE;
  switch (form)
    {
#define STORE(NAME, TYPE, KIND, FIELD)                                                             \
  case SONDE_SAMPLE_##NAME:                                                                        \
    ((TYPE *) values)[index] = is_float                            ? (TYPE) value->f               \
                               : value->kind == SONDE_VALUE_SIGNED ? (TYPE) value->i               \
                                                                   : (TYPE) value->u;              \
    break;
      FOR_EACH_FORM (STORE)
#undef STORE
    }
  return TRUE;
}

SondeValue
sonde_sample_load (SondeSampleForm form, gconstpointer values, guint index)
{
  SondeValue value = SONDE_VALUE_INIT;

  switch (form)
    {
#define LOAD(NAME, TYPE, KIND, FIELD)                                                              \
  case SONDE_SAMPLE_##NAME:                                                                        \
    value.kind = SONDE_VALUE_##KIND;                                                               \
    value.FIELD = ((const TYPE *) values)[index];                                                  \
    break;
      FOR_EACH_FORM (LOAD)
#undef LOAD
    }
  return value;
}

double
sonde_sample_to_double (SondeSampleForm form, gconstpointer values, guint index)
{
  switch (form)
    {
#define TO_DOUBLE(NAME, TYPE, KIND, FIELD)                                                         \
  case SONDE_SAMPLE_##NAME:                                                                        \
    return (double) ((const TYPE *) values)[index];
      FOR_EACH_FORM (TO_DOUBLE)
#undef TO_DOUBLE
    }
  g_return_val_if_reached (0);
}

/* The loops stay in the sample's own type, so that the compiler can work on many at once. */
void
sonde_sample_extend (SondeSampleForm form, gconstpointer values, guint from, guint to, double *min,
                     double *max)
{
  switch (form)
    {
#define EXTEND(NAME, TYPE, KIND, FIELD)                                                            \
  case SONDE_SAMPLE_##NAME:                                                                        \
    for (const TYPE *v = (const TYPE *) values + from, *end = (const TYPE *) values + to; v < end; \
         v++)                                                                                      \
      {                                                                                            \
        *min = (double) *v < *min ? (double) *v : *min;                                            \
        *max = (double) *v > *max ? (double) *v : *max;                                            \
      }                                                                                            \
    break;
      FOR_EACH_FORM (EXTEND)
#undef EXTEND
    }
}
