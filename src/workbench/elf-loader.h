/* elf-loader.h: one ELF file at a time on its way to becoming an address map */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/address-map.h"

typedef enum
{
  SONDE_SYMBOLS_NONE,
  SONDE_SYMBOLS_LOADING,
  SONDE_SYMBOLS_READY,
  SONDE_SYMBOLS_FAILED, /* the table before stays in use, if there was one */
} SondeSymbolsState;

/* Owned struct, main thread. */
typedef struct _SondeElfLoader SondeElfLoader;
/* Progress, end or failure; @map is set once, when a new one is there. */
typedef void (*SondeElfLoaderFunc) (SondeElfLoader *self, SondeAddressMap *map, gpointer user_data);

SondeElfLoader *sonde_elf_loader_new (SondeElfLoaderFunc func, gpointer user_data);
void sonde_elf_loader_free (SondeElfLoader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeElfLoader, sonde_elf_loader_free)
/** sonde_elf_loader_open: a load that runs is cancelled first. */
void sonde_elf_loader_open (SondeElfLoader *self, const char *path);
void sonde_elf_loader_cancel (SondeElfLoader *self);
SondeSymbolsState sonde_elf_loader_get_state (SondeElfLoader *self);
double sonde_elf_loader_get_fraction (SondeElfLoader *self);
const char *sonde_elf_loader_get_stage (SondeElfLoader *self);
const char *sonde_elf_loader_get_error (SondeElfLoader *self); /* (nullable) */
const char *sonde_elf_loader_get_path (SondeElfLoader *self);  /* (nullable) of the map in use */
