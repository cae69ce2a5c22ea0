/* pointer-chain.h: the pointers that are read before a variable, and where they lead; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/variable.h"

/* No path that can be written leads over more. */
#define SONDE_MAX_POINTERS (SONDE_VARIABLE_MAX_HOPS + 2)

/* Owned struct, never changes. Its places are the pointers, first the one that stands by itself,
 * and last the variable. */
typedef struct _SondePointerChain SondePointerChain;

/** sonde_pointer_chain_new: (nullable): NULL: no pointer is read before it. */
SondePointerChain *sonde_pointer_chain_new (SondeVariable *variable);
void sonde_pointer_chain_free (SondePointerChain *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondePointerChain, sonde_pointer_chain_free)

/** sonde_pointer_chain_get_why: (nullable): why it cannot be followed: "flags.mode: no pointer". */
const char *sonde_pointer_chain_get_why (const SondePointerChain *self);
/** sonde_pointer_chain_get_n: pointers; the place of that number is the variable. */
guint sonde_pointer_chain_get_n (const SondePointerChain *self);
/** sonde_pointer_chain_get_variable: (transfer none): what stands at a place. */
SondeVariable *sonde_pointer_chain_get_variable (const SondePointerChain *self, guint place);
/** sonde_pointer_chain_get_size: bytes of a place; of a pointer 8 at most. */
guint32 sonde_pointer_chain_get_size (const SondePointerChain *self, guint place);
/** sonde_pointer_chain_load: what the pointer at @place holds, from its bytes. */
guint64 sonde_pointer_chain_load (const SondePointerChain *self, guint place, const guint8 *bytes);
/**
 * sonde_pointer_chain_get_address:
 * @value: of the pointer before @place; of no meaning for the first
 *
 * Counts round the end of the address space, as the target does.
 */
guint64 sonde_pointer_chain_get_address (const SondePointerChain *self, guint place, guint64 value);
/** sonde_pointer_chain_leads: FALSE: NULL, or no address of the target. */
gboolean sonde_pointer_chain_leads (const SondePointerChain *self, guint place, guint64 value);
/** sonde_pointer_chain_dup_obstacle: (transfer full): why it leads nowhere: "next is NULL". */
char *sonde_pointer_chain_dup_obstacle (const SondePointerChain *self, guint place, guint64 value);
/** sonde_pointer_chain_dup_leader: (transfer full): "next points to 0x20000100". */
char *sonde_pointer_chain_dup_leader (const SondePointerChain *self, guint place, guint64 value);
/** sonde_pointer_chain_dup_refusal: (transfer full): the board does not let read where the pointer
 * at @place leads; @error: its own words. */
char *sonde_pointer_chain_dup_refusal (const SondePointerChain *self, guint place, guint64 value,
                                       const char *error);
/** sonde_pointer_chain_dup_target: (transfer full): the variable at @address, behind no pointer
 * any more. */
SondeVariable *sonde_pointer_chain_dup_target (const SondePointerChain *self, guint place,
                                               guint64 address, SondeMemory memory);
