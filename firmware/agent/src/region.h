/* region.h: what the table of regions allows, and accesses of exact width inside it */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_REGION_H
#define SONDE_REGION_H

#include "sonde/agent.h"

/* Bytes that may be accessed. */
typedef struct
{
  uintptr_t address;
  size_t size;
  size_t width; /* of each access; 0: memory, any that are aligned */
} sonde_span;

/**
 * sonde_region_find:
 * @span: address and size are given; width comes as the width asked for, 0 for @size, and goes as
 *   the one to use
 * @access: SONDE_READ, SONDE_WRITE or both
 */
sonde_status sonde_region_find (const sonde_agent_config *config, sonde_span *span,
                                unsigned access);
sonde_status sonde_region_read (const sonde_agent_config *config, const sonde_span *span,
                                uint8_t *out);
sonde_status sonde_region_write (const sonde_agent_config *config, const sonde_span *span,
                                 const uint8_t *bytes);

#endif
