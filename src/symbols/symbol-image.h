/* symbol-image.h: what the reader found, as one flat, position-free, checksummed file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "types/type.h"

/* The helper's output and the cache are this one format: a head, then tables of fixed-size rows.
 * Rows name each other by index and texts by offset into the string table, so the file is used as
 * it is mapped. Numbers are in the host's byte order; a file from another one fails its mark. */

typedef enum
{
  SONDE_IMAGE_STRINGS, /* bytes; texts end with NUL, offset 0 is "" */
  SONDE_IMAGE_SECTIONS,
  SONDE_IMAGE_VARIABLES, /* sorted by path */
  SONDE_IMAGE_TYPES,     /* row 0 is void; only pointers may name a row at or behind their own */
  SONDE_IMAGE_MEMBERS,
  SONDE_IMAGE_ENUMERATORS,
  SONDE_IMAGE_SKIPPED, /* guint32: text */
  SONDE_IMAGE_PLACES,  /* sorted by address: functions, and data that no variable tells of */
  SONDE_IMAGE_N_TABLES,
} SondeImageTable;

enum
{
  SONDE_IMAGE_SECTION_ALLOC = 1,
  SONDE_IMAGE_SECTION_WRITE = 2,
  SONDE_IMAGE_SECTION_EXEC = 4,
  SONDE_IMAGE_SECTION_NOBITS = 8, /* .bss: nothing of it is in flash */
  SONDE_IMAGE_SECTION_CRC = 16,   /* crc is told */
};

enum
{
  SONDE_IMAGE_VARIABLE_CONST = 1,   /* declared const */
  SONDE_IMAGE_VARIABLE_GUESSED = 2, /* from the symbol table alone */
};

enum
{
  SONDE_IMAGE_FACT_BIG_ENDIAN = 1,
  SONDE_IMAGE_FACT_RELOCATABLE = 2,
  SONDE_IMAGE_FACT_PIE = 4,
  SONDE_IMAGE_FACT_DWARF = 8,
};

enum
{
  SONDE_IMAGE_TYPE_CODE = 1, /* of a pointer: it points to a function */
};

enum
{
  SONDE_IMAGE_PLACE_FUNCTION = 1, /* else data */
  SONDE_IMAGE_PLACE_THUMB = 2,    /* pointers to it have the lowest bit set */
};

#define SONDE_IMAGE_NO_SECTION G_MAXUINT32

typedef struct
{
  guint32 name, flags;
  guint64 address, size;
  guint64
      load_address; /* LMA: where a programmer puts it; equal to the address where none is told */
  guint32 crc;      /* CRC-32 of the contents; of loaded sections that are not written to */
  guint32 reserved;
} SondeImageSection;

typedef struct
{
  guint32 path, type;
  guint32 section; /* row, or SONDE_IMAGE_NO_SECTION */
  guint32 file;    /* text: full path of the declaring source file */
  guint32 unit;    /* text: the compilation unit's own file */
  guint32 line;
  guint32 why; /* text: "" or why it cannot be polled */
  guint32 flags;
  guint64 address;
} SondeImageVariable;

typedef struct
{
  guint8 kind, encoding, is_signed; /* SondeKind, SondeEncoding */
  guint8 bit_offset, bit_size;
  guint8 flags;
  guint8 reserved[2];
  guint32 name;
  guint32 base;     /* row: target of a pointer, element of an array, base of a bit-field */
  guint32 first, n; /* rows: members or enumerators */
  guint64 size;
  guint64 count; /* array elements */
} SondeImageType;

typedef struct
{
  guint32 name; /* 0: anonymous */
  guint32 type;
  guint64 offset;
} SondeImageMember;

typedef struct
{
  guint32 name, reserved;
  gint64 value;
} SondeImageEnumerator;

/* What fills a section. */
typedef struct
{
  guint32 name;    /* text, demangled */
  guint32 file;    /* text: source file, "" where unknown */
  guint32 section; /* row, or SONDE_IMAGE_NO_SECTION */
  guint32 flags;
  guint64 address; /* of code: without the Thumb bit */
  guint64 size;    /* bytes, 0 where not told */
} SondeImagePlace;

typedef struct
{
  guint32 machine, build_id; /* texts */
  guint32 flags, pointer_size;
  guint32 n_units, reserved;
} SondeImageFacts;

/* A checked view; the pointers are into @bytes. */
typedef struct _SondeSymbolImage
{
  GBytes *bytes;
  const SondeImageFacts *facts;
  const char *strings;
  const SondeImageSection *sections;
  const SondeImageVariable *variables;
  const SondeImageType *types;
  const SondeImageMember *members;
  const SondeImageEnumerator *enumerators;
  const guint32 *skipped;
  const SondeImagePlace *places;
  guint n[SONDE_IMAGE_N_TABLES];
} SondeSymbolImage;

/**
 * sonde_symbol_image_open:
 * @bytes: any bytes at all; a reference is kept
 *
 * Checks every number once, so that users need not: offsets, order of types, nesting (at most 200
 * deep), sizes that add up, texts (UTF-8 without control characters).
 *
 * Returns: FALSE and SONDE_SYMBOL_ERROR_CORRUPT where anything is wrong
 */
gboolean sonde_symbol_image_open (SondeSymbolImage *self, GBytes *bytes, GError **error);
/** sonde_symbol_image_open_trusted: of bytes that passed sonde_symbol_image_open() before and are
 * provably the same: looks at the head only. */
gboolean sonde_symbol_image_open_trusted (SondeSymbolImage *self, GBytes *bytes, GError **error);
void sonde_symbol_image_close (SondeSymbolImage *self);
/** sonde_symbol_image_text: never NULL. */
const char *sonde_symbol_image_text (const SondeSymbolImage *self, guint32 text);
/** sonde_symbol_image_seal: writes size and checksum into the head of a finished image. */
void sonde_symbol_image_seal (guint8 *data, gsize size);

/* The first bytes of the file. */
typedef struct
{
  char magic[8];
  guint32 version, mark;
  guint64 size, checksum; /* of everything behind this field */
  SondeImageFacts facts;
  struct
  {
    guint64 offset, count;
  } tables[SONDE_IMAGE_N_TABLES];
} SondeImageHead;

#define SONDE_IMAGE_MAGIC "SONDESYM"
#define SONDE_IMAGE_VERSION 4
#define SONDE_IMAGE_MARK 0x01020304u
/** sonde_image_row_size: bytes of one row of @table. */
gsize sonde_image_row_size (SondeImageTable table);
