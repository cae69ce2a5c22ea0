/* variables.h: variables for the tests of device/ */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/variable.h"

static inline SondeVariable *
new_variable (const char *path, guint64 address, SondeType *type, SondeMemory memory)
{
  SondeVariableInfo info = { .path = path,
                             .address = address,
                             .type = type,
                             .byte_order = G_LITTLE_ENDIAN,
                             .pointer_size = 4,
                             .memory = memory,
                             .is_writable = memory != SONDE_MEMORY_FLASH };
  SondeVariable *self = sonde_variable_new (&info);

  sonde_type_unref (type);
  return self;
}

static inline SondeVariable *
new_unsigned (const char *path, guint64 address, guint size)
{
  return new_variable (
      path, address,
      sonde_type_new_base (SONDE_KIND_NUMBER, "unsigned", SONDE_ENCODING_UNSIGNED, FALSE, size),
      SONDE_MEMORY_RAM);
}

static inline SondeVariable *
new_float (const char *path, guint64 address)
{
  return new_variable (
      path, address,
      sonde_type_new_base (SONDE_KIND_NUMBER, "float", SONDE_ENCODING_FLOAT, TRUE, 4),
      SONDE_MEMORY_RAM);
}

static inline SondeVariable *
new_text (const char *path, guint64 address, guint64 count)
{
  g_autoptr (SondeType) letter
      = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, TRUE, 1);

  return new_variable (path, address, sonde_type_new_array (NULL, letter, count), SONDE_MEMORY_RAM);
}

static inline SondeVariable *
new_bits (const char *path, guint64 address, guint bit_offset, guint bit_size)
{
  g_autoptr (SondeType) unit
      = sonde_type_new_base (SONDE_KIND_NUMBER, "unsigned", SONDE_ENCODING_UNSIGNED, FALSE, 4);

  return new_variable (path, address, sonde_type_new_bitfield (unit, bit_offset, bit_size),
                       SONDE_MEMORY_RAM);
}

/* A pointer of 4 bytes; with @before: @address counts from where that leads. */
static inline SondeVariable *
new_pointer (const char *path, guint64 address, SondeVariable *before)
{
  g_autoptr (SondeType) type = sonde_type_new_pointer ("void *", 4, NULL, NULL, NULL, 0);
  SondeVariableInfo info = { .path = path,
                             .address = address,
                             .type = type,
                             .byte_order = G_LITTLE_ENDIAN,
                             .pointer_size = 4,
                             .memory = SONDE_MEMORY_RAM,
                             .is_writable = TRUE,
                             .pointer = before };

  return sonde_variable_new (&info);
}

/* What @plain would be, if its address counted from where @pointer leads. */
static inline SondeVariable *
new_behind (SondeVariable *pointer, SondeVariable *plain)
{
  g_autoptr (SondeVariable) owned = plain;
  SondeVariableInfo info = *sonde_variable_get_info (owned);

  info.pointer = pointer;
  return sonde_variable_new (&info);
}
