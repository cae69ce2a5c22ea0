/* region.c: what the table of regions allows, and accesses of exact width inside it */
/* SPDX-License-Identifier: MIT */
#include "src/region.h"

static bool
holds (const sonde_region *region, uintptr_t address)
{
  return address - (uintptr_t) region->start < region->size;
}

/* The region with that access that reaches farthest from @address. */
static const sonde_region *
find_farthest (const sonde_agent_config *config, uintptr_t address, unsigned access, bool *is_known)
{
  const sonde_region *best = NULL;
  size_t i;

  for (i = 0; i < config->n_regions; i++)
    {
      const sonde_region *region = &config->regions[i];

      if (!holds (region, address))
        continue;
      *is_known = true;
      if ((region->access & access) == access
          && (best == NULL
              || (uintptr_t) region->start + region->size > (uintptr_t) best->start + best->size))
        best = region;
    }
  return best;
}

static sonde_status
check_register (const sonde_region *region, sonde_span *span)
{
  size_t width = span->width != 0 ? span->width : span->size;

  if (width > 8 || (region->widths & width) == 0 || (width & (width - 1)) != 0)
    return SONDE_SIZE;
  if (span->address % width != 0)
    return SONDE_ALIGN;
  span->width = width;
  return SONDE_OK;
}

sonde_status
sonde_region_find (const sonde_agent_config *config, sonde_span *span, unsigned access)
{
  uintptr_t address = span->address;
  size_t left = span->size;

  if (left == 0)
    return SONDE_SIZE;
  if (left - 1 > UINTPTR_MAX - address)
    return SONDE_RANGE;
  for (;;)
    {
      bool is_known = false;
      const sonde_region *region = find_farthest (config, address, access, &is_known);
      size_t rest;

      if (region == NULL)
        return is_known ? SONDE_DENIED : SONDE_RANGE;
      rest = region->size - (size_t) (address - (uintptr_t) region->start);
      if (region->widths != 0)
        /* Registers are never read in one go with what lies beside them. */
        return left == span->size && left <= rest ? check_register (region, span) : SONDE_RANGE;
      if (left <= rest)
        break;
      address += rest;
      left -= rest;
    }
  span->width = 0;
  return SONDE_OK;
}

/* The next access: as wide as alignment and what is left allow, so that a variable inside a longer
 * span is never torn apart. */
static size_t
choose_width (const sonde_span *span, size_t done)
{
  size_t width = 8;

  if (span->width != 0)
    return span->width;
  while (width > span->size - done || (span->address + done) % width != 0)
    width /= 2;
  return width;
}

sonde_status
sonde_region_read (const sonde_agent_config *config, const sonde_span *span, uint8_t *out)
{
  sonde_status status = SONDE_OK;
  size_t done, width;

  for (done = 0; done < span->size && status == SONDE_OK; done += width)
    {
      width = choose_width (span, done);
      status = config->hooks.mem_read (config->hooks.user, span->address + done, out + done, width);
    }
  return status;
}

sonde_status
sonde_region_write (const sonde_agent_config *config, const sonde_span *span, const uint8_t *bytes)
{
  sonde_status status = SONDE_OK;
  size_t done, width;

  for (done = 0; done < span->size && status == SONDE_OK; done += width)
    {
      width = choose_width (span, done);
      status
          = config->hooks.mem_write (config->hooks.user, span->address + done, bytes + done, width);
    }
  return status;
}
