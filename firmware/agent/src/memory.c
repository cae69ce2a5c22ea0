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

/* Its own inverse apart from the direction: byte i of an integer of @width bytes in this machine's
 * order. */
static unsigned
get_shift (size_t i, size_t width)
{
  return 8 * (unsigned) (is_little_endian () ? i : width - 1 - i);
}

static uint64_t
load (const uint8_t *bytes, size_t width)
{
  uint64_t value = 0;
  size_t i;

  for (i = 0; i < width; i++)
    value |= (uint64_t) bytes[i] << get_shift (i, width);
  return value;
}

static void
store (uint8_t *bytes, uint64_t value, size_t width)
{
  size_t i;

  for (i = 0; i < width; i++)
    bytes[i] = (uint8_t) (value >> get_shift (i, width));
}

static sonde_status
parse_place (const sonde_agent *agent, const sonde_request *request, place *out)
{
  sonde_status status = sonde_request_get_address (&request->address, &out->span.address);
  uint64_t bits, count = 1;

  if (status != SONDE_OK)
    return status;
  if (!sonde_json_get_number (&request->size, 10, &bits))
    return SONDE_FORMAT;
  if (bits != 8 && bits != 16 && bits != 32 && bits != 64)
    return SONDE_SIZE;
  out->is_block = request->count.kind != SONDE_JSON_NONE;
  if (out->is_block && !sonde_json_get_number (&request->count, 10, &count))
    return SONDE_FORMAT;
  out->width = (size_t) bits / 8;
  if (count == 0 || count > agent->config->block / out->width)
    return SONDE_SIZE;
  out->span.size = out->width * (size_t) count;
  out->span.width = out->width;
  return SONDE_OK;
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

static void
put_address (sonde_text *answer, uintptr_t address)
{
  sonde_text_put (answer, ",\"add\":\"");
  sonde_text_put_address (answer, address);
  sonde_text_put (answer, "\"");
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
  uint8_t bytes[8] = { 0 };
  sonde_status status;
  place at;

  status = parse_place (agent, request, &at);
  if (status == SONDE_OK)
    status = sonde_region_find (agent->config, &at.span, SONDE_READ);
  if (status != SONDE_OK)
    return status;
  sonde_request_begin_answer (request, answer);
  put_address (answer, at.span.address);
  if (at.is_block)
    return answer_block (agent, &at.span, answer);
  status = sonde_region_read (agent->config, &at.span, bytes);
  sonde_text_put (answer, ",\"value\":\"0x");
  sonde_text_put_hex (answer, load (bytes, at.width), (unsigned) (2 * at.width));
  sonde_text_put (answer, "\"}");
  return status;
}

/* A number of exactly the unit's size: "0b" text must have all its digits. */
static bool
parse_unit (const sonde_json *text, size_t width, uint64_t *value)
{
  sonde_json rest = *text;
  int first = sonde_json_next_char (&rest);
  int second = sonde_json_next_char (&rest);

  if (!sonde_json_get_number (text, 10, value))
    return false;
  if (text->kind == SONDE_JSON_STRING && first == '0' && second == 'b' && rest.size != 8 * width)
    return false;
  return width == 8 || *value >> (8 * width) == 0;
}

static sonde_status
write_unit (const sonde_agent *agent, const sonde_request *request, place *at)
{
  const sonde_agent_hooks *hooks = &agent->config->hooks;
  uint64_t value, mask;
  uint8_t bytes[8] = { 0 };
  bool is_masked = request->mask.kind != SONDE_JSON_NONE;
  sonde_status status = SONDE_OK;

  if (!parse_unit (&request->data, at->width, &value)
      || (is_masked && !parse_unit (&request->mask, at->width, &mask)))
    return SONDE_FORMAT;
  if (!is_masked)
    {
      store (bytes, value, at->width);
      return sonde_region_write (agent->config, &at->span, bytes);
    }
  if (hooks->guard != NULL)
    hooks->guard (hooks->user, true);
  status = sonde_region_read (agent->config, &at->span, bytes);
  if (status == SONDE_OK)
    {
      store (bytes, (load (bytes, at->width) & ~mask) | (value & mask), at->width);
      status = sonde_region_write (agent->config, &at->span, bytes);
    }
  if (hooks->guard != NULL)
    hooks->guard (hooks->user, false);
  return status;
}

/* "b64:" and as many bytes as size and count say, checked to the last before any is written. */
static sonde_status
open_block (const sonde_request *request, const place *at, sonde_base64 *data)
{
  static const char prefix[] = "b64:";
  sonde_json text = request->data;
  sonde_base64 probe;
  size_t i, n = 0;

  if (request->mask.kind != SONDE_JSON_NONE || text.kind != SONDE_JSON_STRING)
    return SONDE_FORMAT;
  for (i = 0; i < sizeof prefix - 1; i++)
    if (sonde_json_next_char (&text) != prefix[i])
      return SONDE_FORMAT;
  sonde_base64_init (data, &text);
  probe = *data;
  while (sonde_base64_next (&probe) >= 0)
    n++;
  if (probe.is_bad)
    return SONDE_FORMAT;
  return n == at->span.size ? SONDE_OK : SONDE_SIZE;
}

static sonde_status
write_block (const sonde_agent *agent, const sonde_request *request, const place *at)
{
  sonde_span element = at->span;
  sonde_base64 data;
  sonde_status status = open_block (request, at, &data);
  size_t done, i;

  element.size = at->width;
  for (done = 0; done < at->span.size && status == SONDE_OK; done += at->width)
    {
      uint8_t bytes[8];

      for (i = 0; i < at->width; i++)
        bytes[i] = (uint8_t) sonde_base64_next (&data);
      status = sonde_region_write (agent->config, &element, bytes);
      element.address += at->width;
    }
  return status;
}

sonde_status
sonde_memory_answer_write (const sonde_agent *agent, sonde_request *request, sonde_text *answer)
{
  sonde_status status;
  place at;

  status = parse_place (agent, request, &at);
  if (status == SONDE_OK)
    status = sonde_region_find (agent->config, &at.span, SONDE_WRITE);
  /* A masked write reads too: of a write-only register nobody could say what it left alone. */
  if (status == SONDE_OK && request->mask.kind != SONDE_JSON_NONE)
    status = sonde_region_find (agent->config, &at.span, SONDE_READ);
  if (status == SONDE_OK)
    status = at.is_block ? write_block (agent, request, &at) : write_unit (agent, request, &at);
  if (status != SONDE_OK)
    return status;
  sonde_request_begin_answer (request, answer);
  put_address (answer, at.span.address);
  sonde_text_put (answer, ",\"state\":\"success\"}");
  return SONDE_OK;
}

/* One entry [address, bytes]. */
static sonde_status
parse_entry (const sonde_agent *agent, const sonde_json *entry, sonde_span *span)
{
  sonde_json_reader reader;
  sonde_json address, size, extra;
  sonde_status status;
  uint64_t n;

  sonde_json_read_array (&reader, entry);
  if (!sonde_json_next_element (&reader, &address) || !sonde_json_next_element (&reader, &size)
      || sonde_json_next_element (&reader, &extra) || reader.is_bad
      || !sonde_json_get_number (&size, 10, &n))
    return SONDE_FORMAT;
  status = sonde_request_get_address (&address, &span->address);
  if (status != SONDE_OK)
    return status;
  if (n == 0 || n > agent->config->block)
    return SONDE_SIZE;
  span->size = (size_t) n;
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
  sonde_json_read_array (&reader, &request->reads);
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
  sonde_text_put (answer, ",\"t\":");
  sonde_text_put_dec (answer, hooks->clock (hooks->user));
  sonde_text_put (answer, ",\"data\":\"");
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
