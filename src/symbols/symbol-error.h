/* symbol-error.h: why a file's symbols are not to be had, as errors and as exit codes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_SYMBOL_ERROR (sonde_symbol_error_quark ())
GQuark sonde_symbol_error_quark (void);
typedef enum
{
  SONDE_SYMBOL_ERROR_FORMAT,    /* not a file this program can read */
  SONDE_SYMBOL_ERROR_STRIPPED,  /* readable, no debug info: offer the memory map */
  SONDE_SYMBOL_ERROR_CORRUPT,   /* debug info contradicts itself: rebuild it */
  SONDE_SYMBOL_ERROR_NOT_FOUND, /* no variable of that path */
  SONDE_SYMBOL_ERROR_LIMIT,     /* the reader ran into its memory or time limit */
} SondeSymbolError;

/* What the exit code of sonde-symbols means. */
typedef enum
{
  SONDE_READER_OK = 0,
  SONDE_READER_USAGE = 2,
  SONDE_READER_MACHINE = 7, /* the file or the result could not be read or written */
  SONDE_READER_FORMAT = 10,
  SONDE_READER_STRIPPED = 11,
  SONDE_READER_CORRUPT = 12,
  SONDE_READER_LIMIT = 13,
} SondeReaderStatus;

/** sonde_reader_status_from_error: of a SondeSymbolError. */
SondeReaderStatus sonde_reader_status_from_error (int code);
/** sonde_reader_status_to_error: a SondeSymbolError, -1 where the code is none of these. */
int sonde_reader_status_to_error (int status);
