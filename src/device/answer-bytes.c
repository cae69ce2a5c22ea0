/* answer-bytes.c: what a board answered as the bytes of a variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/answer-bytes.h"

#include <math.h>
#include <string.h>

#include "base/bytes.h"
#include "types/value.h"

/* Above this a double no longer counts by ones. */
#define EXACT_LIMIT 9007199254740992.0

static gboolean
value_from_number (const SondeType *type, double number, SondeValue *value)
{
  if (sonde_type_get_encoding (type) == SONDE_ENCODING_FLOAT)
    {
      *value = sonde_value_float (number, sonde_type_get_size (type) == 4);
      /* Infinity is a value where the board says so, not what 1e40 becomes in 32 bits. */
      return sonde_type_get_size (type) != 4 || isfinite ((float) number) || !isfinite (number);
    }
  if (!(fabs (number) <= EXACT_LIMIT) || number != floor (number))
    return FALSE;
  *value
      = number < 0 ? sonde_value_signed ((gint64) number) : sonde_value_unsigned ((guint64) number);
  return TRUE;
}

static const char *
store_number (double number, const SondeSlice *slice, const SondeVariableInfo *info, guint8 *bytes)
{
  SondeValue value;

  if (slice->size != sonde_type_get_size (info->type))
    return "the board converted a part of the value";
  if (!value_from_number (info->type, number, &value)
      || !sonde_value_encode (info->type, info->byte_order, &value, bytes, slice->size))
    return "the board's number does not fit the variable's type";
  return NULL;
}

const char *
sonde_answer_store (const SondeReply *reply, const SondeSlice *slice, const SondeVariable *variable,
                    guint8 *bytes)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);

  if (reply->data != NULL)
    memcpy (bytes + slice->place_offset, reply->data + slice->read_offset, slice->size);
  else if (reply->form == SONDE_ANSWER_NUMBER)
    return store_number (reply->number, slice, info, bytes);
  else
    sonde_bytes_store (bytes + slice->place_offset, slice->size, info->byte_order, reply->bits);
  return NULL;
}
