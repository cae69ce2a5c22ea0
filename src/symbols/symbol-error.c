/* symbol-error.c: why a file's symbols are not to be had, as errors and as exit codes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-error.h"

G_DEFINE_QUARK (sonde_symbol_error, sonde_symbol_error)

static const struct
{
  SondeSymbolError code;
  SondeReaderStatus status;
} pairs[] = {
  { SONDE_SYMBOL_ERROR_FORMAT, SONDE_READER_FORMAT },
  { SONDE_SYMBOL_ERROR_STRIPPED, SONDE_READER_STRIPPED },
  { SONDE_SYMBOL_ERROR_CORRUPT, SONDE_READER_CORRUPT },
  { SONDE_SYMBOL_ERROR_LIMIT, SONDE_READER_LIMIT },
};

SondeReaderStatus
sonde_reader_status_from_error (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if ((int) pairs[i].code == code)
      return pairs[i].status;
  return SONDE_READER_CORRUPT;
}

int
sonde_reader_status_to_error (int status)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if ((int) pairs[i].status == status)
      return (int) pairs[i].code;
  return -1;
}
