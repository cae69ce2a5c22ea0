/* agent.c: answers the questions a Sonde host asks about this board's memory */
/* SPDX-License-Identifier: MIT */
#include "sonde/agent.h"

#include <string.h>

#include "src/memory.h"
#include "src/request.h"
#include "src/text.h"

enum
{
  MAX_CON_ID = 64,
  LOG_TAIL = 32, /* what follows the text of a log line: quote, key, clock */
};

static const struct
{
  const char *code, *text;
} errors[] = {
  [SONDE_OK] = { "", "" },
  [SONDE_RANGE] = { "RANGE", "no memory is open there" },
  [SONDE_ALIGN] = { "ALIGN", "registers take aligned addresses only" },
  [SONDE_SIZE] = { "SIZE", "this board does not take that size or count" },
  [SONDE_DENIED] = { "DENIED", "the board does not allow that access there" },
  [SONDE_FORMAT] = { "FORMAT", "the command was not understood" },
  [SONDE_BUSY] = { "BUSY", "the board is busy" },
  [SONDE_UNSUPPORTED] = { "UNSUPPORTED", "firmware updates are not built into this board" },
};

static const char *const level_names[] = { "trace", "debug", "info", "warn", "error" };

bool
sonde_agent_init (sonde_agent *self, const sonde_agent_config *config)
{
  uint8_t boot[sizeof self->boot];

  self->config = config;
  if (!config->hooks.random (config->hooks.user, boot, sizeof boot))
    return false;
  memcpy (&self->boot, boot, sizeof boot);
  return true;
}

static sonde_status
answer_con_id (const sonde_request *request, sonde_text *answer)
{
  sonde_text_put (answer, ",\"con_id\":\"");
  if (request->con_id.kind == SONDE_JSON_NONE)
    sonde_text_put (answer, "00");
  else if (sonde_json_is_plain (&request->con_id, MAX_CON_ID)
           || (request->con_id.kind == SONDE_JSON_NUMBER && request->con_id.size <= MAX_CON_ID))
    sonde_text_put_bytes (answer, request->con_id.start, request->con_id.size);
  else
    return SONDE_FORMAT;
  sonde_text_put (answer, "\"");
  return SONDE_OK;
}

static bool
is_device_name (const char *name)
{
  size_t size = name != NULL ? strlen (name) : 0;
  size_t i;

  for (i = 0; i < size; i++)
    {
      char letter = (char) (name[i] | 0x20);

      if (!(letter >= 'a' && letter <= 'z') && !(name[i] >= '0' && name[i] <= '9') && name[i] != '.'
          && name[i] != '_' && name[i] != '-')
        return false;
    }
  return size >= 1 && size <= 64;
}

static void
put_number (sonde_text *answer, const char *key, uint32_t value)
{
  sonde_text_put (answer, key);
  sonde_text_put_dec (answer, value);
}

static void
put_identity (const sonde_agent *self, sonde_text *answer)
{
  const sonde_agent_config *config = self->config;
  size_t i;

  if (is_device_name (config->device))
    {
      sonde_text_put (answer, ",\"device\":\"");
      sonde_text_put (answer, config->device);
      sonde_text_put (answer, "\"");
    }
  if (config->firmware != NULL)
    {
      sonde_text_put (answer, ",\"fw\":\"");
      sonde_text_put_escaped (answer, config->firmware, 64);
      sonde_text_put (answer, "\"");
    }
  if (config->build_id != NULL && config->build_id_size <= 64)
    {
      sonde_text_put (answer, ",\"build_id\":\"");
      for (i = 0; i < config->build_id_size; i++)
        sonde_text_put_hex (answer, config->build_id[i], 2);
      sonde_text_put (answer, "\"");
    }
}

static sonde_status
answer_init (const sonde_agent *self, sonde_request *request, sonde_text *answer)
{
  const sonde_agent_config *config = self->config;
  const uint16_t one = 1;
  uint8_t first;

  /* "seq" says here that sequence numbers are known; the key cannot carry the echo as well. */
  request->seq.kind = SONDE_JSON_NONE;
  sonde_request_begin_answer (request, answer);
  if (answer_con_id (request, answer) != SONDE_OK)
    return SONDE_FORMAT;
  sonde_text_put (answer, ",\"proto\":1");
  put_identity (self, answer);
  memcpy (&first, &one, 1);
  sonde_text_put (answer, ",\"endian\":\"");
  sonde_text_put (answer, first == 1 ? "little" : "big");
  put_number (answer, "\",\"ptr\":", (uint32_t) sizeof (void *));
  put_number (answer, ",\"clock_hz\":", config->clock_hz);
  sonde_text_put (answer, ",\"boot\":\"");
  sonde_text_put_hex (answer, self->boot, 8);
  put_number (answer, "\",\"seq\":true,\"caps\":{\"bits\":64,\"block\":", config->block);
  put_number (answer, ",\"batch\":", config->batch);
  put_number (answer, ",\"msg\":", config->msg);
  sonde_text_put (answer, ",\"mask\":1,\"log\":1}}");
  return SONDE_OK;
}

static sonde_status
answer_end (const sonde_agent *self, sonde_request *request, sonde_text *answer)
{
  (void) self;
  sonde_request_begin_answer (request, answer);
  if (answer_con_id (request, answer) != SONDE_OK)
    return SONDE_FORMAT;
  sonde_text_put (answer, "}");
  return SONDE_OK;
}

static const struct
{
  const char *name;
  sonde_status (*answer) (const sonde_agent *, sonde_request *, sonde_text *);
} commands[] = {
  { "mem_read_many", sonde_memory_answer_read_many },
  { "mem_read", sonde_memory_answer_read },
  { "mem_write", sonde_memory_answer_write },
  { "init", answer_init },
  { "end", answer_end },
};

static sonde_status
answer_command (const sonde_agent *self, sonde_request *request, sonde_text *answer)
{
  size_t i;

  if (request->is_bad)
    return SONDE_FORMAT;
  for (i = 0; i < sizeof commands / sizeof commands[0]; i++)
    if (sonde_json_equals (&request->cmd, commands[i].name))
      return commands[i].answer (self, request, answer);
  if (request->cmd.size > 4 && memcmp (request->cmd.start, "ota_", 4) == 0)
    return SONDE_UNSUPPORTED;
  return SONDE_FORMAT;
}

static void
put_error (const sonde_request *request, sonde_status status, sonde_text *answer)
{
  bool is_batch = sonde_json_equals (&request->cmd, "mem_read_many");
  uintptr_t address;

  sonde_request_begin_answer (request, answer);
  if (sonde_request_get_address (&request->address, &address) == SONDE_OK)
    {
      sonde_text_put (answer, ",\"add\":\"");
      sonde_text_put_address (answer, address);
      sonde_text_put (answer, "\"");
    }
  /* What hosts without our error form look for in an answer to a read. */
  if (sonde_json_equals (&request->cmd, "mem_read"))
    sonde_text_put (answer, ",\"value\":null");
  sonde_text_put (answer, ",\"state\":\"error\",\"code\":\"");
  sonde_text_put (answer, errors[status].code);
  sonde_text_put (answer, "\",\"error\":\"");
  sonde_text_put (answer, is_batch ? errors[status].code : errors[status].text);
  if (is_batch)
    put_number (answer, "\",\"at\":", request->refused_at);
  sonde_text_put (answer, is_batch ? "}" : "\"}");
}

size_t
sonde_agent_handle (const sonde_agent *self, const char *request_text, size_t size, char *answer,
                    size_t cap)
{
  sonde_request request;
  sonde_status status;
  sonde_text text;

  if (cap > self->config->msg)
    cap = self->config->msg;
  if (!sonde_request_parse (&request, request_text, size))
    return 0;
  sonde_text_init (&text, answer, cap);
  status = answer_command (self, &request, &text);
  if (status == SONDE_OK && text.is_full)
    status = SONDE_SIZE;
  if (status != SONDE_OK)
    {
      sonde_text_init (&text, answer, cap);
      put_error (&request, status, &text);
    }
  return text.is_full ? 0 : text.size;
}

size_t
sonde_agent_log (const sonde_agent *self, sonde_log_level level, const char *tag, const char *text,
                 char *out, size_t cap)
{
  const sonde_agent_hooks *hooks = &self->config->hooks;
  sonde_text line;

  if (cap > self->config->msg)
    cap = self->config->msg;
  sonde_text_init (&line, out, cap);
  sonde_text_put (&line, "{\"type\":\"log\",\"level\":\"");
  sonde_text_put (&line, level_names[level]);
  sonde_text_put (&line, "\",\"tag\":\"");
  sonde_text_put_escaped (&line, tag, 64);
  sonde_text_put (&line, "\",\"msg\":\"");
  if (line.is_full || cap - line.size < LOG_TAIL)
    return 0;
  sonde_text_put_escaped (&line, text, cap - line.size - LOG_TAIL);
  put_number (&line, "\",\"t\":", hooks->clock (hooks->user));
  sonde_text_put (&line, "}");
  return line.is_full ? 0 : line.size;
}
