/* gateway.c: answers as the XCP gateways in the field do, without any of our extensions */
/* SPDX-License-Identifier: MIT */
#include "ports/posix/gateway.h"

#include <stdio.h>
#include <string.h>

#include "src/json.h"
#include "src/region.h"

enum
{
  MAX_TEXT = 80,
};

struct command
{
  sonde_json cmd, con_id, address, size, data;
};

static bool
parse (const char *text, size_t size, struct command *out)
{
  const sonde_json whole = { SONDE_JSON_OBJECT, text, size };
  sonde_json_reader reader;
  sonde_json key, value;

  memset (out, 0, sizeof *out);
  sonde_json_enter (&reader, &whole);
  while (sonde_json_next_member (&reader, &key, &value))
    {
      if (sonde_json_equals (&key, "cmd"))
        out->cmd = value;
      else if (sonde_json_equals (&key, "con_id"))
        out->con_id = value;
      else if (sonde_json_equals (&key, "add"))
        out->address = value;
      else if (sonde_json_equals (&key, "size"))
        out->size = value;
      else if (sonde_json_equals (&key, "data"))
        out->data = value;
    }
  return !reader.is_bad;
}

/* What came, as it came; a text that could not be repeated becomes empty. */
static int
echo_size (const sonde_json *text)
{
  return sonde_json_is_plain (text, MAX_TEXT) ? (int) text->size : 0;
}

static bool
find (const sonde_agent *agent, const struct command *command, unsigned access, sonde_span *span)
{
  uint64_t address, bits;

  if (!sonde_json_get_number (&command->address, 16, &address)
      || !sonde_json_get_number (&command->size, 10, &bits))
    return false;
  span->address = (uintptr_t) address;
  span->size = bits == 8 || bits == 16 || bits == 32 ? (size_t) bits / 8 : (size_t) bits;
  span->width = 0;
  return span->size > 0 && sonde_region_find (agent->config, span, access) == SONDE_OK;
}

static size_t
write_binary (char *out, uint32_t value, unsigned bits)
{
  for (unsigned i = 0; i < bits; i++)
    out[i] = bits - i <= 32 && (value >> (bits - 1 - i) & 1) != 0 ? '1' : '0';
  return bits;
}

static size_t
answer_read (const sonde_agent *agent, const struct command *command, char *out, size_t cap)
{
  sonde_span span = { 0 };
  uint32_t value = 0;
  unsigned bits;
  int n;

  if (!find (agent, command, SONDE_READ, &span))
    return (size_t) snprintf (
        out, cap,
        "{\"res\":\"mem_read\",\"add\":\"%.*s\",\"value\":null,\"error\":\"SET_MTA failed\"}",
        echo_size (&command->address), command->address.start);
  /* Other sizes mean bytes to it, and it never assembles more than four of them. */
  if (span.size <= 4)
    sonde_region_read (agent->config, &span, (uint8_t *) &value);
  bits = span.size <= 4 ? 8 * (unsigned) span.size : 64;
  n = snprintf (out, cap, "{\"res\":\"mem_read\",\"add\":\"%.*s\",\"value\":\"0b",
                echo_size (&command->address), command->address.start);
  n += (int) write_binary (out + n, value, bits);
  return (size_t) n + (size_t) snprintf (out + n, cap - (size_t) n, "\"}");
}

static size_t
answer_write (const sonde_agent *agent, const struct command *command, char *out, size_t cap)
{
  const char *state = "SET_MTA failed";
  sonde_span span = { 0 };
  uint64_t value;

  if (find (agent, command, SONDE_WRITE, &span))
    {
      state = "fail";
      if (span.size <= 4 && sonde_json_get_number (&command->data, 10, &value)
          && sonde_region_write (agent->config, &span, (const uint8_t *) &value) == SONDE_OK)
        state = "success";
    }
  return (size_t) snprintf (out, cap, "{\"res\":\"mem_write\",\"add\":\"%.*s\",\"state\":\"%s\"}",
                            echo_size (&command->address), command->address.start, state);
}

size_t
gateway_handle (const sonde_agent *agent, const char *request, size_t size, char *answer,
                size_t cap)
{
  struct command command;

  if (cap < 512 || !parse (request, size, &command))
    return 0;
  if (sonde_json_equals (&command.cmd, "mem_read"))
    return answer_read (agent, &command, answer, cap);
  if (sonde_json_equals (&command.cmd, "mem_write"))
    return answer_write (agent, &command, answer, cap);
  if (!sonde_json_equals (&command.cmd, "init"))
    return 0;
  return (size_t) snprintf (answer, cap, "{\"res\":\"init\",\"con_id\":\"%.*s\"}",
                            echo_size (&command.con_id) > 0 ? echo_size (&command.con_id) : 2,
                            echo_size (&command.con_id) > 0 ? command.con_id.start : "00");
}
