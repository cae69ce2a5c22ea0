/* elf-loader.h: one ELF file at a time on its way to becoming an address map, and again after each
 * rebuild */
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

/* What goes on with the file behind the table in use, which stays in use all the while. */
typedef enum
{
  SONDE_REBUILD_NONE,
  SONDE_REBUILD_SETTLING, /* it changed or is gone; not yet at rest and whole */
  SONDE_REBUILD_READING,  /* the new one is being read */
  SONDE_REBUILD_STUCK,    /* settling for 60 s: see the problem; goes on trying */
} SondeRebuild;

/* Owned struct, main thread. */
typedef struct _SondeElfLoader SondeElfLoader;
/* Progress, end or failure; @map is set once, when a new one is there. */
typedef void (*SondeElfLoaderFunc) (SondeElfLoader *self, SondeAddressMap *map, gpointer user_data);

SondeElfLoader *sonde_elf_loader_new (SondeElfLoaderFunc func, gpointer user_data);
void sonde_elf_loader_free (SondeElfLoader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeElfLoader, sonde_elf_loader_free)
/** sonde_elf_loader_open: a load that runs is cancelled first. The file is followed from then on: a
 * rebuild is read by itself when it has settled, and so is one that could not be read at first. */
void sonde_elf_loader_open (SondeElfLoader *self, const char *path);
void sonde_elf_loader_cancel (SondeElfLoader *self);
SondeSymbolsState sonde_elf_loader_get_state (SondeElfLoader *self);
double sonde_elf_loader_get_fraction (SondeElfLoader *self);
const char *sonde_elf_loader_get_stage (SondeElfLoader *self);
const char *sonde_elf_loader_get_error (SondeElfLoader *self); /* (nullable) */
const char *sonde_elf_loader_get_path (SondeElfLoader *self);  /* (nullable) of the map in use */
SondeRebuild sonde_elf_loader_get_rebuild (SondeElfLoader *self);
/** sonde_elf_loader_get_problem: (nullable): one line, while STUCK. */
const char *sonde_elf_loader_get_problem (SondeElfLoader *self);
/** sonde_elf_loader_get_built_us: when the file of the map in use was written, epoch; 0: none. */
gint64 sonde_elf_loader_get_built_us (SondeElfLoader *self);
