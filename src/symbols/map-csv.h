/* map-csv.h: memory maps as CSV files, in the form of the original monitor and in our own */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/memory-map.h"

typedef enum
{
  SONDE_MAP_ORIGINAL, /* Variable,Address,No of Elements,Type */
  SONDE_MAP_SONDE,    /* the same, then Path,Size,Access,Unit,Scale,Description */
} SondeMapFormat;

/**
 * sonde_map_csv_read:
 * @text: any bytes; what is no UTF-8 is replaced
 * @name: stands in messages
 * @refused: (element-type utf8): gets "map.csv:17: what is wrong; what to do" of each row that is
 * left out
 * @format: (out) (optional): told by the header
 *
 * The first row is skipped whatever it is; rows of fewer than four columns are refused; empty
 * lines are nothing. An address is 0x and hexadecimal digits; without 0x eight digits, or any with
 * a letter among them, are hexadecimal, others decimal. An empty number of elements is 1. Types
 * are never refused: see sonde_map_type_new(). Comma, semicolon or tab separate, as in the first
 * row; quotes are those of RFC 4180, within one line.
 *
 * Returns: (transfer full): the rest, maybe nothing
 */
SondeMemoryMap *sonde_map_csv_read (const char *text, gsize size, const char *name,
                                    GPtrArray *refused, SondeMapFormat *format);
/** sonde_map_csv_load: likewise from a file; NULL and an error where it cannot be read, is larger
 * than 256 MiB, or not one row of it is of use. */
SondeMemoryMap *sonde_map_csv_load (const char *path, GPtrArray *refused, SondeMapFormat *format,
                                    GError **error);
/** sonde_map_csv_write: (transfer full): what reads back as the same entries (in the original form:
 * their first four columns) and writes out as the same text. */
GString *sonde_map_csv_write (const SondeMemoryMap *map, SondeMapFormat format);
/** sonde_map_csv_dup_file_name: (transfer full): "motor_2026-11-21_130405.csv" of "x/motor.elf". */
char *sonde_map_csv_dup_file_name (const char *elf_path, GDateTime *time);
