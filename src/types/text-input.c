/* text-input.c: what a person types as a value */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/text-input.h"

#include <float.h>
#include <string.h>

#include "base/log-line.h"
#include "types/flags.h"
#include "types/float-text.h"
#include "types/number-scan.h"

G_DEFINE_QUARK (sonde_type_error, sonde_type_error)

/* So much of what was typed, and so many names, an error repeats. */
#define MAX_SHOWN_CHARS 64
#define MAX_NAMES_TOLD 12

/* The type that says what a value means: of a bit-field its base. */
static const SondeType *
get_meaning (const SondeType *type)
{
  return sonde_type_get_kind (type) == SONDE_KIND_BITFIELD ? sonde_type_get_base (type) : type;
}

static gboolean
is_single_float (const SondeType *type)
{
  return sonde_type_get_size (type) == 4;
}

static char *
dup_shown (const char *text)
{
  g_autofree char *safe = sonde_log_make_safe (text, -1);

  if (g_utf8_strlen (safe, -1) <= MAX_SHOWN_CHARS)
    return g_steal_pointer (&safe);
  g_autofree char *head = g_utf8_substring (safe, 0, MAX_SHOWN_CHARS);
  return g_strconcat (head, "\xe2\x80\xa6", NULL);
}

/* "uint8_t", "uint32_t:3", or what kind it is where it has no name. */
static char *
dup_type_name (const SondeType *type)
{
  const char *name = sonde_type_get_name (type);

  if (*name == 0)
    name = sonde_kind_name (sonde_type_get_kind (get_meaning (type)));
  if (sonde_type_get_kind (type) == SONDE_KIND_BITFIELD)
    return g_strdup_printf ("%s:%u", name, sonde_type_get_bit_size (type));
  return g_strdup (name);
}

static void
append_names (const SondeType *meaning, GString *out)
{
  const guint n = sonde_type_get_n_enumerators (meaning);

  const char *between = sonde_flags_are_in (meaning) ? " | " : ", ";

  for (guint i = 0; i < MIN (n, MAX_NAMES_TOLD); i++)
    g_string_append_printf (out, "%s%s", i > 0 ? between : "",
                            sonde_type_get_enumerator (meaning, i)->name);
  g_string_append (out, n > 0 ? ", " : "");
  if (n > MAX_NAMES_TOLD)
    g_string_append_printf (out, "%u more names, ", n - MAX_NAMES_TOLD);
}

static void
append_float_range (const SondeType *type, GString *out)
{
  const double largest = is_single_float (type) ? (double) FLT_MAX : DBL_MAX;
  char text[SONDE_FLOAT_TEXT_SIZE];

  sonde_float_text (largest, is_single_float (type), text);
  g_string_append_printf (out, "-%s .. %s", text, text);
}

/* "0 .. 255", "STOP, RUN, 0 .. 255", "false, true": what the type takes. */
static char *
dup_range (const SondeType *type)
{
  const SondeType *meaning = get_meaning (type);
  g_autoptr (GString) out = g_string_new (NULL);
  gint64 lowest;
  guint64 highest;

  if (sonde_type_get_kind (meaning) == SONDE_KIND_BOOL)
    return g_strdup ("false, true");
  if (sonde_type_get_encoding (meaning) == SONDE_ENCODING_FLOAT)
    append_float_range (type, out);
  else
    {
      sonde_value_get_range (type, &lowest, &highest);
      append_names (meaning, out);
      g_string_append_printf (out, "%" G_GINT64_FORMAT " .. %" G_GUINT64_FORMAT, lowest, highest);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
refuse (const SondeType *type, const char *text, SondeTypeError code, const char *why,
        GError **error)
{
  g_autofree char *shown = dup_shown (text);
  g_autofree char *name = dup_type_name (type);
  g_autofree char *range = dup_range (type);

  g_set_error (error, SONDE_TYPE_ERROR, code, "%s: %s; %s takes %s", shown, why, name, range);
  return FALSE;
}

static gboolean
find_bool (const char *text, SondeValue *value)
{
  const gboolean is_true = g_ascii_strcasecmp (text, "true") == 0;

  if (!is_true && g_ascii_strcasecmp (text, "false") != 0)
    return FALSE;
  *value = sonde_value_unsigned (is_true ? 1 : 0);
  return TRUE;
}

static gboolean
find_enumerator (const SondeType *meaning, const char *text, SondeValue *value)
{
  for (guint i = 0; i < sonde_type_get_n_enumerators (meaning); i++)
    {
      const SondeEnumerator *enumerator = sonde_type_get_enumerator (meaning, i);

      if (strcmp (enumerator->name, text) != 0)
        continue;
      *value = sonde_type_is_signed (meaning) ? sonde_value_signed (enumerator->value)
                                              : sonde_value_unsigned ((guint64) enumerator->value);
      return TRUE;
    }
  return FALSE;
}

static gboolean
find_place (const SondeType *type, const char *text, SondeValue *value)
{
  guint64 address = 0;
  const gboolean is_null = strcmp (text, "NULL") == 0 || strcmp (text, "nullptr") == 0;

  if (!is_null && !sonde_type_find_code (type, text, &address))
    return FALSE;
  *value = sonde_value_unsigned (address);
  return TRUE;
}

/* A word that stands for a value of this type. */
static gboolean
find_word (const SondeType *type, const char *text, SondeValue *value)
{
  const SondeType *meaning = get_meaning (type);

  switch (sonde_type_get_kind (meaning))
    {
    case SONDE_KIND_BOOL:
      return find_bool (text, value);
    case SONDE_KIND_ENUM:
      return find_enumerator (meaning, text, value);
    case SONDE_KIND_POINTER:
      return find_place (meaning, text, value);
    default:
      return FALSE;
    }
}

/* Of "\n'" and its kin: the code behind the backslash; -1 where there is none such. */
static gint64
read_escape (const char *text)
{
  static const char letters[] = "0abtnvfr\\'\"";
  static const char escaped[] = "\0\a\b\t\n\v\f\r\\'\"";
  const char *letter = *text != 0 ? strchr (letters, *text) : NULL;

  if (letter != NULL && text[1] == '\'')
    return (guint8) escaped[letter - letters];
  if (text[0] != 'x')
    return -1;
  const int high = g_ascii_xdigit_value (text[1]);
  const int low = high >= 0 ? g_ascii_xdigit_value (text[2]) : -1;

  return low >= 0 && text[3] == '\'' ? high << 4 | low : -1;
}

/* 'c': the code of one character, -1 where it is none. */
static gint64
read_quoted (const char *text)
{
  if (strlen (text) < 3 || text[0] != '\'' || !g_str_has_suffix (text, "'"))
    return -1;
  if (text[1] == '\\')
    return strlen (text + 2) <= 4 && strcmp (text + 2, "'") != 0 ? read_escape (text + 2) : -1;

  const gunichar c = g_utf8_get_char_validated (text + 1, -1);
  if (c >= (gunichar) -2 || strcmp (g_utf8_next_char (text + 1), "'") != 0)
    return -1;
  return c;
}

/* What is given as bits fills the type from its lowest bit: 0xff is -1 for an int8_t. */
static gboolean
take_bits (const SondeType *type, guint64 bits, SondeValue *value)
{
  const guint width = sonde_value_get_width (type);

  if (width < 64 && bits >> width != 0)
    return FALSE;
  *value = sonde_value_from_bits (type, bits);
  return sonde_value_fits (type, value);
}

static gboolean
take_whole (const SondeType *type, guint64 size, gboolean is_negative, SondeValue *value)
{
  const guint64 lowest = G_GUINT64_CONSTANT (1) << 63;

  if (is_negative && size > lowest)
    return FALSE;
  /* Negated as unsigned: the lowest number has no positive of its own. */
  *value = is_negative ? sonde_value_signed ((gint64) -size) : sonde_value_unsigned (size);
  if (!sonde_value_fits (type, value))
    return FALSE;
  *value = sonde_value_from_bits (type, value->u);
  return TRUE;
}

static gboolean
parse_whole (const SondeType *type, const char *text, const SondeNumber *number, SondeValue *value,
             GError **error)
{
  guint64 size;
  const SondeNumberFit fit = sonde_number_to_whole (number, &size);
  const gboolean is_pattern = number->kind == SONDE_NUMBER_BITS && !number->is_negative;

  if (fit == SONDE_NUMBER_NOT_WHOLE)
    return refuse (type, text, SONDE_TYPE_ERROR_RANGE, "not a whole number", error);
  if (fit == SONDE_NUMBER_TOO_LARGE
      || !(is_pattern ? take_bits (type, size, value)
                      : take_whole (type, size, number->is_negative, value)))
    return refuse (type, text, SONDE_TYPE_ERROR_RANGE, "out of range", error);
  return TRUE;
}

static gboolean
parse_float (const SondeType *type, const char *text, const SondeNumber *number, SondeValue *value,
             GError **error)
{
  double f;

  if (sonde_number_to_float (number, is_single_float (type), &f) != SONDE_NUMBER_FITS)
    return refuse (type, text, SONDE_TYPE_ERROR_RANGE, "out of range", error);
  *value = sonde_value_float (f, is_single_float (type));
  return TRUE;
}

static gboolean
parse_quoted (const SondeType *type, const char *text, gint64 code, SondeValue *value,
              GError **error)
{
  /* '\xff' is a byte, and so -1 for a char with a sign; a letter beyond ASCII is no byte. */
  const gboolean is_byte = code < 0x80 || text[1] == '\\';

  if ((is_byte || sonde_value_get_width (type) > 8) && take_bits (type, (guint64) code, value))
    return TRUE;
  return refuse (type, text, SONDE_TYPE_ERROR_RANGE, "out of range", error);
}

static gboolean
parse (const SondeType *type, const char *text, SondeValue *value, GError **error)
{
  const gboolean is_float = sonde_type_get_encoding (type) == SONDE_ENCODING_FLOAT;
  const gint64 code = is_float ? -1 : read_quoted (text);
  SondeNumber number;
  guint64 flags;

  if (find_word (type, text, value))
    {
      if (sonde_value_fits (type, value))
        return TRUE;
      return refuse (type, text, SONDE_TYPE_ERROR_RANGE, "out of range", error);
    }
  if (code >= 0)
    return parse_quoted (type, text, code, value, error);
  if (sonde_type_get_kind (get_meaning (type)) == SONDE_KIND_ENUM
      && sonde_flags_parse (get_meaning (type), text, &flags))
    return take_bits (type, flags, value)
           || refuse (type, text, SONDE_TYPE_ERROR_RANGE, "out of range", error);
  if (!sonde_number_scan (text, &number))
    return refuse (type, text, SONDE_TYPE_ERROR_SYNTAX,
                   sonde_type_get_n_enumerators (get_meaning (type)) > 0
                       ? "neither a name nor a number"
                       : "not a number",
                   error);
  return is_float ? parse_float (type, text, &number, value, error)
                  : parse_whole (type, text, &number, value, error);
}

/* Whether a value of this type can be typed at all. */
static gboolean
is_typed (const SondeType *type)
{
  const guint64 size = sonde_type_get_size (type);

  if (!sonde_type_is_leaf (type))
    return FALSE;
  if (sonde_type_get_encoding (type) == SONDE_ENCODING_FLOAT)
    return size == 4 || size == 8;
  return size == 1 || size == 2 || size == 4 || size == 8
         || sonde_type_get_kind (type) == SONDE_KIND_BITFIELD;
}

gboolean
sonde_text_to_value (const SondeType *type, const char *text, SondeValue *value, GError **error)
{
  g_return_val_if_fail (type != NULL && text != NULL && value != NULL, FALSE);

  g_autofree char *stripped = g_strstrip (g_strdup (text));

  *value = (SondeValue) SONDE_VALUE_INIT;
  if (is_typed (type))
    return parse (type, stripped, value, error);

  g_autofree char *shown = dup_shown (stripped);
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_SYNTAX,
               "%s: a value of type %s cannot be typed; write its parts", shown,
               sonde_type_get_name (type));
  return FALSE;
}

gboolean
sonde_text_to_chars (const char *text, guint8 *data, gsize size, GError **error)
{
  const gsize length = strlen (text);

  if (length > size)
    {
      g_autofree char *shown = dup_shown (text);

      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE,
                   "%s: %" G_GSIZE_FORMAT " bytes, there is room for %" G_GSIZE_FORMAT, shown,
                   length, size);
      return FALSE;
    }
  memcpy (data, text, length);
  memset (data + length, 0, size - length);
  return TRUE;
}
