/* dwarf-form.h: how the values of attributes are written */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

/* With libdw-dev installed <dwarf.h> is another project's file. */
#if HAVE_LIBDWARF_SUBDIR
#include <libdwarf/dwarf.h>
#else
#include <dwarf.h>
#endif

#include "symbols/dwarf-cursor.h"

/* What the length of a value depends on, besides its form. */
typedef struct
{
  guint8 address_size, offset_size;
  guint8 reference_size; /* of ref_addr: DWARF 2 takes the address's */
} SondeFormLayout;

typedef enum
{
  SONDE_FORM_NONE,
  SONDE_FORM_NUMBER, /* sign-extended where it is written signed, else not */
  SONDE_FORM_FLAG,
  SONDE_FORM_ADDRESS,
  SONDE_FORM_ADDRESS_INDEX,
  SONDE_FORM_BLOCK,
  SONDE_FORM_EXPRESSION,
  SONDE_FORM_TEXT,           /* data */
  SONDE_FORM_TEXT_AT,        /* number is an offset into .debug_str */
  SONDE_FORM_LINE_TEXT_AT,   /* .. into .debug_line_str */
  SONDE_FORM_TEXT_INDEX,     /* number counts in .debug_str_offsets */
  SONDE_FORM_REFERENCE,      /* number counts from the unit's start */
  SONDE_FORM_REFERENCE_INFO, /* .. from .debug_info's start */
  SONDE_FORM_SIGNATURE,
  SONDE_FORM_OFFSET,    /* into another section */
  SONDE_FORM_LIST,      /* an index of a list of places or ranges */
  SONDE_FORM_ELSEWHERE, /* text or entry of another file */
} SondeFormClass;

/* An attribute's value, as it is written. */
typedef struct
{
  guint16 name; /* DW_AT_.. */
  guint16 form; /* DW_FORM_.. */
  SondeFormClass kind;
  guint64 number;
  const guint8 *data; /* of texts and blocks */
  guint64 size;
} SondeAttribute;

#define SONDE_FORM_VARIES (-1)
#define SONDE_FORM_UNKNOWN (-2)

/** sonde_form_get_size: bytes, or one of the two above. */
int sonde_form_get_size (guint form, const SondeFormLayout *layout);
/** sonde_form_skip: FALSE where the form is not known or the value runs past the end. */
gboolean sonde_form_skip (SondeCursor *cursor, guint form, const SondeFormLayout *layout);
/** sonde_form_read: fills all of @value but its name; @implicit is the value of
 * DW_FORM_implicit_const. */
gboolean sonde_form_read (SondeCursor *cursor, guint form, const SondeFormLayout *layout,
                          gint64 implicit, SondeAttribute *value);
