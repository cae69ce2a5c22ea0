/* plain-types.c: number types that need no file to be known: "u32", "uint32_t", "unsigned long" */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/plain-types.h"

#include <string.h>

#define AS_POINTER 0 /* as many bytes as an address has */

/* clang-format off */
static const struct
{
  const char *short_name, *name;
  SondeKind kind;
  SondeEncoding encoding;
  guint size;
} plain[] = {
  { "u8",   "uint8_t",            SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1 },
  { "s8",   "int8_t",             SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   1 },
  { "u16",  "uint16_t",           SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 2 },
  { "s16",  "int16_t",            SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   2 },
  { "u32",  "uint32_t",           SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 4 },
  { "s32",  "int32_t",            SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4 },
  { "u64",  "uint64_t",           SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 8 },
  { "s64",  "int64_t",            SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   8 },
  { "i8",   "int8_t",             SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   1 },
  { "i16",  "int16_t",            SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   2 },
  { "i32",  "int32_t",            SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4 },
  { "i64",  "int64_t",            SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   8 },
  { "f32",  "float",              SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    4 },
  { "f64",  "double",             SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    8 },
  { "char", "char",               SONDE_KIND_CHAR,   SONDE_ENCODING_CHAR,     1 },
  { "bool", "bool",               SONDE_KIND_BOOL,   SONDE_ENCODING_BOOL,     1 },
  { NULL,   "_Bool",              SONDE_KIND_BOOL,   SONDE_ENCODING_BOOL,     1 },
  { NULL,   "signed char",        SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   1 },
  { NULL,   "unsigned char",      SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1 },
  { NULL,   "short",              SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   2 },
  { NULL,   "unsigned short",     SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 2 },
  { NULL,   "int",                SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4 },
  { NULL,   "unsigned int",       SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 4 },
  { NULL,   "long",               SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   AS_POINTER },
  { NULL,   "unsigned long",      SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, AS_POINTER },
  { NULL,   "intptr_t",           SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   AS_POINTER },
  { NULL,   "uintptr_t",          SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, AS_POINTER },
  { NULL,   "size_t",             SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, AS_POINTER },
  { NULL,   "long long",          SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   8 },
  { NULL,   "unsigned long long", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 8 },
};
/* clang-format on */

static SondeType *
make (guint index, guint pointer_size)
{
  const SondeEncoding encoding = plain[index].encoding;

  return sonde_type_new_base (plain[index].kind, plain[index].name, encoding,
                              encoding == SONDE_ENCODING_SIGNED || encoding == SONDE_ENCODING_FLOAT,
                              plain[index].size != AS_POINTER ? plain[index].size : pointer_size);
}

SondeType *
sonde_plain_type_new_short (const char *name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain) && plain[i].short_name != NULL; i++)
    if (strlen (plain[i].short_name) == length && memcmp (plain[i].short_name, name, length) == 0)
      return make (i, 0);
  return NULL;
}

SondeType *
sonde_plain_type_new (const char *name, guint pointer_size)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (plain[i].name, name))
      return make (i, pointer_size);
  return sonde_plain_type_new_short (name, strlen (name));
}

static SondeType *
resolve_target (gpointer owner, guint32 token)
{
  return sonde_type_ref (owner);
}

SondeType *
sonde_plain_type_new_pointer (SondeType *target, guint size)
{
  const char *name = sonde_type_get_name (target);
  g_autofree char *text = g_strconcat (name, g_str_has_suffix (name, "*") ? "*" : " *", NULL);

  return sonde_type_new_pointer (text, size, resolve_target, sonde_type_ref (target),
                                 (GDestroyNotify) sonde_type_unref, 0);
}
