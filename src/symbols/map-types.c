/* map-types.c: what the type names of a memory map mean */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/map-types.h"

#include <string.h>

#define DEFAULT_SIZE 4

/* clang-format off */
static const struct
{
  const char *name; /* without case, "_", blanks and the "t" at its end */
  SondeKind kind;
  SondeEncoding encoding;
  guint size;
} known[] = {
  { "uint8",    SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1 },
  { "int8",     SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   1 },
  { "char",     SONDE_KIND_CHAR,   SONDE_ENCODING_CHAR,     1 },
  { "byte",     SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1 },
  { "bool",     SONDE_KIND_BOOL,   SONDE_ENCODING_BOOL,     1 },
  { "boolean",  SONDE_KIND_BOOL,   SONDE_ENCODING_BOOL,     1 },
  { "uint16",   SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 2 },
  { "int16",    SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   2 },
  { "short",    SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   2 },
  { "word",     SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 2 },
  { "uint32",   SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 4 },
  { "int32",    SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4 },
  { "int",      SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4 },
  { "long",     SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4 },
  { "dword",    SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 4 },
  { "float",    SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    4 },
  { "float32",  SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    4 },
  { "f32",      SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    4 },
  { "real32",   SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    4 },
  { "uint64",   SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 8 },
  { "int64",    SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   8 },
  { "double",   SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    8 },
  { "float64",  SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    8 },
  { "f64",      SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    8 },
  { "real64",   SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    8 },
  { "longlong", SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   8 },
};
/* clang-format on */

typedef struct
{
  SondeKind kind;
  SondeEncoding encoding;
  guint64 size;
  guint bit_offset, bit_size; /* bit_size 0: no field */
} Meaning;

/* Lower case, without "_", blanks and qualifiers, up to @end. */
static char *
squeeze (const char *name, gsize length)
{
  g_autofree char *lower = g_ascii_strdown (name, (gssize) length);
  g_auto (GStrv) words = g_strsplit_set (lower, " \t", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (!g_str_equal (words[i], "const") && !g_str_equal (words[i], "volatile")
        && !g_str_equal (words[i], "_atomic"))
      for (const char *at = words[i]; *at != 0; at++)
        if (*at != '_')
          g_string_append_c (text, *at);
  if (text->len > 1 && text->str[text->len - 1] == 't'
      && (g_ascii_isdigit (text->str[text->len - 2]) || g_str_equal (text->str, "boolt")))
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

static gboolean
find_known (const char *squeezed, Meaning *meaning)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, squeezed))
      {
        meaning->kind = known[i].kind;
        meaning->encoding = known[i].encoding;
        meaning->size = known[i].size;
        return TRUE;
      }
  return FALSE;
}

/* Takes "long", "longint", "unsignedlonglongint", "shortunsignedint" and their kin apart. */
static gboolean
find_signed (const char *squeezed, Meaning *meaning)
{
  const gboolean is_unsigned = strstr (squeezed, "unsigned") != NULL;
  g_autoptr (GString) core = g_string_new (squeezed);

  g_string_replace (core, "unsigned", "", 1);
  g_string_replace (core, "signed", "", 1);
  if (g_str_has_suffix (core->str, "int") && core->len > 3)
    g_string_truncate (core, core->len - 3);
  if (core->len == 0 && *squeezed != 0)
    g_string_assign (core, "int"); /* "unsigned" */
  if (strcmp (core->str, squeezed) == 0 || !find_known (core->str, meaning)
      || meaning->encoding == SONDE_ENCODING_FLOAT)
    return FALSE;
  meaning->kind = SONDE_KIND_NUMBER;
  meaning->encoding = is_unsigned || meaning->encoding == SONDE_ENCODING_UNSIGNED
                          ? SONDE_ENCODING_UNSIGNED
                          : SONDE_ENCODING_SIGNED;
  return TRUE;
}

/* "fix16", "s16", "myuint32": the first number in it, where it is one of bits. */
static void
guess (const char *squeezed, Meaning *meaning)
{
  const char *digits = strpbrk (squeezed, "0123456789");
  const guint64 bits = digits != NULL ? g_ascii_strtoull (digits, NULL, 10) : 0;
  const char first = digits != NULL && digits > squeezed ? digits[-1] : 0;
  const gboolean is_signed = g_str_has_prefix (squeezed, "int")
                             || (digits == squeezed + 1 && (first == 's' || first == 'i'));

  meaning->kind = SONDE_KIND_NUMBER;
  meaning->encoding = is_signed ? SONDE_ENCODING_SIGNED : SONDE_ENCODING_UNSIGNED;
  meaning->size = bits == 8 || bits == 16 || bits == 32 || bits == 64 ? bits / 8 : DEFAULT_SIZE;
}

/* ":3@4" behind a name. */
static gsize
read_field (const char *name, Meaning *meaning)
{
  const char *colon = strrchr (name, ':');
  char *end;
  guint64 bits, offset;

  if (colon == NULL || !g_ascii_isdigit (colon[1]))
    return strlen (name);
  bits = g_ascii_strtoull (colon + 1, &end, 10);
  if (end[0] != '@' || !g_ascii_isdigit (end[1]))
    return strlen (name);
  offset = g_ascii_strtoull (end + 1, &end, 10);
  if (*end != 0 || bits == 0 || bits > 64 || offset > 63)
    return strlen (name);
  meaning->bit_size = (guint) bits;
  meaning->bit_offset = (guint) offset;
  return (gsize) (colon - name);
}

static Meaning
understand (const char *name)
{
  Meaning meaning = { .bit_size = 0 };
  g_autofree char *squeezed = squeeze (name, read_field (name, &meaning));

  if (strpbrk (squeezed, "*&") != NULL)
    {
      meaning.encoding = SONDE_ENCODING_UNSIGNED;
      meaning.size = DEFAULT_SIZE;
    }
  else if (!find_known (squeezed, &meaning) && !find_signed (squeezed, &meaning))
    guess (squeezed, &meaning);
  return meaning;
}

guint64
sonde_map_type_size (const char *name)
{
  return understand (name).size;
}

SondeType *
sonde_map_type_new (const char *name, guint64 size)
{
  const Meaning meaning = understand (name);
  const guint64 bytes = size > 0 ? size : meaning.size;
  const SondeKind kind = bytes == meaning.size ? meaning.kind : SONDE_KIND_NUMBER;
  const SondeEncoding encoding = kind == SONDE_KIND_NUMBER
                                         && (meaning.encoding == SONDE_ENCODING_BOOL
                                             || meaning.encoding == SONDE_ENCODING_CHAR)
                                     ? SONDE_ENCODING_UNSIGNED
                                     : meaning.encoding;
  g_autoptr (SondeType) type = sonde_type_new_base (kind, name, encoding, TRUE, bytes);

  return meaning.bit_size > 0 ? sonde_type_new_bitfield (type, meaning.bit_offset, meaning.bit_size)
                              : g_steal_pointer (&type);
}

/* -- the other way -- */

static gboolean
reads_alike (const SondeType *a, const SondeType *b)
{
  const gboolean are_fields = sonde_type_get_kind (a) == SONDE_KIND_BITFIELD;

  return sonde_type_get_size (a) == sonde_type_get_size (b)
         && sonde_type_get_encoding (a) == sonde_type_get_encoding (b)
         && (are_fields || sonde_type_get_kind (a) == sonde_type_get_kind (b));
}

static char *
dup_number_name (const SondeType *type)
{
  const guint bits = 8 * (guint) MIN (sonde_type_get_size (type), 16);

  switch (sonde_type_get_encoding (type))
    {
    case SONDE_ENCODING_FLOAT:
      return g_strdup_printf ("float%u", bits);
    case SONDE_ENCODING_BOOL:
      return bits == 8 ? g_strdup ("bool") : g_strdup_printf ("uint%u_t", bits);
    default:
      return g_strdup_printf ("%sint%u_t", sonde_type_is_signed (type) ? "" : "u", bits);
    }
}

static char *
dup_base_name (const SondeType *type)
{
  const char *name = sonde_type_get_name (type);
  g_autoptr (SondeType) same = NULL;

  if (sonde_type_get_kind (type) == SONDE_KIND_POINTER)
    return g_strdup (name);
  same = sonde_map_type_new (name, 0);
  return strchr (name, ':') == NULL && reads_alike (type, same) ? g_strdup (name)
                                                                : dup_number_name (type);
}

char *
sonde_map_type_dup_name (const SondeType *type)
{
  g_autofree char *base = dup_base_name (type);

  if (sonde_type_get_kind (type) != SONDE_KIND_BITFIELD)
    return g_steal_pointer (&base);
  return g_strdup_printf ("%s:%u@%u", base, sonde_type_get_bit_size (type),
                          sonde_type_get_bit_offset (type));
}
