/* memory.c: reads and writes what the table of regions allows */
/* SPDX-License-Identifier: MIT */
#include "src/memory.h"

#include <string.h>

#include "src/base64.h"
#include "src/region.h"

/* What "add", "size" and "count" say. */
typedef struct
{
  sonde_span span;
  size_t width; /* of one element */
  bool is_block;
} place;

static bool
is_little_endian (void)
{
  const uint16_t one = 1;
  uint8_t first;

  memcpy (&first, &one, 1);
  return first == 1;
}

/* Where byte @i, counted from the least significant, of an integer of @width bytes stands. */
static size_t
get_place (size_t i, size_t width)
{
  return is_little_endian () ? i : width - 1 - i;
}

static sonde_status
parse_place (const sonde_agent *agent, const sonde_request *request, unsigned access, place *out)
{
  sonde_status status
      = sonde_request_get_address (&request->members[SONDE_ADD], &out->span.address);
  uint32_t bits, count = 1;

  if (status != SONDE_OK)
    return status;
  out->is_block = sonde_request_has (request, SONDE_COUNT);
  if (!sonde_json_get_count (&request->members[SONDE_BITS], &bits)
      || (out->is_block && !sonde_json_get_count (&request->members[SONDE_COUNT], &count)))
    return SONDE_FORMAT;
  if (bits < 8 || bits > 64 || (bits & (bits - 1)) != 0)
    return SONDE_SIZE;
  out->width = bits / 8;
  out->span.size = out->width * count;
  if (count > agent->config->block || out->span.size > agent->config->block)
    return SONDE_SIZE;
  out->span.width = out->width;
  return sonde_region_find (agent->config, &out->span, access);
}

/* Room for @size bytes as base64 and what closes the answer. The raw bytes go to the far end of the
 * answer's own buffer and are encoded towards them: no second buffer, and nothing slow between the
 * reads of one group. */
static uint8_t *
reserve_raw (sonde_text *answer, size_t size)
{
  size_t room = answer->cap - answer->size;

  if (answer->is_full || sonde_base64_get_size (size) + 2 > room)
    return NULL;
  return (uint8_t *) answer->start + answer->cap - size;
}

static void
put_raw (sonde_text *answer, size_t size)
{
  char *out = answer->start + answer->size;

  sonde_base64_encode ((uint8_t *) answer->start + answer->cap - size, size, out);
  answer->size += sonde_base64_get_size (size);
  sonde_text_put (answer, "\"}");
}

static sonde_status
answer_block (const sonde_agent *agent, const sonde_span *span, sonde_text *answer)
{
  uint8_t *raw;
  sonde_status status;

  sonde_text_put (answer, ",\"data\":\"");
  raw = reserve_raw (answer, span->size);
  if (raw == NULL)
    return SONDE_SIZE;
  status = sonde_region_read (agent->config, span, raw);
  put_raw (answer, span->size);
  return status;
}

sonde_status
sonde_memory_answer_read (const sonde_agent *agent, sonde_request *request, sonde_text *answer)
{
  uint8_t bytes[8];
  sonde_status status;
  size_t i;
  place at;

  status = parse_place (agent, request, SONDE_READ, &at);
  if (status != SONDE_OK)
    return status;
  sonde_request_begin_answer (request, answer);
  sonde_text_put (answer, ",\"add\":\"0x&\"", at.span.address);
  if (at.is_block)
    return answer_block (agent, &at.span, answer);
  status = sonde_region_read (agent->config, &at.span, bytes);
  sonde_text_put (answer, ",\"value\":\"0x");
  for (i = at.width; i > 0; i--)
    sonde_text_put_hex (answer, bytes[get_place (i - 1, at.width)], 2);
  sonde_text_put (answer, "\"}");
  return status;
}

/* A number of exactly the unit's size: "0b" text must have all its digits. */
static bool
parse_unit (const sonde_json *text, size_t width, uint8_t *bytes)
{
  uint64_t value;
  size_t i;

  if (!sonde_json_get_number (text, 10, &value))
    return false;
  if (text->size > 2 && text->start[1] == 'b' && text->size != 2 + 8 * width)
    return false;
  for (i = 0; i < width; i++, value >>= 8)
    bytes[get_place (i, width)] = (uint8_t) value;
  return value == 0;
}

/* "b64:" and as many bytes as size and count say, checked to the last before any is written. */
static sonde_status
open_block (const sonde_json *string, size_t size, sonde_base64 *data)
{
  const char *prefix = "b64:";
  sonde_json text = *string;
  sonde_base64 probe;
  size_t n = 0;

  while (*prefix != '\0')
    if (sonde_json_next_char (&text) != *prefix++)
      return SONDE_FORMAT;
  sonde_base64_init (data, &text);
  probe = *data;
  while (sonde_base64_next (&probe) >= 0)
    n++;
  if (probe.is_bad)
    return SONDE_FORMAT;
  return n == size ? SONDE_OK : SONDE_SIZE;
}

static sonde_status
write_block (const sonde_agent *agent, const sonde_json *string, sonde_span element, size_t width)
{
  sonde_base64 data;
  sonde_status status = open_block (string, element.size, &data);
  size_t left = element.size;
  size_t i;

  element.size = width;
  for (; left > 0 && status == SONDE_OK; left -= width)
    {
      uint8_t bytes[8];

      for (i = 0; i < width; i++)
        bytes[i] = (uint8_t) sonde_base64_next (&data);
      status = sonde_region_write (agent->config, &element, bytes);
      element.address += width;
    }
  return status;
}

static void
guard (const sonde_agent_hooks *hooks, bool enter)
{
  if (hooks->guard != NULL)
    hooks->guard (hooks->user, enter);
}

/* Changes the bits that @mask names; NULL: all. */
static sonde_status
write_unit (const sonde_agent *agent, const sonde_span *span, uint8_t *bytes, const uint8_t *mask)
{
  sonde_status status = SONDE_OK;
  uint8_t old[8];
  size_t i;

  guard (&agent->config->hooks, true);
  if (mask != NULL)
    status = sonde_region_read (agent->config, span, old);
  for (i = 0; mask != NULL && i < span->size; i++)
    bytes[i] = (uint8_t) ((old[i] & ~mask[i]) | (bytes[i] & mask[i]));
  if (status == SONDE_OK)
    status = sonde_region_write (agent->config, span, bytes);
  guard (&agent->config->hooks, false);
  return status;
}

static sonde_status
write_data (const sonde_agent *agent, const sonde_request *request, place *at)
{
  const sonde_json *data = &request->members[SONDE_DATA];
  bool is_masked = sonde_request_has (request, SONDE_MASK);
  uint8_t bytes[8], mask[8];

  if (at->is_block && !is_masked)
    return write_block (agent, data, at->span, at->width);
  if (at->is_block || !parse_unit (data, at->width, bytes)
      || (is_masked && !parse_unit (&request->members[SONDE_MASK], at->width, mask)))
    return SONDE_FORMAT;
  return write_unit (agent, &at->span, bytes, is_masked ? mask : NULL);
}

sonde_status
sonde_memory_answer_write (const sonde_agent *agent, sonde_request *request, sonde_text *answer)
{
  sonde_status status;
  place at;

  /* A masked write reads too: of what cannot be read nobody could say what the other bits are. */
  status = parse_place (
      agent, request,
      sonde_request_has (request, SONDE_MASK) ? SONDE_READ | SONDE_WRITE : SONDE_WRITE, &at);
  if (status == SONDE_OK)
    status = write_data (agent, request, &at);
  if (status != SONDE_OK)
    return status;
  sonde_request_begin_answer (request, answer);
  sonde_text_put (answer, ",\"add\":\"0x&\",\"state\":\"success\"}", at.span.address);
  return SONDE_OK;
}

/* One entry [address, bytes]. */
static sonde_status
parse_entry (const sonde_agent *agent, const sonde_json *entry, sonde_span *span)
{
  sonde_json_reader reader;
  sonde_json address, size, extra;
  sonde_status status;
  uint32_t n;

  sonde_json_enter (&reader, entry);
  if (!sonde_json_next_element (&reader, &address) || !sonde_json_next_element (&reader, &size)
      || sonde_json_next_element (&reader, &extra) || reader.is_bad
      || !sonde_json_get_count (&size, &n))
    return SONDE_FORMAT;
  status = sonde_request_get_address (&address, &span->address);
  if (status != SONDE_OK)
    return status;
  if (n > agent->config->block)
    return SONDE_SIZE;
  span->size = n;
  span->width = 0;
  return sonde_region_find (agent->config, span, SONDE_READ);
}

/* Goes over the entries, reading into @out where that is given, and adds up their sizes. */
static sonde_status
walk_entries (const sonde_agent *agent, sonde_request *request, uint8_t *out, size_t *total)
{
  sonde_status status = SONDE_OK;
  sonde_json_reader reader;
  sonde_json entry;
  sonde_span span;

  *total = 0;
  request->refused_at = 0;
  sonde_json_enter (&reader, &request->members[SONDE_READS]);
  while (sonde_json_next_element (&reader, &entry))
    {
      status = request->refused_at < agent->config->batch ? parse_entry (agent, &entry, &span)
                                                          : SONDE_SIZE;
      if (status == SONDE_OK && out != NULL)
        status = sonde_region_read (agent->config, &span, out + *total);
      if (status != SONDE_OK)
        return status;
      *total += span.size;
      request->refused_at++;
    }
  return reader.is_bad || request->refused_at == 0 ? SONDE_FORMAT : SONDE_OK;
}

sonde_status
sonde_memory_answer_read_many (const sonde_agent *agent, sonde_request *request, sonde_text *answer)
{
  const sonde_agent_hooks *hooks = &agent->config->hooks;
  size_t total;
  uint8_t *raw;
  /* All are checked before the first is read: a refused entry must not clear a register. */
  sonde_status status = walk_entries (agent, request, NULL, &total);

  if (status != SONDE_OK)
    return status;
  sonde_request_begin_answer (request, answer);
  sonde_text_put (answer, ",\"t\":#,\"data\":\"", hooks->clock (hooks->user));
  raw = reserve_raw (answer, total);
  if (raw == NULL)
    {
      request->refused_at--; /* the last one is where the sum grew too large */
      return SONDE_SIZE;
    }
  status = walk_entries (agent, request, raw, &total);
  put_raw (answer, total);
  return status;
}
