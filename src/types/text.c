/* text.c: a value as what a person reads */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/text.h"

#include <math.h>
#include <string.h>

#include "base/log-line.h"
#include "types/flags.h"
#include "types/float-text.h"

static const char *const format_names[] = { "auto", "dec", "hex", "bin", "char", "enum" };

const char *
sonde_format_name (SondeFormat format)
{
  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (format_names), NULL);
  return format_names[format];
}

gboolean
sonde_format_from_name (const char *name, SondeFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (g_strcmp0 (name, format_names[i]) == 0)
      {
        *format = (SondeFormat) i;
        return TRUE;
      }
  return FALSE;
}

gsize
sonde_text_from_double (double f, gboolean is_single, char buffer[static 40])
{
  return sonde_float_text (f, is_single, buffer);
}

/* The type that says what a value means: of a bit-field its base. */
static const SondeType *
get_meaning (const SondeType *type)
{
  return sonde_type_get_kind (type) == SONDE_KIND_BITFIELD ? sonde_type_get_base (type) : type;
}

static char *
float_text (const SondeValue *value)
{
  char text[SONDE_FLOAT_TEXT_SIZE];

  sonde_float_text (value->f, value->kind == SONDE_VALUE_FLOAT32, text);
  return g_strdup (text);
}

static char *
decimal_text (const SondeValue *value)
{
  if (value->kind == SONDE_VALUE_SIGNED)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->i);
  return g_strdup_printf ("%" G_GUINT64_FORMAT, value->u);
}

static guint64
get_bits (const SondeType *type, const SondeValue *value)
{
  const guint width = sonde_value_get_width (type);

  return width >= 64 ? value->u : value->u & ((G_GUINT64_CONSTANT (1) << width) - 1);
}

static char *
hex_text (const SondeType *type, const SondeValue *value)
{
  const int n_digits = (int) (sonde_value_get_width (type) + 3) / 4;

  /* Addresses are lower case as everywhere else; numbers are upper case, so that 0x0A3F reads well.
   */
  if (sonde_type_get_kind (type) == SONDE_KIND_POINTER)
    return g_strdup_printf ("0x%0*" G_GINT64_MODIFIER "x", n_digits, get_bits (type, value));
  return g_strdup_printf ("0x%0*" G_GINT64_MODIFIER "X", n_digits, get_bits (type, value));
}

static char *
binary_text (const SondeType *type, const SondeValue *value)
{
  const guint width = MIN (sonde_value_get_width (type), 64);
  const guint64 bits = get_bits (type, value);
  char *text = g_malloc (width + 3);

  text[0] = '0';
  text[1] = 'b';
  for (guint i = 0; i < width; i++)
    text[2 + i] = bits >> (width - 1 - i) & 1 ? '1' : '0';
  text[2 + width] = 0;
  return text;
}

static char *
char_text (const SondeType *type, const SondeValue *value)
{
  static const char escaped[] = "\0\a\b\t\n\v\f\r\\'";
  static const char letters[] = "0abtnvfr\\'";
  const guint64 code = get_bits (type, value);
  const char *escape = code < 0x80 ? memchr (escaped, (int) code, sizeof escaped - 1) : NULL;

  if (escape != NULL)
    return g_strdup_printf ("'\\%c'", letters[escape - escaped]);
  if (code >= 0x20 && code < 0x7f)
    return g_strdup_printf ("'%c'", (int) code);
  if (code < 0x100)
    return g_strdup_printf ("'\\x%02x'", (guint) code);
  return decimal_text (value);
}

/* char16_t and its kin: from 0x80 on their numbers are letters, those of a char8_t parts of one. */
static char *
utf_text (const SondeType *type, const SondeValue *value)
{
  const guint64 code = get_bits (type, value);
  char letter[7] = { 0 };

  if (code < 0x80 || sonde_value_get_width (type) <= 8)
    return char_text (type, value);
  if (code > 0x10ffff || !g_unichar_validate ((gunichar) code)
      || !g_unichar_isgraph ((gunichar) code) || g_unichar_iszerowidth ((gunichar) code))
    return hex_text (type, value);
  g_unichar_to_utf8 ((gunichar) code, letter);
  return g_strdup_printf ("'%s'", letter);
}

static const char *
find_enumerator (const SondeType *type, const SondeValue *value)
{
  const SondeType *meaning = get_meaning (type);

  for (guint i = 0; i < sonde_type_get_n_enumerators (meaning); i++)
    {
      const SondeEnumerator *enumerator = sonde_type_get_enumerator (meaning, i);

      if (enumerator->value == value->i)
        return enumerator->name;
    }
  return NULL;
}

static char *
enum_text (const SondeType *type, const SondeValue *value)
{
  const char *name = find_enumerator (type, value);
  char *text = name != NULL ? g_strdup (name)
                            : sonde_flags_dup_text (get_meaning (type), get_bits (type, value));

  return text != NULL ? text : decimal_text (value);
}

/* Where the image knows what stands there: its name. */
static char *
pointer_text (const SondeType *type, const SondeValue *value)
{
  char *name = value->u != 0 ? sonde_type_dup_code_name (type, get_bits (type, value)) : NULL;

  return name != NULL ? name : hex_text (type, value);
}

static char *
auto_text (const SondeType *type, const SondeValue *value)
{
  switch (sonde_type_get_kind (get_meaning (type)))
    {
    case SONDE_KIND_BOOL:
      if (value->u <= 1)
        return g_strdup (value->u == 1 ? "true" : "false");
      return decimal_text (value);
    case SONDE_KIND_CHAR:
      return char_text (type, value);
    case SONDE_KIND_ENUM:
      return enum_text (type, value);
    case SONDE_KIND_POINTER:
      return pointer_text (type, value);
    default:
      return sonde_type_get_encoding (type) == SONDE_ENCODING_UTF ? utf_text (type, value)
                                                                  : decimal_text (value);
    }
}

static char *
raw_text (const SondeValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < value->raw_size; i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? " " : "", value->raw[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
whole_text (const SondeType *type, const SondeValue *value, SondeFormat format)
{
  switch (format)
    {
    case SONDE_FORMAT_HEX:
      return hex_text (type, value);
    case SONDE_FORMAT_BINARY:
      return binary_text (type, value);
    case SONDE_FORMAT_CHAR:
      return sonde_type_get_encoding (type) == SONDE_ENCODING_UTF ? utf_text (type, value)
                                                                  : char_text (type, value);
    case SONDE_FORMAT_ENUM:
      return enum_text (type, value);
    case SONDE_FORMAT_DECIMAL:
      return decimal_text (value);
    case SONDE_FORMAT_AUTO:
    default:
      return auto_text (type, value);
    }
}

char *
sonde_text_from_value (const SondeType *type, const SondeValue *value, SondeFormat format)
{
  switch (value->kind)
    {
    case SONDE_VALUE_SIGNED:
    case SONDE_VALUE_UNSIGNED:
      return whole_text (type, value, format);
    case SONDE_VALUE_FLOAT32:
    case SONDE_VALUE_FLOAT64:
      return float_text (value);
    case SONDE_VALUE_RAW:
      return raw_text (value);
    case SONDE_VALUE_NONE:
    default:
      return g_strdup ("");
    }
}

/* A double holds 53 bits in a row, wherever they stand. */
static gboolean
is_exact_as_double (const SondeValue *value)
{
  const gboolean is_negative = value->kind == SONDE_VALUE_SIGNED && value->i < 0;
  guint64 size = is_negative ? -value->u : value->u;

  while (size != 0 && (size & 1) == 0)
    size >>= 1;
  return size >> 53 == 0;
}

static char *
quote (char *text)
{
  char *quoted = g_strdup_printf ("\"%s\"", text);

  g_free (text);
  return quoted;
}

char *
sonde_text_json_value (const SondeValue *value)
{
  switch (value->kind)
    {
    case SONDE_VALUE_SIGNED:
    case SONDE_VALUE_UNSIGNED:
      return is_exact_as_double (value) ? decimal_text (value) : quote (decimal_text (value));
    case SONDE_VALUE_FLOAT32:
    case SONDE_VALUE_FLOAT64:
      return isfinite (value->f) ? float_text (value) : quote (float_text (value));
    case SONDE_VALUE_RAW:
      return quote (raw_text (value));
    case SONDE_VALUE_NONE:
    default:
      return g_strdup ("null");
    }
}

char *
sonde_text_from_chars (const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr (data, 0, size) : NULL;

  if (size == 0)
    return g_strdup ("");
  return sonde_log_make_safe ((const char *) data, end != NULL ? end - data : (gssize) size);
}
