/* options.h: the command line of sondectl as one struct (grammar: sondectl(1)) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_COMMAND_SYMBOLS,
  SONDE_COMMAND_SIZE,
  SONDE_COMMAND_COMPLETE,
  SONDE_COMMAND_MAP,
  SONDE_COMMAND_DIFF,
  SONDE_COMMAND_DEVICES,
  SONDE_COMMAND_GET,
  SONDE_COMMAND_SET,
  SONDE_COMMAND_WATCH,
  SONDE_COMMAND_SEND,
  SONDE_COMMAND_LOG,
  SONDE_COMMAND_SERVE,
  SONDE_COMMAND_DEMO,
  SONDE_COMMAND_DOCTOR,
  SONDE_N_COMMANDS, /* also: none given */
} SondeCommand;

typedef enum
{
  SONDE_COLOR_AUTO,
  SONDE_COLOR_ALWAYS,
  SONDE_COLOR_NEVER,
} SondeColor;

/* Of "size"; the order of SondeSizeView. */
typedef enum
{
  SONDE_BY_SECTION,
  SONDE_BY_FILE,
  SONDE_BY_SYMBOL,
} SondeBy;

/* What was asked. Numbers that were not given are -1, texts NULL. */
typedef struct
{
  SondeCommand command;
  char **arguments; /* what is no option, without the command */
  char *listen;
  GPtrArray *elfs;  /* of char*, in the order given */
  char *debug_file; /* of the only ELF */
  char *device;
  gboolean all;
  double wait_s;
  gint64 expect;
  double timeout_s;
  gboolean json;
  char *config;
  gboolean verbose;
  gboolean quiet;
  SondeColor color;
  gboolean version;
  gboolean help;
  double rate_hz;
  double seconds;
  gint64 count;
  char *csv;
  char *map;    /* memory map */
  char *format; /* of a memory map: "original", "sonde" */
  gboolean like_original;
  char *paths; /* file of watched paths */
  gboolean table;
  char *layout; /* of which type */
  char *filter;
  gint64 elements;
  GPtrArray *at;        /* of char*: addresses */
  GPtrArray *addr2line; /* of char*: addresses; more may be arguments */
  int by;               /* SondeBy */
  gint64 top;
} SondeOptions;

/**
 * sonde_options_parse:
 * @argv: with the program's name at index 0
 *
 * Returns: (transfer full): or NULL and a G_OPTION_ERROR that names what is wrong and what to do.
 * With --help or --version the number of arguments is not judged.
 */
SondeOptions *sonde_options_parse (int argc, char **argv, GError **error);
void sonde_options_free (SondeOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeOptions, sonde_options_free)

/** sonde_command_get_name: "symbols"; of SONDE_N_COMMANDS: "sondectl". */
const char *sonde_command_get_name (SondeCommand command);
