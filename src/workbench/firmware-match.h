/* firmware-match.h: whether a board runs the firmware of an ELF file, and how that is known */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/device.h"
#include "symbols/symbol-table.h"
#include "workbench/build-id.h"

typedef enum
{
  SONDE_PROOF_NONE,
  SONDE_PROOF_BUILD_ID,
  SONDE_PROOF_CHECKSUM, /* the code was read from the board and compared */
} SondeProof;

/* A value. */
typedef struct
{
  SondeMatch match;
  SondeProof proof;
  gboolean is_checking; /* the code is being read: UNKNOWN until then */
  gboolean is_trusted;  /* it differs, and the person uses it all the same */
  char section[32];     /* whose contents differ, of a checksum */
  const char *why;      /* static text (nullable): why it is UNKNOWN */
} SondeVerdict;

/*
 * Engine thread. Where build ids cannot tell, the read-only sections of the file are compared with
 * what the board lets be read at their addresses: the largest section of code above all, others as
 * far as they fit into what is read at most (1 MiB in blocks, 16 KiB without them). Nothing is
 * read of a board that is not asked about; results hold until the board starts anew.
 */
typedef struct _SondeFirmwareMatch SondeFirmwareMatch;
/* A check of @device ended. */
typedef void (*SondeFirmwareMatchFunc) (SondeDevice *device, gpointer user_data);

SondeFirmwareMatch *sonde_firmware_match_new (SondeFirmwareMatchFunc func, gpointer user_data);
void sonde_firmware_match_free (SondeFirmwareMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeFirmwareMatch, sonde_firmware_match_free)
/** sonde_firmware_match_judge: by what is known now. @table: (nullable). */
void sonde_firmware_match_judge (SondeFirmwareMatch *self, SondeDevice *device,
                                 SondeSymbolTable *table, SondeVerdict *verdict);
/** sonde_firmware_match_check: begins to read the code, where that is needed, possible and not yet
 * done. */
void sonde_firmware_match_check (SondeFirmwareMatch *self, SondeDevice *device,
                                 SondeSymbolTable *table);
/** sonde_firmware_match_trust: the person's decision; holds until the board runs another firmware
 * or @table is another. */
void sonde_firmware_match_trust (SondeFirmwareMatch *self, SondeDevice *device,
                                 SondeSymbolTable *table);
/** sonde_firmware_match_forget_device / forget_table: what is known of it, reads that run too. */
void sonde_firmware_match_forget_device (SondeFirmwareMatch *self, SondeDevice *device);
void sonde_firmware_match_forget_table (SondeFirmwareMatch *self, SondeSymbolTable *table);
